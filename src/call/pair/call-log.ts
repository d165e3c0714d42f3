// What one call leaves behind: its times, its entry in the history, and a note for a contact who could not be reached.

import type { Clock } from '../../core/base/ports.ts';
import type { CallState } from '../../core/call/call-machine.ts';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { CallMedia, Contact } from '../../core/identity/contact.ts';
import type { UnansweredCall } from '../model/person-model.ts';
import type { CallSupplies } from './call-supplies.ts';

export interface CallLogParts {
  readonly clock: Clock;
  readonly contact: Contact;
  readonly supplies: Pick<CallSupplies, 'record' | 'leaveNote' | 'isOwnCall' | 'isGuest'>;
}

/** Whoever gives up sooner than this has thought better of it: nobody is told. */
const shortestMeantMs = 3_000;

export class CallLog {
  readonly #parts: CallLogParts;
  #direction: 'incoming' | 'outgoing' = 'outgoing';
  #startedAt = 0;
  #connectedAt: number | undefined;
  #reached = false;
  #callId: string | undefined;

  constructor(parts: CallLogParts) {
    this.#parts = parts;
  }

  /** Another device goes on with it: in the history it stays the call that it was. */
  goesOnAs(callId: string, direction: 'incoming' | 'outgoing'): void {
    this.#callId ??= callId;
    this.#direction = direction;
  }

  get direction(): 'incoming' | 'outgoing' {
    return this.#direction;
  }

  /** The call was connected once. */
  get wasConnected(): boolean {
    return this.#connectedAt !== undefined;
  }

  begin(direction: 'incoming' | 'outgoing'): void {
    this.#direction = direction;
    this.#startedAt = this.#parts.clock.now();
  }

  entered(state: CallState): void {
    if (state.state !== 'dialing' && state.state !== 'ended') this.#reached = true;
    if (state.state === 'connected') this.#connectedAt ??= state.since;
  }

  /** Milliseconds connected, 0 when it never was. */
  durationMs(): number {
    return this.#connectedAt === undefined ? 0 : this.#parts.clock.now() - this.#connectedAt;
  }

  /** @returns whether the contact will be told that there was a call, and whether a message can be left about it. */
  finish(
    callId: string,
    media: CallMedia,
    reason: EndReason,
  ): { readonly noteLeft: boolean; readonly unanswered?: UnansweredCall } {
    const { contact, clock, supplies } = this.#parts;
    void supplies.record({
      callId: this.#callId ?? callId,
      contactId: contact.id,
      contactName: contact.name,
      direction: this.#direction,
      media,
      reason,
      at: this.#startedAt,
      durationMs: this.durationMs(),
    });
    const wasMeant = reason !== 'cancelled' || clock.now() - this.#startedAt >= shortestMeantMs;
    const leaves = this.#direction === 'outgoing' && !this.#reached && noteReasons.has(reason) && wasMeant;
    if (leaves) supplies.leaveNote(callId, media, this.#startedAt);
    const unanswered = this.#unanswered(callId, media, reason);
    return { noteLeft: leaves, ...(unanswered && { unanswered }) };
  }

  /** A message can be left about a call that was made from here and that nobody took. Undefined for everybody else than contacts. */
  #unanswered(callId: string, media: CallMedia, reason: EndReason): UnansweredCall | undefined {
    const { contact, supplies } = this.#parts;
    const isOut = this.#direction === 'outgoing' && !this.wasConnected && supplies.isOwnCall && !supplies.isGuest;
    if (!isOut || !unansweredReasons.has(reason)) return undefined;
    return { to: contact.id, call: callId, at: String(this.#startedAt), media };
  }
}

const unansweredReasons: ReadonlySet<EndReason> = new Set([
  'no-answer',
  'declined',
  'busy',
  'unreachable',
  'cancelled',
]);
const noteReasons: ReadonlySet<EndReason> = new Set(['unreachable', 'relays-unreachable', 'cancelled', 'clock-wrong']);
