// A call of the past, as the history keeps it. A plain record: the store keeps it, pages show it.

import type { CallOutcome } from '../call/end-reason.ts';
import type { CallMedia } from '../identity/contact.ts';

/** Most names that an entry keeps: people come and go in a long call. */
export const maxOthers = 100;

/** Most recordings that an entry tells of. */
export const maxRecorded = 8;

/** A recording of a call. */
export interface RecordedStretch {
  /** The name of whoever recorded; empty: the person here. */
  readonly by: string;
  readonly ms: number;
  /** We had agreed, for some of it at least. */
  readonly yes: boolean;
}

/** One entry of the call history. */
export interface HistoryEntry {
  readonly callId: string;
  readonly contactId: string;
  /** The name at the time, so that an entry outlives a removed contact. */
  readonly contactName: string;
  /** The names of those who were in the call beside; absent when it was a call of two. */
  readonly others?: readonly string[];
  /** Who recorded it; absent when nobody did. */
  readonly recorded?: readonly RecordedStretch[];
  /** The same for all calls of one page: whom it called together, or brought into the call later. */
  readonly page?: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly media: CallMedia;
  readonly outcome: CallOutcome;
  readonly at: number;
  /** Milliseconds connected; 0 when it never was. */
  readonly durationMs: number;
  /** False for a missed call until the list was looked at. */
  readonly seen: boolean;
}
