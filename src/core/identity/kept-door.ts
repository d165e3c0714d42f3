// A door for later: an invitation that was made beforehand, for guests who come at a time that was agreed on. The background listens at its inbox
// while it is open; no page need be.

/** As it is kept. Times in ms since the epoch, whole seconds. */
export interface KeptDoor {
  /** Random, of no meaning to anybody else: pages are opened by it. */
  readonly id: string;
  /** 16 bytes, base64url: of the inbox where guests ask. */
  readonly secret: string;
  /** What the call is about; '' where nothing was said. */
  readonly title: string;
  readonly from: number;
  readonly until: number;
}

/** So many are kept at once. */
export const maxKeptDoors = 20;
/** The host's browser hears guests who come early; their page lets them ask from the time of the link on. */
const earlyMs = 10 * 60_000;
/** A door that was made for another year is a slip of the pen. */
export const latestDoorMs = 60 * 86_400_000;

/** Whether guests are heard at this door at a moment, ms since the epoch. */
export const isHeardAt = ({ from, until }: KeptDoor, now: number): boolean => now >= from - earlyMs && now < until;

/** Whether nobody can ask by it any more. */
export const hasEnded = ({ until }: KeptDoor, now: number): boolean => now >= until;
