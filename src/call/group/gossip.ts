// Hands the entries of others on over one link, at a pace that the other end reads, the newest of each page only: whatever anybody makes up,
// what is owed stays small, and what was held up is not lost.

import type { Clock } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { MeshMessage } from '../../core/group/mesh-message.ts';
import type { SignedEntry } from '../../core/group/roster.ts';

/** Entries of others at once and each second. Eight people who come and go write far fewer. */
const atOnce = 48;
const eachSecond = 12;
/** The channel is full for now. */
const fullMs = 250;

/** What it asks of the entries. */
export interface GossipBook {
  signed(page: string): SignedEntry | undefined;
  matters(page: string): boolean;
}

export class Gossip {
  readonly #clock: Clock;
  readonly #book: GossipBook;
  readonly #budget = new TokenBucket(atOnce, eachSecond);
  /** Pages, the longest owed first. */
  readonly #owed = new Set<string>();
  #own: SignedEntry | undefined;
  #say: ((word: MeshMessage) => boolean) | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, book: GossipBook) {
    this.#clock = clock;
    this.#book = book;
  }

  /** Words get through from now on: all is told anew. */
  open(say: (word: MeshMessage) => boolean, own: SignedEntry | undefined, pages: readonly string[]): void {
    this.#say = say;
    this.#own = own;
    this.#owed.clear();
    for (const page of pages) this.#owed.add(page);
    this.#tell();
  }

  /** Nothing gets through. */
  close(): void {
    this.#say = undefined;
    this.#own = undefined;
    this.#owed.clear();
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** The own entry goes before all others. */
  tellOwn(signed: SignedEntry): void {
    if (!this.#say) return;
    this.#own = signed;
    this.#tell();
  }

  tellOf(page: string): void {
    if (!this.#say) return;
    this.#owed.add(page);
    this.#tell();
  }

  #tell(): void {
    const say = this.#say;
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#own && say) {
      if (!say({ t: 'entry', ...this.#own })) {
        this.#later(fullMs);
        return;
      }
      this.#own = undefined;
    }
    while (say && this.#owed.size > 0) {
      const page = [...this.#owed].find((one) => this.#book.matters(one)) ?? [...this.#owed][0];
      const signed = page === undefined ? undefined : this.#book.signed(page);
      if (page === undefined || !signed) {
        this.#owed.delete(page ?? '');
        continue;
      }
      const isInTime = this.#budget.take(this.#clock.now());
      if (!isInTime || !say({ t: 'entry', ...signed })) {
        this.#later(isInTime ? fullMs : 1_000 / eachSecond);
        return;
      }
      this.#owed.delete(page);
    }
  }

  #later(ms: number): void {
    this.#cancel = this.#clock.after(Math.ceil(ms), () => this.#tell());
  }
}
