// What one participant may have this browser try in a call, in however many descriptions and connections (docs/hostile-cases.md#e21): each
// candidate is an address to send packets to, each connection costs sockets and memory. Knows no connection.
import type { Clock } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { WireCandidate } from '../../core/signaling/link-message.ts';
import { candidateCount } from '../../core/signaling/sdp-filter.ts';

/** A computer has about ten, and says them again with each way that it looks for. */
const candidates = { atOnce: 256, eachSecond: 8 };
/** Whoever is honest waits longer between two. */
const connections = { atOnce: 8, eachSecond: 0.2 };

export class PeerLimits {
  readonly #clock: Clock;
  readonly #candidates = new TokenBucket(candidates.atOnce, candidates.eachSecond);
  readonly #connections = new TokenBucket(connections.atOnce, connections.eachSecond);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** As many of these as may be tried now. */
  those(all: readonly WireCandidate[]): WireCandidate[] {
    return all.filter(() => this.#candidates.take(this.#clock.now()));
  }

  /** Whether a description may be taken with the candidates inside it. An honest one, for which they travel beside it, has none. */
  mayDescribe(sdp: string): boolean {
    return this.#candidates.take(this.#clock.now(), candidateCount(sdp));
  }

  /** Whether a new connection may be made for the other side now; if so, it is counted. */
  mayConnect(): boolean {
    return this.#connections.take(this.#clock.now());
  }
}
