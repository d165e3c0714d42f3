// Makes one film of the tracks of a recording: a picture of everybody, laid out as on the stage of a call, and their voices together. Knows neither
// where the files come from nor who asked for it.
import {
  AudioSample,
  AudioSampleSource,
  CanvasSource,
  canEncodeAudio,
  canEncodeVideo,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny';
import { compositePlan, type Scene } from '../../core/recording/composite-plan.ts';
import { type Chapter, type FilmTime, filmTime } from '../../core/recording/film-time.ts';
import type { KeptRecording, Segment } from '../../core/recording/kept-recording.ts';
import { mixRate, newVoice, SoundMix, type Voice } from '../../core/recording/sound-mix.ts';
import { fillerFor, fillerName, writeChapters } from './chapters.ts';
import type { FilmBytes } from './film-bytes.ts';
import { FilmPainter, type Look } from './film-painter.ts';
import { TrackReader } from './track-readers.ts';

export type FilmFormat = 'mp4' | 'webm';

/** A file that can be sought in, with what was written of somebody. */
interface FilmTrack {
  readonly segment: Segment;
  readonly blob: Blob;
}

export interface FilmJob {
  readonly recording: KeptRecording;
  readonly tracks: readonly FilmTrack[];
  /** By person. */
  readonly looks: Readonly<Record<string, Look>>;
  readonly notRecorded: string;
  readonly chapters: readonly Chapter[];
}

export interface FilmWay {
  readonly format: FilmFormat;
  readonly file: FilmBytes;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Resolves when it may go on; rejects when it shall not. */
  readonly mayGoOn: () => Promise<void>;
}

const size = { width: 1280, height: 720 } as const;
const framesPerSecond = 25;
const pictureBits = 1_500_000;
const soundBits = 96_000;
const codecs = { mp4: 'avc', webm: 'vp8' } as const;

/** Bytes that a film of that length needs at most, in ms. */
export const filmBytesFor = (lengthMs: number): number => Math.ceil(((pictureBits + soundBits) / 8_000) * lengthMs);

/** The formats that this browser can write, the wanted one first. */
export async function filmFormats(wanted: FilmFormat): Promise<readonly FilmFormat[]> {
  const hasSound = await canEncodeAudio('opus', { numberOfChannels: 2, sampleRate: mixRate, bitrate: soundBits });
  if (!hasSound) return [];
  const all: readonly FilmFormat[] = wanted === 'mp4' ? ['mp4', 'webm'] : ['webm', 'mp4'];
  const can = await Promise.all(all.map((format) => canEncodeVideo(codecs[format], { ...size, bitrate: pictureBits })));
  return all.filter((_, index) => can[index]);
}

interface OpenTrack {
  readonly segment: Segment;
  readonly reader: TrackReader;
  /** Where it begins in the film. */
  readonly filmFromMs: number;
  readonly voice: Voice;
}

/** Files are opened when the film comes to them, and closed behind it. */
class Tracks {
  readonly #waiting: FilmTrack[];
  readonly #film: FilmTime;
  readonly #open = new Map<string, OpenTrack>();
  /** Something could be read. */
  hasAny = false;

  constructor(tracks: readonly FilmTrack[], film: FilmTime) {
    this.#waiting = tracks.toSorted((a, b) => a.segment.fromMs - b.segment.fromMs);
    this.#film = film;
  }

  /** Those that there is something of before that moment of the film. */
  async until(filmMs: number): Promise<readonly OpenTrack[]> {
    for (;;) {
      const [first] = this.#waiting;
      if (!first || this.#film.filmMs(first.segment.fromMs) > filmMs) break;
      this.#waiting.shift();
      const reader = await TrackReader.open(first.blob);
      if (!reader) continue;
      this.hasAny = true;
      const { segment } = first;
      const filmFromMs = this.#film.filmMs(segment.fromMs);
      this.#open.set(segment.file, { segment, reader, filmFromMs, voice: newVoice() });
    }
    return [...this.#open.values()];
  }

  of(file: string): OpenTrack | undefined {
    return this.#open.get(file);
  }

  /** What ended before that moment of the film is needed no more. */
  async leave(filmMs: number): Promise<void> {
    for (const [file, { segment, reader }] of this.#open) {
      if (segment.toMs === undefined || this.#film.filmMs(segment.toMs) >= filmMs) continue;
      this.#open.delete(file);
      await reader.close();
    }
  }

  async close(): Promise<void> {
    for (const { reader } of this.#open.values()) await reader.close();
    this.#open.clear();
  }
}

function outputFor({ format, file }: FilmWay, { recording, chapters }: FilmJob): Output {
  const writable = new WritableStream<StreamTargetChunk>({
    write: ({ data, position }) => file.write(Uint8Array.from(data), position),
  });
  const output = new Output({
    format: format === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: false }),
    target: new StreamTarget(writable, { chunked: true }),
  });
  const filler = format === 'webm' && chapters.length > 0 ? { raw: { [fillerName]: fillerFor(chapters) } } : {};
  output.setMetadataTags({ title: recording.name, date: new Date(recording.startedAt), ...filler });
  return output;
}

/**
 * Writes the film into an empty file. Rejects with what the disk or an encoder throws, and with what `mayGoOn` rejects with.
 * @returns false where nothing could be read of any track.
 */
export async function makeFilm(job: FilmJob, way: FilmWay): Promise<boolean> {
  const { recording } = job;
  const film = filmTime(recording.lengthMs, recording.pauses);
  const tracks = new Tracks(job.tracks, film);
  const painter = new FilmPainter({ size, looks: job.looks, notRecorded: job.notRecorded });
  const output = outputFor(way, job);
  const pictures = new CanvasSource(painter.canvas, {
    codec: codecs[way.format],
    bitrate: pictureBits,
    keyFrameInterval: 2,
  });
  const sound = new AudioSampleSource({ codec: 'opus', bitrate: soundBits });
  output.addVideoTrack(pictures, { frameRate: framesPerSecond });
  output.addAudioTrack(sound);
  try {
    await output.start();
    const camera = new SceneCamera(compositePlan(recording, size, film).scenes, tracks, film);
    const mix = new SoundMix();
    const frames = Math.max(1, Math.ceil((film.lengthMs / 1_000) * framesPerSecond));
    for (let from = 0; from < frames; from += framesPerSecond) {
      await way.mayGoOn();
      const count = Math.min(framesPerSecond, frames - from);
      const untilMs = ((from + count) * 1_000) / framesPerSecond;
      const open = await tracks.until(untilMs);
      await sound.add(await mixed(mix, open, { from, count, untilMs }));
      for (let frame = from; frame < from + count; frame++) {
        const isLast = frame === frames - 1;
        if (!(await camera.look((frame * 1_000) / framesPerSecond)) && frame !== from && !isLast) continue;
        painter.paint(camera.places, (file) => camera.pictureOf(file));
        await pictures.add(frame / framesPerSecond, 1 / framesPerSecond);
      }
      await tracks.leave(untilMs);
      way.onProgress((from + count) / frames);
    }
    if (!tracks.hasAny) {
      await output.cancel();
      return false;
    }
    await output.finalize();
  } catch (error) {
    await output.cancel().catch(() => undefined);
    throw error;
  } finally {
    await tracks.close();
  }
  writeChapters(way.file, way.format, job.chapters);
  return true;
}

interface Second {
  readonly from: number;
  readonly count: number;
  readonly untilMs: number;
}

/** What everybody says in a second of the film. */
async function mixed(mix: SoundMix, open: readonly OpenTrack[], { from, count, untilMs }: Second) {
  for (const { reader, filmFromMs, voice } of open) {
    for await (const sample of reader.sound?.until((untilMs - filmFromMs) / 1_000) ?? []) {
      const channels = Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
        const channel = new Float32Array(sample.numberOfFrames);
        sample.copyTo(channel, { planeIndex, format: 'f32-planar' });
        return channel;
      });
      mix.add(voice, { channels, rate: sample.sampleRate, atMs: filmFromMs + sample.timestamp * 1_000 });
      sample.close();
    }
  }
  return new AudioSample({
    data: mix.take((mixRate * count) / framesPerSecond),
    format: 'f32-planar',
    numberOfChannels: 2,
    sampleRate: mixRate,
    timestamp: from / framesPerSecond,
  });
}

/** Goes through the scenes, and knows whether anything looks different from the picture before. */
class SceneCamera {
  readonly #scenes: readonly Scene[];
  readonly #tracks: Tracks;
  readonly #film: FilmTime;
  #scene = -1;
  readonly #shown = new Map<string, Awaited<ReturnType<NonNullable<TrackReader['pictures']>['at']>>>();

  constructor(scenes: readonly Scene[], tracks: Tracks, film: FilmTime) {
    this.#scenes = scenes;
    this.#tracks = tracks;
    this.#film = film;
  }

  get places(): Scene['places'] {
    return this.#scenes[this.#scene]?.places ?? [];
  }

  pictureOf(file: string) {
    return this.#shown.get(file);
  }

  /** Looks at a moment of the film that is not before the last one. @returns whether something has changed. */
  async look(filmMs: number): Promise<boolean> {
    const before = this.#scene;
    while ((this.#scenes[this.#scene + 1]?.fromMs ?? Number.POSITIVE_INFINITY) <= filmMs) this.#scene += 1;
    let hasChanged = this.#scene !== before;
    const nowMs = this.#film.recordingMs(filmMs);
    for (const { picture } of this.places) {
      if (picture.shows !== 'video') continue;
      const track = this.#tracks.of(picture.file);
      const sample = await track?.reader.pictures?.at((nowMs - track.segment.fromMs) / 1_000);
      hasChanged ||= this.#shown.get(picture.file) !== sample;
      this.#shown.set(picture.file, sample);
    }
    return hasChanged;
  }
}
