// The people of a call as a way for the first words of a new link, and as they are counted and named for those outside.
import type { Bytes } from '../../core/base/bytes.ts';
import { maxPeople } from '../../core/group/roster.ts';
import type { People } from '../../link/signaling/people-pool.ts';
import type { Departures } from './departures.ts';
import type { Introductions } from './introductions.ts';
import type { Mesh } from './mesh.ts';
import type { Seat } from './seat.ts';

export interface CallPeopleParts {
  readonly mesh: Pick<Mesh, 'pass' | 'listen' | 'canReach'>;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly introductions: () => Pick<Introductions, 'needsRelays'>;
  readonly departures: () => Pick<Departures, 'namesBeside'>;
}

export class CallPeople implements People {
  readonly #parts: CallPeopleParts;
  readonly #watchers = new Set<() => void>();

  constructor(parts: CallPeopleParts) {
    this.#parts = parts;
  }

  pass(to: string, topicHex: string, body: Bytes): boolean {
    return this.#parts.mesh.pass(to, topicHex, body);
  }

  listen(topicHex: string, hear: (body: Bytes) => void): () => void {
    return this.#parts.mesh.listen(topicHex, hear);
  }

  needsRelays(id: string): boolean {
    return this.#parts.introductions().needsRelays(id);
  }

  canReach(id: string): boolean {
    return this.#parts.mesh.canReach(id);
  }

  countBeside(id: string): number {
    return this.#taken.filter((seat) => seat.id !== id).length;
  }

  namesBeside(id: string): readonly string[] {
    return this.#parts.departures().namesBeside(id);
  }

  onChange(tell: () => void): () => void {
    this.#watchers.add(tell);
    return () => this.#watchers.delete(tell);
  }

  /** People, or the ways between them, are different. */
  changed(): void {
    for (const tell of [...this.#watchers]) tell();
  }

  /** Eight people are in the call, or on the way. */
  get isFull(): boolean {
    return this.#taken.length >= maxPeople - 1;
  }

  get #taken(): readonly Seat[] {
    return [...this.#parts.seats.values()].filter((seat) => seat.isTaken);
  }
}
