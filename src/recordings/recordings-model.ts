// What the page of recordings shows, and what can be done there: read from the files each time, so that there is nothing to be kept in step.
import { type Signal, signal } from '@preact/signals';
import { chapters, filmTime } from '../core/recording/film-time.ts';
import type { Marker, Segment } from '../core/recording/kept-recording.ts';
import { isOfFilm, keptFilm } from '../platform/store/film-file.ts';
import { runningRecordings } from '../platform/store/recording-life.ts';
import {
  deleteMade,
  deleteRecording,
  type ListedRecording,
  listRecordings,
  trackFile,
} from '../platform/store/recording-store.ts';
import { initials } from '../ui/initials.ts';
import { personColour } from '../ui/person-colour.ts';
import { text } from '../ui/texts/text.ts';
import type { CopyWork } from './copy-work.ts';
import type { Edit } from './edit-worker.ts';
import type { FilmRequest } from './film/film-worker.ts';
import type { Films } from './film/films.ts';

/** A track that can be played and sought in. */
export interface ReadyTrack {
  readonly segment: Segment;
  readonly url: string;
}

export type Opening =
  | { readonly state: 'none' }
  | { readonly state: 'preparing'; readonly id: string; readonly done: number; readonly of: number }
  | { readonly state: 'ready'; readonly id: string; readonly tracks: readonly ReadyTrack[] };

const formatOf = ({ mime }: Segment): 'webm' | 'mp4' => (/avc1|h264/i.test(mime) ? 'mp4' : 'webm');

const readyName = (segment: Segment): string => `ready-${segment.file.replace(/\.\w+$/, '')}.${formatOf(segment)}`;

export interface RecordingsParts {
  readonly work: Pick<CopyWork, 'copy'>;
  readonly films: Films;
  /** Writes a line into a log. */
  readonly edit: (recording: ListedRecording, edit: Edit) => Promise<boolean>;
}

export class RecordingsModel {
  /** Undefined while they are read. */
  readonly recordings: Signal<readonly ListedRecording[] | undefined> = signal(undefined);
  /** Those that are being written. */
  readonly running: Signal<ReadonlySet<string>> = signal(new Set());
  readonly free: Signal<number | undefined> = signal(undefined);
  readonly hasFailed = signal(false);
  readonly opening: Signal<Opening> = signal({ state: 'none' });
  /** What is being saved, by the name of its file. */
  readonly saving: Signal<ReadonlySet<string>> = signal(new Set());
  /** The room into which the newest recording is to be put, as the address of the page asks. */
  readonly putInto: Signal<string | undefined> = signal(undefined);
  readonly films: Films;
  readonly #parts: RecordingsParts;

  constructor(parts: RecordingsParts) {
    this.#parts = parts;
    this.films = parts.films;
  }

  async read(): Promise<void> {
    try {
      this.running.value = await runningRecordings();
      this.recordings.value = await listRecordings();
      const { quota, usage } = await navigator.storage.estimate();
      this.free.value = quota !== undefined && usage !== undefined ? quota - usage : undefined;
    } catch {
      this.hasFailed.value = true;
    }
  }

  /** Makes its tracks ready to be played, which is done once: what a page that was killed has left is made whole by that. */
  async open(recording: ListedRecording): Promise<void> {
    this.close();
    const { id, segments } = recording;
    const tracks: ReadyTrack[] = [];
    for (const [done, segment] of segments.entries()) {
      this.opening.value = { state: 'preparing', id, done, of: segments.length };
      const file = await this.#ready(recording, segment);
      // Closed, or another one opened, meanwhile.
      if (this.opening.value.state !== 'preparing' || this.opening.value.id !== id) return;
      if (file) tracks.push({ segment, url: URL.createObjectURL(file) });
    }
    this.opening.value = { state: 'ready', id, tracks };
  }

  close(): void {
    const opening = this.opening.value;
    if (opening.state === 'ready') for (const { url } of opening.tracks) URL.revokeObjectURL(url);
    this.opening.value = { state: 'none' };
  }

  /** A person's track as a file that begins when the recording does. @returns undefined where there is nothing in it. */
  async exported(recording: ListedRecording, segment: Segment): Promise<File | undefined> {
    const { id, name: title, startedAt, lengthMs, pauses } = recording;
    const into = `saved-${segment.file.replace(/\.\w+$/, '')}.${formatOf(segment)}`;
    this.saving.value = new Set([...this.saving.value, segment.file]);
    const fromMs = filmTime(lengthMs, pauses).filmMs(segment.fromMs);
    const request = { id, file: segment.file, into, format: formatOf(segment), fromMs, title, startedAt };
    const isDone = await this.#parts.work.copy(request);
    this.saving.value = new Set([...this.saving.value].filter((file) => file !== segment.file));
    return isDone ? trackFile(id, into) : undefined;
  }

  /** The film of a recording: the one that is there, or a new one. @returns undefined where there is none in the end. */
  async film(recording: ListedRecording): Promise<File | undefined> {
    const { id } = recording;
    const kept = keptFilm(recording.files);
    if (kept.state === 'whole') return trackFile(id, kept.file);
    const made = await this.films.make(id, () => this.#filmRequest(recording));
    await this.read();
    return made === undefined ? undefined : trackFile(id, made);
  }

  /** Gives it another name. @returns false where that could not be written, as all that follow. */
  rename(recording: ListedRecording, name: string): Promise<boolean> {
    return this.#edit(recording, { t: 'named', at: recording.lengthMs, name }, isOfFilm);
  }

  /** Marks a moment of the recording. */
  mark(recording: ListedRecording, atMs: number, name: string): Promise<boolean> {
    return this.#edit(recording, { t: 'marker', at: atMs, person: recording.recorder, text: name }, isOfFilm);
  }

  unmark(recording: ListedRecording, { atMs }: Marker): Promise<boolean> {
    return this.#edit(recording, { t: 'unmarked', at: atMs }, isOfFilm);
  }

  /** Deletes what was written of somebody, as they wish. */
  async forget(recording: ListedRecording, person: string): Promise<boolean> {
    this.close();
    const { lengthMs: at } = recording;
    return this.#edit(recording, { t: 'forgotten', at, person }, () => true);
  }

  /** @param isStale what was made before, and is not so any more. */
  async #edit(recording: ListedRecording, edit: Edit, isStale: (name: string) => boolean): Promise<boolean> {
    this.films.cancel(recording.id);
    const isWritten = await this.#parts.edit(recording, edit);
    if (isWritten) await deleteMade(recording.id, isStale).catch(() => undefined);
    await this.read();
    return isWritten;
  }

  async delete(id: string): Promise<void> {
    this.films.cancel(id);
    if (this.opening.value.state !== 'none' && this.opening.value.id === id) this.close();
    await deleteRecording(id);
    await this.read();
  }

  async #filmRequest(recording: ListedRecording): Promise<FilmRequest | undefined> {
    const { segments, markers, lengthMs, pauses, people } = recording;
    const tracks: FilmRequest['tracks'][number][] = [];
    for (const segment of segments)
      if (await this.#ready(recording, segment)) tracks.push({ segment, ready: readyName(segment) });
    if (tracks.length === 0) return undefined;
    return {
      recording,
      tracks,
      looks: Object.fromEntries(
        people.map(({ id, name }) => [id, { name, initials: initials(name), colour: personColour(id) }]),
      ),
      notRecorded: text('recordingsNotRecorded'),
      chapters: chapters(markers, filmTime(lengthMs, pauses), text('recordingsFilmFirst')),
      wanted: MediaRecorder.isTypeSupported('video/mp4;codecs=avc1.42E01E,opus') ? 'mp4' : 'webm',
    };
  }

  async #ready({ id, name: title, startedAt }: ListedRecording, segment: Segment): Promise<File | undefined> {
    const into = readyName(segment);
    const known = await trackFile(id, into).catch(() => undefined);
    if (known && known.size > 0) return known;
    const request = { id, file: segment.file, into, format: formatOf(segment), fromMs: 0, title, startedAt };
    return (await this.#parts.work.copy(request)) ? trackFile(id, into) : undefined;
  }
}
