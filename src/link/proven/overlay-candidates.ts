// Candidates of an overlay network (Yggdrasil, Mycelium) wait for a second round: a browser would take the overlay's way, which is a
// detour through other people's machines, even where a direct one exists. Knows no connection.
import { addressKind } from '../../core/base/address-kind.ts';
import type { Clock } from '../../core/base/ports.ts';
import type { WireCandidate } from '../../core/signaling/link-message.ts';

/** A direct way on a slow network, or one through a relay server of their own, is found by then. */
const secondRoundMs = 1_500;

interface Waiting {
  readonly fragment: string;
  readonly candidate: WireCandidate;
}

export class OverlayCandidates {
  readonly #clock: Clock;
  readonly #found: (fragment: string, candidate: WireCandidate) => void;
  readonly #isNeeded: () => boolean;
  #waiting: Waiting[] = [];
  #cancel: (() => void) | undefined;

  /**
   * @param found takes each candidate when its time has come.
   * @param isNeeded whether there is still no way; asked when the second round is due.
   */
  constructor(clock: Clock, found: (fragment: string, candidate: WireCandidate) => void, isNeeded: () => boolean) {
    this.#clock = clock;
    this.#found = found;
    this.#isNeeded = isNeeded;
  }

  /** A candidate of ours was found. @param fragment the username fragment that it belongs to. */
  take(fragment: string, candidate: WireCandidate): void {
    if (!isOverlay(candidate.c)) {
      this.#found(fragment, candidate);
      return;
    }
    this.#waiting.push({ fragment, candidate });
    this.#cancel ??= this.#clock.after(secondRoundMs, () => this.#due());
  }

  stop(): void {
    this.#cancel?.();
    this.#waiting = [];
  }

  #due(): void {
    this.#cancel = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (this.#isNeeded()) for (const { fragment, candidate } of waiting) this.#found(fragment, candidate);
  }
}

/** RFC 8839 section 5.1: the fifth field is the address. */
function isOverlay(candidate: string): boolean {
  const kind = addressKind(candidate.split(' ')[4] ?? '');
  return kind === 'yggdrasil' || kind === 'mycelium';
}
