// Writes a recording of this page's call: a file for each person, part and stretch in which their tracks stay the same, and the log beside them.
// Who may be written is not decided here.
import { effect } from '@preact/signals';
import type { SignedEntry } from '../../core/group/roster.ts';
import type { FurtherLine } from '../../core/recording/recording-log.ts';
import type { OwnRecorded } from '../../core/stage/stage-view.ts';
import { checkRoom, recordingRoom } from '../../platform/store/disk-room.ts';
import { recordingLives } from '../../platform/store/recording-life.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { TapeEvents } from './call-recording.ts';
import { DiskWatch } from './disk-watch.ts';
import { RecordingDisk } from './recording-disk.ts';
import type { RecordingEnd, Tape } from './recording-run.ts';
import { TrackSegment } from './track-segment.ts';
import { type OwnTracks, ownSources, type Source, sameTracks, theirSources } from './track-sources.ts';

/** How often it is looked whether somebody's tracks are others, and what is written is given to the disk. */
const tickMs = 1_000;
const flushEvery = 5;
const closeMs = 5_000;
/** A line of the log that said more would say nothing. */
const longestName = 256;

export interface RecorderParts {
  /** 16 random bytes, base64url. */
  readonly id: string;
  readonly self: { readonly id: string; readonly name: string };
  readonly group: Pick<GroupModel, 'participants'>;
  readonly own: OwnTracks;
  /** How much of the own picture is wanted now. */
  readonly ownPicture: () => OwnRecorded;
  /** What somebody is called here. */
  readonly nameOf: (person: string) => string;
  /** A name for the list of recordings. */
  readonly name: string;
  readonly events: TapeEvents;
}

interface Running {
  readonly source: Source;
  readonly segment: TrackSegment;
}

/** Makes ready what writes a recording. Rejects with a NoRoomError where there is too little room to begin. */
export async function openRecorder(parts: RecorderParts): Promise<Tape> {
  await checkRoom(recordingRoom);
  return new Recorder(parts);
}

class Recorder implements Tape {
  readonly #parts: RecorderParts;
  readonly #disk: RecordingDisk;
  readonly #watch: DiskWatch;
  readonly #writing = new Set<string>();
  readonly #running = new Map<string, Running>();
  /** Files of which not everything is written yet, and of whom they are. */
  readonly #unfinished = new Map<Promise<void>, string>();
  /** Of whom something is being deleted: nothing new of them is written before it is gone. */
  readonly #forgetting = new Map<string, Promise<unknown>>();
  readonly #here = new Set<string>();
  /** Whose camera or screen is off, though there is a file. */
  readonly #dark = new Set<string>();
  readonly #stops: (() => void)[] = [];
  #endLife: () => void = () => undefined;
  #startMs = 0;
  #count = 0;
  #isOpen = false;
  #isPaused = false;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    const fail = (why: 'disk-full' | 'failed') => {
      if (this.#isOpen) parts.events.onFailed(why);
    };
    this.#disk = new RecordingDisk(fail);
    this.#watch = new DiskWatch(parts.events.onSize, () => fail('disk-full'));
  }

  open(): void {
    const { id, self, own, name, group } = this.#parts;
    this.#isOpen = true;
    this.#endLife = recordingLives(id);
    this.#startMs = performance.now();
    this.#disk.ask({
      ask: 'open',
      first: { t: 'recording', v: 1, id, person: self.id, name: name.slice(0, longestName), startedAt: Date.now() },
    });
    this.#log({ t: 'came', person: self.id, name: self.name });
    let ticks = 0;
    const timer = setInterval(() => {
      this.#look();
      this.#log({ t: 'alive' });
      ticks += 1;
      if (ticks % flushEvery === 0) this.#disk.ask({ ask: 'flush' });
    }, tickMs);
    this.#stops.push(
      () => clearInterval(timer),
      own.onChange(() => this.#look()),
      effect(() => {
        for (const participant of group.participants.value) theirSources(participant);
        // A track that is exchanged within a change is there in a moment.
        queueMicrotask(() => this.#look());
      }),
      this.#watch.start(),
    );
  }

  write(person: string): void {
    this.#writing.add(person);
    this.#look();
  }

  cut(person: string): void {
    this.#writing.delete(person);
    this.#look();
  }

  forget(person: string): void {
    const written = [...this.#unfinished].flatMap(([done, of]) => (of === person ? [done] : []));
    const gone = Promise.all([this.#forgetting.get(person), ...written]).then(() => {
      this.#disk.ask({ ask: 'forget', person, at: this.#at });
      if (this.#forgetting.get(person) !== gone) return;
      this.#forgetting.delete(person);
      this.#look();
    });
    this.#forgetting.set(person, gone);
  }

  keepAnswer(person: string, yes: boolean, { e, s }: SignedEntry): void {
    this.#log({ t: 'answer', person, yes, e, s });
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#look();
    this.#log({ t: isPaused ? 'paused' : 'resumed' });
  }

  mark(text: string, person = this.#parts.self.id): void {
    this.#log({ t: 'marker', person, text });
  }

  present(people: ReadonlySet<string>): void {
    // Told again at once when it begins.
    if (!this.#isOpen) return;
    for (const person of people) {
      if (this.#here.has(person)) continue;
      this.#here.add(person);
      this.#log({ t: 'came', person, name: this.#parts.nameOf(person).slice(0, longestName) });
    }
    for (const person of [...this.#here]) {
      if (people.has(person)) continue;
      this.#here.delete(person);
      this.#log({ t: 'left', person });
    }
  }

  close(end: RecordingEnd): void {
    for (const stop of this.#stops) stop();
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#look();
    if (!wasOpen) {
      // Nothing was ever asked of the disk.
      void this.#disk.close(0);
      return;
    }
    const by = 'by' in end && end.by !== undefined ? { by: end.by } : {};
    const at = this.#at;
    void Promise.all([...this.#unfinished.keys(), ...this.#forgetting.values()]).then(() => {
      this.#disk.ask({ ask: 'log', line: { t: 'stopped', at, why: end.why, ...by } });
      return this.#disk.close(closeMs).then(this.#endLife);
    });
  }

  get #at(): number {
    return performance.now() - this.#startMs;
  }

  /** What there is of everybody who may be written now. */
  #sources(): readonly Source[] {
    if (!this.#isOpen || this.#isPaused) return [];
    const { self, own, ownPicture, group } = this.#parts;
    const ours = ownPicture() === 'none' ? { ...own.tracks(), camera: null } : own.tracks();
    const theirs = group.participants.peek().filter(({ id }) => this.#writing.has(id) && !this.#forgetting.has(id));
    return [...ownSources(self.id, ours), ...theirs.flatMap(theirSources)];
  }

  /** Begins and ends files as tracks come, go and change. */
  #look(): void {
    const wanted = new Map(this.#sources().map((source) => [source.key, source]));
    for (const [key, { source, segment }] of [...this.#running]) {
      const now = wanted.get(key);
      if (!now || segment.isOver || !sameTracks(now, source)) this.#end(key);
    }
    try {
      for (const [key, source] of wanted) if (!this.#running.has(key)) this.#begin(source);
    } catch {
      // The browser does not record such tracks.
      this.#parts.events.onFailed('failed');
    }
  }

  #begin(source: Source): void {
    const { key, person, part, tracks } = source;
    const beganMs = this.#at;
    const number = this.#count++;
    let file: string | undefined;
    const segment = new TrackSegment({
      tracks,
      isOwn: person === this.#parts.self.id,
      isSmall: part === 'camera' && this.#parts.ownPicture() === 'small',
      onBegun: (mime) => {
        // Begun and over in one moment, with the recording: nothing of it is kept.
        if (!this.#isOpen) return;
        file = `${person.slice(0, 8)}-${part}-${number}.${extensionOf(mime)}`;
        this.#log({ t: 'segment', file, person, part, mime });
        this.#tellPicture(source);
      },
      onBytes: (bytes) => {
        if (file === undefined) return;
        this.#watch.wrote(bytes.length);
        this.#disk.ask({ ask: 'write', file, bytes });
      },
    });
    this.#running.set(key, { source, segment });
    const done = segment.done.then(() => {
      if (file !== undefined) this.#disk.ask({ ask: 'end', file, at: this.#at });
      this.#unfinished.delete(done);
      // Over by itself: their codec is another one now. What cannot be recorded at all is over at once, and tried again with the next look.
      if (this.#running.get(key)?.segment === segment && this.#at - beganMs > tickMs) this.#look();
    });
    this.#unfinished.set(done, person);
  }

  #end(key: string): void {
    this.#running.get(key)?.segment.stop();
    this.#running.delete(key);
  }

  /** Says in the log that a file has sound alone, or a picture again. */
  #tellPicture({ key, person, part, tracks }: Source): void {
    const isDark = !tracks.some(({ kind }) => kind === 'video');
    if (isDark === this.#dark.has(key)) return;
    if (isDark) this.#dark.add(key);
    else this.#dark.delete(key);
    this.#log({ t: 'picture', person, part, on: !isDark });
  }

  #log(line: LineWithoutTime): void {
    if (this.#isOpen) this.#disk.ask({ ask: 'log', line: { ...line, at: this.#at } as FurtherLine });
  }
}

type Timeless<Line> = Line extends FurtherLine ? Omit<Line, 'at'> : never;
type LineWithoutTime = Timeless<FurtherLine>;

function extensionOf(mime: string): 'webm' | 'mp4' | 'mkv' {
  if (mime.startsWith('video/mp4') || mime.startsWith('audio/mp4')) return 'mp4';
  return mime.includes('matroska') ? 'mkv' : 'webm';
}
