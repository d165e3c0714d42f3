// The way to the other person of a call that comes here from another own device: by that device, as long as it is there, and beside it by the
// people of the call here.
import type { Bytes } from '../../core/base/bytes.ts';
import { fromBase64url } from '../../core/base/bytes.ts';
import { type HandOverWord, passWord } from '../../core/call/hand-over-word.ts';
import type { People } from '../../link/signaling/people-pool.ts';

export class OwnPeople implements People {
  readonly #people: People;
  readonly #listeners = new Map<string, Set<(body: Bytes) => void>>();
  readonly #watchers = new Set<() => void>();
  #say: ((word: HandOverWord) => boolean) | undefined;

  constructor(people: People) {
    this.#people = people;
  }

  /** Our other device hands over from now on, or no more. */
  set way(say: ((word: HandOverWord) => boolean) | undefined) {
    this.#say = say;
    this.#tellTopics();
    for (const tell of [...this.#watchers]) tell();
  }

  /** It hands something over. */
  heard({ topic, body }: Extract<HandOverWord, { t: 'pass' }>): void {
    const message = fromBase64url(body);
    if (message) for (const hear of [...(this.#listeners.get(topic) ?? [])]) hear(message);
  }

  pass(to: string, topicHex: string, body: Bytes): boolean {
    const isTaken = this.#say?.(passWord(topicHex, body)) ?? false;
    return isTaken || this.#people.pass(to, topicHex, body);
  }

  listen(topicHex: string, hear: (body: Bytes) => void): () => void {
    const listeners = this.#listeners.get(topicHex) ?? new Set();
    this.#listeners.set(topicHex, listeners.add(hear));
    this.#tellTopics();
    const end = this.#people.listen(topicHex, hear);
    return () => {
      end();
      listeners.delete(hear);
      if (listeners.size === 0) this.#listeners.delete(topicHex);
      this.#tellTopics();
    };
  }

  needsRelays(id: string): boolean {
    return !this.#say && this.#people.needsRelays(id);
  }

  canReach(id: string): boolean {
    return this.#say !== undefined || this.#people.canReach(id);
  }

  countBeside(id: string): number {
    return this.#people.countBeside(id);
  }

  namesBeside(id: string): readonly string[] {
    return this.#people.namesBeside(id);
  }

  onChange(tell: () => void): () => void {
    this.#watchers.add(tell);
    const end = this.#people.onChange(tell);
    return () => {
      this.#watchers.delete(tell);
      end();
    };
  }

  #tellTopics(): void {
    this.#say?.({ t: 'listen', topics: [...this.#listeners.keys()].slice(-maxTopics) });
  }
}

const maxTopics = 4;
