// What one person of the call may have this page read and hand on. Beyond it words come to nothing: what matters is said again.
import { TokenBucket } from '../../core/base/token-bucket.ts';

/** Entries: gossip.ts says at most a quarter as many. */
const entries = [200, 40] as const;
/** Envelopes for us. */
const envelopes = [300, 60] as const;
/** Envelopes that are handed on, and their characters: a newcomer's first words to seven others fit. */
const handedOn = [200, 20] as const;
const handedOnCharacters = [1_572_864, 65_536] as const;
const reactions = [20, 4] as const;
/** Words about who is forwarded. */
const forwards = [80, 20] as const;

/** So many at once, and so many each second. */
const bucket = ([atOnce, eachSecond]: readonly [number, number]): TokenBucket => new TokenBucket(atOnce, eachSecond);

/** Reactions of one person, by whichever way. */
export const reactionBudget = (): TokenBucket => bucket(reactions);

export class MeshBudget {
  readonly entries = bucket(entries);
  readonly envelopes = bucket(envelopes);
  readonly reactions = reactionBudget();
  readonly forwards = bucket(forwards);
  readonly #handedOn = bucket(handedOn);
  readonly #characters = bucket(handedOnCharacters);

  /** Whether an envelope of so many characters may be handed on. */
  handOn(nowMs: number, characters: number): boolean {
    return this.#handedOn.take(nowMs) && this.#characters.take(nowMs, characters);
  }
}
