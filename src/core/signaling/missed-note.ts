// Calls that reached nobody: the caller keeps a note of each for a day, or longer where a message was left, and tells the callee when it is back
// (docs/protocol.md#missed-calls). No relay stores anything. Pure rules; the clock is the caller's.
import { clockToleranceMs } from '../base/clock-tolerance.ts';
import type { CallMedia } from '../identity/contact.ts';
import { type Announced, messageLifeMs } from '../messages/announced.ts';

export interface MissedNote {
  readonly callId: string;
  readonly contactId: string;
  readonly media: CallMedia;
  /** When the call was made, ms since the epoch. */
  readonly at: number;
  /** Secret of the note's own two topics, base64url of 32 bytes. */
  readonly st: string;
  /** When it was last sent; 0 before that. */
  readonly triedAt: number;
  /** A message was left: then it is told for longer, and less often after the first day. */
  readonly msg?: Announced;
}

/** That a note was taken is owed to whoever sent it, until it is sent. */
export interface OwedReceipt {
  readonly callId: string;
  readonly contactId: string;
  /** Secret of the note's topics, base64url of 32 bytes. */
  readonly st: string;
  /** When the note came, and when the receipt may go out, ms since the epoch. */
  readonly at: number;
  readonly dueAt: number;
  readonly isSent: boolean;
  /** Of a message: a call that was known before may have one receipt more, for the message that was left then. */
  readonly isOfMessage?: boolean;
}

/** Whether one more receipt is owed, of those owed to this person within a day: a call that was noted and a message that was left then have one each. */
export function isOwedMore(ofThem: readonly OwedReceipt[], receipt: OwedReceipt, most: number): boolean {
  const spent = ofThem.reduce((sum, { isOfMessage }) => sum + (isOfMessage ? 2 : 1), 0);
  const before = ofThem.find(({ callId }) => callId === receipt.callId);
  return spent < most && (!before || (receipt.isOfMessage === true && !before.isOfMessage));
}

/** A receipt waits at least and at most this long: it shall not tell when somebody sat down at the computer. */
export const shortestReceiptMs = 2 * 60_000;
export const longestReceiptMs = 10 * 60_000;

/** Notes are kept this long, sent this often, and no more than so many wait. */
const noteLifeMs = 24 * 3_600_000;
export const noteEveryMs = 15 * 60_000;
const laterEveryMs = 4 * 3_600_000;
export const maxNotes = 50;

export function isNoteOver({ at, msg }: MissedNote, now: number): boolean {
  return now - at >= (msg ? messageLifeMs : noteLifeMs);
}

export function isNoteDue(note: MissedNote, now: number): boolean {
  // A clock that was set back has the last try in the future.
  const everyMs = now - note.at < noteLifeMs ? noteEveryMs : laterEveryMs;
  return !isNoteOver(note, now) && Math.abs(now - note.triedAt) >= everyMs;
}

/** A moment that a note may name: within the last day, give or take what clocks may differ. */
export function isCredibleMoment(at: number, now: number): boolean {
  return at <= now + clockToleranceMs && now - at <= noteLifeMs + clockToleranceMs;
}
