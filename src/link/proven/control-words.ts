// What features say to each other over a proven link: each owns its word, with its schema and its meaning, and plugs in here. Outlives links
// and connections. The greeting and the proof are secured-link.ts's: nothing is heard here before them.
import * as v from 'valibot';
import type { Bytes } from '../../core/base/bytes.ts';
import type { Clock } from '../../core/base/ports.ts';
import { type FeatureWord, isControlKind } from '../../core/signaling/control-message.ts';
import { LatestWord } from './latest-word.ts';

/** A word of a feature. */
export interface ControlWord<Said extends object> {
  /** Its kind on the wire. */
  readonly t: string;
  /** A `wireObject` with a bound for everything. Its `t` is looked at before. */
  readonly schema: v.GenericSchema<unknown, Said>;
  /** It is heard this often at most; of what comes sooner the latest counts, so a word says how something is now. */
  readonly everyMs: number;
  /** Where one word tells of several things: of which, out of few. Of each the latest counts. */
  readonly about?: (said: Said) => string;
  /** Said only to whom the other side is proven to be. Everything else follows the own greeting. */
  readonly isPersonal?: boolean;
}

/** A feature with words of its own. `Parts` is what it needs of one call. */
export interface WordPlug<Parts> {
  readonly words: readonly Pick<ControlWord<object>, 't' | 'schema'>[];
  /** @returns what ends with the call, if anything does. */
  plug(words: ControlWords, parts: Parts): (() => void) | undefined;
}

/** The link that carries the words now. */
export interface WordCarrier {
  /** @param isPersonal for a word that waits for the proof. */
  isOpen(isPersonal: boolean): boolean;
  /** False where it cannot be known to arrive soon. */
  send(word: FeatureWord): boolean;
  /** Hash of what both sides have said at the link's beginning, 32 bytes; undefined before all of it is known. */
  readonly transcript: Bytes | undefined;
}

interface Listener {
  /** Undefined where this is not as the word's schema says. */
  read(word: FeatureWord): (() => void) | undefined;
  reset(): void;
}

export class ControlWords {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #listeners = new Map<string, Listener>();
  readonly #greetings: (() => FeatureWord)[] = [];
  readonly #onOpened: (() => void)[] = [];
  readonly #onGreeted: (() => void)[] = [];
  #carrier: WordCarrier | undefined;

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock;
  }

  /** Hears a word of this kind whenever it comes over a proven link. Each kind is one feature's. */
  on<Said extends object>(word: ControlWord<Said>, hear: (said: Said) => void): void {
    if (isControlKind(word.t) || this.#listeners.has(word.t)) throw new Error(`control word taken: ${word.t}`);
    this.#listeners.set(word.t, listenerFor(word, hear, this.#clock));
  }

  /** Whether a word of this kind can be said now. */
  isOpen({ isPersonal = false }: Pick<ControlWord<object>, 'isPersonal'>): boolean {
    return this.#carrier?.isOpen(isPersonal) ?? false;
  }

  /** @returns whether the other side was told: not before the greeting, and not while the way is cut. */
  say<Said extends object>(word: ControlWord<Said>, said: Said): boolean {
    return this.isOpen(word) && (this.#carrier?.send({ t: word.t, ...said }) ?? false);
  }

  /** Says this with each greeting of ours, as it is then. */
  sayWithGreeting<Said extends object>(word: ControlWord<Said>, now: () => Said): void {
    this.#greetings.push(() => ({ t: word.t, ...now() }));
  }

  /** Calls back when a new connection carries the words: nothing that was said over another one is known there. */
  onOpened(tell: () => void): void {
    this.#onOpened.push(tell);
  }

  /** Calls back when the other side has greeted on the present connection; again when it says that it did not hear ours. */
  onGreeted(tell: () => void): void {
    this.#onGreeted.push(tell);
  }

  /** What tells this link from every other one: known to both sides of it alone, 32 bytes. Undefined before the greeting. */
  get transcript(): Bytes | undefined {
    return this.#carrier?.transcript;
  }

  // What follows is for the link.

  /** This link carries the words from now on. */
  carry(carrier: WordCarrier): void {
    this.#carrier = carrier;
    this.#reset();
  }

  /** This link carries nothing any more. What waits to be heard is not. */
  drop(carrier: WordCarrier): void {
    if (this.#carrier !== carrier) return;
    this.#carrier = undefined;
    this.#reset();
  }

  /** @returns a function that lets it be heard; undefined where nobody knows this kind, or it is not as it should be. */
  read(word: FeatureWord): (() => void) | undefined {
    return this.#listeners.get(word.t)?.read(word);
  }

  /** What goes with a greeting. */
  get greetings(): readonly FeatureWord[] {
    return this.#greetings.map((word) => word());
  }

  opened(): void {
    for (const tell of this.#onOpened) tell();
  }

  greeted(): void {
    for (const tell of this.#onGreeted) tell();
  }

  #reset(): void {
    for (const listener of this.#listeners.values()) listener.reset();
  }
}

function listenerFor<Said extends object>(
  { schema, everyMs, about = () => '' }: ControlWord<Said>,
  hear: (said: Said) => void,
  clock: Pick<Clock, 'after'>,
): Listener {
  const latest = new Map<string, LatestWord<Said>>();
  const take = (said: Said): void => {
    const key = about(said);
    const words = latest.get(key) ?? new LatestWord(clock, everyMs, hear);
    latest.set(key, words);
    words.take(said);
  };
  return {
    read: (word) => {
      const parsed = v.safeParse(schema, word);
      return parsed.success ? () => take(parsed.output) : undefined;
    },
    reset: () => {
      for (const words of latest.values()) words.reset();
    },
  };
}
