// Sends our candidates in company: the first ones with their description, later ones together. Knows what was said of the current
// description, so that it can be said again. Knows no connection and no way of sending.
import { usernameFragment, type WireCandidate } from '../../core/signaling/link-message.ts';

/** Waits this long for a first candidate to travel with the description, unless told otherwise, and then this long for its neighbours. */
const firstCandidateMs = 25;
const neighbourMs = 4;
/** Later candidates travel together. */
const batchMs = 100;
const maxBatch = 16;
/** More than anybody has; of the current description and of one that is in the making. */
const maxKept = 64;

interface Held {
  readonly fragment: string;
  readonly candidate: WireCandidate;
}

export interface BatchEvents {
  /** A description with the candidates found so far. */
  description(sdp: string, candidates: readonly WireCandidate[]): void;
  /** Candidates found later, of the description with this username fragment. */
  candidates(fragment: string, candidates: readonly WireCandidate[]): void;
}

export class CandidateBatch {
  readonly #events: BatchEvents;
  /** Found and not sent. Candidates may come before the description that they belong to. */
  #held: Held[] = [];
  #sent: WireCandidate[] = [];
  #sdp: string | undefined;
  #fragment = '';
  #isDescribed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(events: BatchEvents) {
    this.#events = events;
  }

  /** A new description takes the place of the one before; it goes out as soon as it has company. @param withinMs at the latest. */
  describe(sdp: string, withinMs = firstCandidateMs): void {
    this.#sdp = withoutCandidates(sdp);
    this.#fragment = usernameFragment(sdp);
    this.#isDescribed = false;
    this.#sent = [];
    this.#held = this.#held.filter((held) => this.#isCurrent(held));
    this.#flushAfter(this.#held.length > 0 ? neighbourMs : withinMs);
  }

  /** @param fragment of the description that the candidate belongs to; empty where the browser does not tell. */
  found(fragment: string, candidate: WireCandidate): void {
    this.#held.push({ fragment, candidate });
    if (this.#held.length > maxKept) this.#held.shift();
    if (this.#sdp === undefined) return;
    if (this.#held.length >= maxBatch) this.flush();
    else if (!this.#isDescribed && this.#held.length === 1) this.#flushAfter(neighbourMs);
    else if (this.#timer === undefined) this.#flushAfter(batchMs);
  }

  /** Nothing more is to be expected soon. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#sdp === undefined) return;
    const ready = this.#held.filter((held) => this.#isCurrent(held)).map(({ candidate }) => candidate);
    this.#held = this.#held.filter((held) => !this.#isCurrent(held));
    this.#sent.push(...ready);
    if (!this.#isDescribed) {
      this.#isDescribed = true;
      this.#events.description(this.#sdp, ready.splice(0, maxBatch));
    }
    while (ready.length > 0) this.#events.candidates(this.#fragment, ready.splice(0, maxBatch));
  }

  /** The current description once more, with all that was found for it. */
  again(): void {
    if (this.#sdp === undefined || !this.#isDescribed) return;
    const all = [...this.#sent];
    this.#events.description(this.#sdp, all.splice(0, maxBatch));
    while (all.length > 0) this.#events.candidates(this.#fragment, all.splice(0, maxBatch));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#sdp = undefined;
  }

  #isCurrent({ fragment }: Held): boolean {
    return fragment === '' || fragment === this.#fragment;
  }

  #flushAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }
}

/** Browsers put into a description what was gathered meanwhile; candidates travel beside it, once. */
function withoutCandidates(sdp: string): string {
  return sdp
    .split('\r\n')
    .filter((line) => !/^a=(?:candidate:|end-of-candidates)/.test(line))
    .join('\r\n');
}
