// Calls of people who are no contacts: quietly, and one entry for each person, however often they call (docs/protocol.md#ringing). Pure
// rules; the store keeps the entries, and nobody who calls learns anything of them.
import type { ContactRequest } from './contact.ts';

/** A request as this browser keeps it. What is more than in a backup is of this browser alone. */
export interface KeptRequest extends ContactRequest {
  /** Ids of the calls that were counted, the newest last. */
  readonly calls?: readonly string[];
  /** When a notification told of this person, ms since the epoch, and by which own link they had called. */
  readonly toldAt?: number;
  readonly toldBy?: number;
  /** The list was looked at since their last call. */
  readonly isSeen?: boolean;
  /** Not now: the entry waits, unseen, for their next call. */
  readonly isPutAway?: boolean;
}

/** A call by somebody who is no contact. */
export interface StrangersCall {
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly name: string;
  /** The caller's own contact link. */
  readonly link: string;
  readonly callId: string;
  /** When it was, ms since the epoch. */
  readonly at: number;
}

/** Requests beyond these are forgotten (docs/protocol.md#budgets). */
export const maxRequests = 20;
const requestLifeMs = 7 * 86_400_000;
/** Of so many people a notification tells within a day, as long as they all call by the same link; of each of them once. */
const toldPerDay = 5;
const dayMs = 86_400_000;
/** An invite is repeated every few seconds, and a note of it comes every quarter of an hour for a day. */
const maxCalls = 16;

function isOver(request: Pick<ContactRequest, 'lastAt'>, now: number): boolean {
  return now - request.lastAt >= requestLifeMs;
}

/** The entry after a call; undefined where this call was counted before. @param old what is kept of the person. */
export function afterCall(
  old: KeptRequest | undefined,
  { callId, at, ...who }: StrangersCall,
  now: number,
): KeptRequest | undefined {
  const known = old && !isOver(old, now) ? old : undefined;
  const calls = known?.calls ?? [];
  if (calls.includes(callId)) return undefined;
  const { isSeen: _isSeen, isPutAway: _isPutAway, ...kept } = known ?? { lastAt: at, attempts: 0 };
  return {
    ...kept,
    ...who,
    lastAt: Math.max(kept.lastAt, at),
    attempts: kept.attempts + 1,
    calls: [...calls, callId].slice(-maxCalls),
  };
}

const wasToldToday = ({ toldAt }: KeptRequest, now: number): boolean =>
  toldAt !== undefined && Math.abs(now - toldAt) < dayMs;

/** Whether a notification may tell of this person. @param link how often the own link was made anew. */
export function mayTell(all: readonly KeptRequest[], id: string, link: number, now: number): boolean {
  const today = all.filter((one) => one.toldBy === link && wasToldToday(one, now));
  return today.length < toldPerDay && !today.some((one) => one.id === id);
}

/** Those that are kept: not too old, and the newest; whoever a notification told of today is not pushed out by a flood of others. */
export function keptRequests(all: readonly KeptRequest[], now: number): readonly KeptRequest[] {
  const rank = (one: KeptRequest): number => (wasToldToday(one, now) ? 1 : 0);
  return all
    .filter((one) => !isOver(one, now))
    .sort((a, b) => rank(b) - rank(a) || b.lastAt - a.lastAt)
    .slice(0, maxRequests);
}

/** What the person here is shown, newest first. */
export function shownRequests(all: readonly KeptRequest[], now: number): readonly KeptRequest[] {
  return all.filter((one) => !one.isPutAway && !isOver(one, now)).sort((a, b) => b.lastAt - a.lastAt);
}

/** What goes into a backup: nothing that was put away. */
export function requestsThatGo(all: readonly KeptRequest[]): readonly ContactRequest[] {
  return all
    .filter((one) => !one.isPutAway)
    .map(({ id, name, link, lastAt, attempts }) => ({ id, name, link, lastAt, attempts }));
}

/** The calls of this request that are over: a ring lasts a minute. A late note of one of them is no news. */
export function callsOver({ calls = [], lastAt }: KeptRequest, now: number, ringMs: number): readonly string[] {
  return now - lastAt >= ringMs ? calls : calls.slice(0, -1);
}
