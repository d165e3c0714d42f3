// Candidates that came before the description they belong to, up to a bound (docs/hostile-cases.md#e21).
import type { CandidatesMessage } from '../../core/signaling/link-message.ts';

const maxKept = 64;

export class EarlyCandidates {
  #kept: { readonly from: string; readonly message: CandidatesMessage }[] = [];

  /** @param from whose they are: only that sender's are handed out together. */
  keep(from: string, message: CandidatesMessage): void {
    const room = maxKept - this.#kept.reduce((sum, kept) => sum + kept.message.c.length, 0);
    if (room > 0) this.#kept.push({ from, message: { ...message, c: message.c.slice(0, room) } });
  }

  /** What this sender had sent. All others are forgotten. */
  take(from: string): readonly CandidatesMessage[] {
    const taken = this.#kept.filter((kept) => kept.from === from).map(({ message }) => message);
    this.#kept = [];
    return taken;
  }
}
