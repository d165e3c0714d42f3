// What the log of a recording adds up to: its people, tracks, pauses and markers, whether it was closed or cut off, and which files nobody
// may look at any more. Pure.
import type { LogLine, ReadLog } from './recording-log.ts';

export type TrackPart = 'camera' | 'screen';

/** From `fromMs` on and before `toMs`, both since the beginning of the recording. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A file with what was written of somebody without an interruption. */
export interface Segment {
  readonly file: string;
  readonly person: string;
  readonly part: TrackPart;
  readonly mime: string;
  readonly fromMs: number;
  /** Undefined where the log ends before the file does: it goes on for as long as there is something in it. */
  readonly toMs: number | undefined;
}

export interface Marker {
  readonly atMs: number;
  readonly person: string;
  readonly text: string;
}

/** A reading of both clocks of a track. */
export interface ClockReading {
  readonly atMs: number;
  readonly rtp: number;
}

export interface KeptPerson {
  readonly id: string;
  readonly name: string;
  /** When they were in the call. */
  readonly here: readonly Span[];
  /** When their camera or screen was off, though a file was open. */
  readonly dark: Readonly<Record<TrackPart, readonly Span[]>>;
  /** The last answer; undefined for the recorder, and for whoever said nothing. */
  readonly agreed: boolean | undefined;
}

export interface KeptRecording {
  readonly id: string;
  readonly name: string;
  readonly recorder: string;
  readonly startedAt: number;
  /** The last moment that the log knows of. */
  readonly lengthMs: number;
  /** Undefined: cut off by a crash. */
  readonly end: Extract<LogLine, { t: 'stopped' }> | undefined;
  readonly people: readonly KeptPerson[];
  readonly segments: readonly Segment[];
  readonly pauses: readonly Span[];
  readonly markers: readonly Marker[];
  readonly clocks: ReadonlyMap<string, Readonly<Record<'audio' | 'video', readonly ClockReading[]>>>;
  /** Written of somebody who wanted it forgotten: to be deleted where it is still there. */
  readonly forgotten: readonly string[];
}

/** Spans that are opened and closed one after the other; what is still open at the end lasts until then. */
class Spans {
  readonly #closed: Span[] = [];
  #from: number | undefined;

  open(atMs: number): void {
    this.#from ??= atMs;
  }

  close(atMs: number): void {
    if (this.#from !== undefined && atMs > this.#from) this.#closed.push({ fromMs: this.#from, toMs: atMs });
    this.#from = undefined;
  }

  all(endMs: number): readonly Span[] {
    return this.#from === undefined || endMs <= this.#from
      ? this.#closed
      : [...this.#closed, { fromMs: this.#from, toMs: endMs }];
  }
}

class Person {
  name = '';
  agreed: boolean | undefined;
  readonly here = new Spans();
  readonly dark = { camera: new Spans(), screen: new Spans() };
}

class Folding {
  name: string;
  lengthMs = 0;
  end: KeptRecording['end'];
  readonly people = new Map<string, Person>();
  readonly pauses = new Spans();
  readonly markers: Marker[] = [];
  readonly segments = new Map<string, { -readonly [Key in keyof Segment]: Segment[Key] }>();
  readonly clocks = new Map<string, Record<'audio' | 'video', ClockReading[]>>();
  readonly forgotten: string[] = [];

  constructor(name: string) {
    this.name = name;
  }

  person(id: string): Person {
    const known = this.people.get(id) ?? new Person();
    this.people.set(id, known);
    return known;
  }

  take(line: Exclude<LogLine, { t: 'recording' }>): void {
    this.lengthMs = Math.max(this.lengthMs, line.at);
    switch (line.t) {
      case 'came':
        this.person(line.person).name = line.name;
        this.person(line.person).here.open(line.at);
        return;
      case 'left':
        this.person(line.person).here.close(line.at);
        return;
      case 'segment': {
        const { file, person, part, mime } = line;
        this.segments.set(file, { file, person, part, mime, fromMs: line.at, toMs: undefined });
        return;
      }
      case 'ended': {
        const segment = this.segments.get(line.file);
        if (segment) segment.toMs ??= Math.max(segment.fromMs, line.at);
        return;
      }
      case 'picture': {
        const dark = this.person(line.person).dark[line.part];
        if (line.on) dark.close(line.at);
        else dark.open(line.at);
        return;
      }
      case 'clock': {
        const clocks = this.clocks.get(line.file) ?? { audio: [], video: [] };
        clocks[line.kind].push({ atMs: line.at, rtp: line.rtp });
        this.clocks.set(line.file, clocks);
        return;
      }
      case 'answer':
        this.person(line.person).agreed = line.yes;
        return;
      case 'forgotten':
        for (const [file, { person }] of this.segments)
          if (person === line.person) {
            this.segments.delete(file);
            this.clocks.delete(file);
            this.forgotten.push(file);
          }
        return;
      case 'marker':
        this.markers.push({ atMs: line.at, person: line.person, text: line.text });
        return;
      case 'unmarked': {
        const index = this.markers.findLastIndex(({ atMs }) => atMs === line.at);
        if (index >= 0) this.markers.splice(index, 1);
        return;
      }
      case 'alive':
        return;
      case 'paused':
        this.pauses.open(line.at);
        return;
      case 'resumed':
        this.pauses.close(line.at);
        return;
      case 'named':
        this.name = line.name;
        return;
      case 'stopped':
        this.end ??= line;
        return;
    }
  }
}

/** Adds a log up. */
export function keptRecording({ first, lines }: Pick<ReadLog, 'first' | 'lines'>): KeptRecording {
  const folding = new Folding(first.name);
  for (const line of lines) folding.take(line);
  const { lengthMs } = folding;
  return {
    id: first.id,
    name: folding.name,
    recorder: first.person,
    startedAt: first.startedAt,
    lengthMs,
    end: folding.end,
    people: [...folding.people].map(([id, { name, agreed, here, dark }]) => ({
      id,
      name,
      agreed,
      here: here.all(lengthMs),
      dark: { camera: dark.camera.all(lengthMs), screen: dark.screen.all(lengthMs) },
    })),
    segments: [...folding.segments.values()],
    pauses: folding.pauses.all(lengthMs),
    markers: folding.markers.toSorted((a, b) => a.atMs - b.atMs),
    clocks: folding.clocks,
    forgotten: folding.forgotten,
  };
}
