// The side of whoever records: runs the consent machine over what the entries of the others say, and has written what it allows
// (docs/protocol.md#recording). Knows neither files nor tracks: those are the tape's.
import { assertNever } from '../../core/base/assert-never.ts';
import type { Clock } from '../../core/base/ports.ts';
import type { SignedEntry } from '../../core/group/roster.ts';
import {
  type ConsentEffect,
  type ConsentEvent,
  type ConsentState,
  type Others,
  stepConsent,
  written,
} from '../../core/recording/consent-machine.ts';
import type { Entries } from './answering.ts';

export type RecordingEnd = Extract<ConsentEffect, { effect: 'close' }>['end'];

/** What writes. Everything is done in the order in which it is asked for. */
export interface Tape {
  /** From here on the own tracks are written. */
  open(): void;
  write(person: string): void;
  cut(person: string): void;
  /** Deletes what was written of the person. */
  forget(person: string): void;
  keepAnswer(person: string, yes: boolean, signed: SignedEntry): void;
  pause(isPaused: boolean): void;
  /** @param person undefined: the recorder. */
  mark(text: string, person?: string): void;
  /** Who is in the call now. */
  present(people: ReadonlySet<string>): void;
  close(end: RecordingEnd): void;
}

export interface RecordingRunParts {
  /** 16 random bytes, base64url. */
  readonly id: string;
  readonly entries: Entries;
  readonly clock: Clock;
  readonly tape: Tape;
  readonly onChange: () => void;
  readonly onForgotten: (person: string) => void;
  /** Somebody who is in it has marked this moment. @returns what the mark is called. */
  readonly onMarked: (person: string) => string;
  readonly onOver: (end: RecordingEnd) => void;
}

export class RecordingRun {
  readonly #parts: RecordingRunParts;
  #state: ConsentState = { state: 'idle' };
  #cancelTimer: (() => void) | undefined;
  /** How many of each were seen. */
  readonly #marks = new Map<string, number>();

  constructor(parts: RecordingRunParts) {
    this.#parts = parts;
  }

  get state(): ConsentState {
    return this.#state;
  }

  /** Asks everybody. */
  begin(): void {
    const { id, clock } = this.#parts;
    this.#step({ event: 'begin', id, nowMs: clock.now(), others: this.#others() });
  }

  /** Somebody came, left or said something. */
  look(): void {
    if (this.#state.state === 'idle' || this.#state.state === 'over') return;
    const { entries, id, tape } = this.#parts;
    const by = [...entries.people()].find((person) =>
      entries.roster.get(person)?.entry.says?.some(({ rec, halt }) => rec === id && halt),
    );
    // What the same entry says besides is kept before the end.
    this.#step({ event: 'others', others: this.#others() });
    if (by !== undefined) this.#step({ event: 'halt', id, by });
    else if (this.#isOpen) {
      tape.present(entries.people());
      this.#lookAtMarks();
    }
  }

  /** Marks are counted: several that came at once are one moment. */
  #lookAtMarks(): void {
    const { entries, id, tape, onMarked } = this.#parts;
    for (const person of entries.people()) {
      const answer = entries.roster.get(person)?.entry.says?.find(({ rec }) => rec === id);
      const marks = answer?.yes ? (answer.marks ?? 0) : 0;
      if (marks <= (this.#marks.get(person) ?? 0)) continue;
      this.#marks.set(person, marks);
      if (this.#state.state === 'on') tape.mark(onMarked(person), person);
    }
  }

  pause(isPaused: boolean): void {
    this.#step({ event: isPaused ? 'pause' : 'resume' });
  }

  mark(text: string): void {
    if (this.#isOpen) this.#parts.tape.mark(text);
  }

  stop(why: 'stop' | 'call-ended' | 'failed'): void {
    this.#step({ event: why });
  }

  /** Whose tracks are written now. */
  get written(): ReadonlySet<string> {
    return written(this.#state);
  }

  get #isOpen(): boolean {
    return this.#state.state === 'on' || this.#state.state === 'paused';
  }

  #others(): Others {
    const { entries, id } = this.#parts;
    return new Map(
      [...entries.people()].map((person) => {
        const entry = entries.roster.get(person)?.entry;
        const answer = entry?.says?.find(({ rec }) => rec === id);
        return [person, { n: entry?.n ?? 0, yes: answer?.yes, forget: answer?.forget ?? false }];
      }),
    );
  }

  #step(event: ConsentEvent): void {
    const before = this.#state;
    const { state, effects } = stepConsent(before, event);
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    if (state !== before) this.#parts.onChange();
  }

  #do(effect: ConsentEffect): void {
    const { entries, clock, tape, onForgotten, onOver } = this.#parts;
    switch (effect.effect) {
      case 'announce':
        entries.state({ rec: effect.rec });
        return;
      case 'set-timer':
        this.#cancelTimer = clock.after(effect.ms, () => this.#step({ event: 'answers-due' }));
        return;
      case 'clear-timer':
        this.#cancelTimer?.();
        return;
      case 'open':
        tape.open();
        tape.present(entries.people());
        return;
      case 'write':
      case 'cut':
        tape[effect.effect](effect.person);
        return;
      case 'forget':
        tape.forget(effect.person);
        onForgotten(effect.person);
        return;
      case 'keep-answer': {
        const kept = entries.roster.get(effect.person);
        const answer = kept?.entry.says?.find(({ rec }) => rec === this.#parts.id);
        if (kept && answer) tape.keepAnswer(effect.person, answer.yes, kept.signed);
        return;
      }
      case 'pause-own':
      case 'resume-own':
        tape.pause(effect.effect === 'pause-own');
        return;
      case 'close':
        tape.close(effect.end);
        onOver(effect.end);
        return;
      default:
        assertNever(effect);
    }
  }
}
