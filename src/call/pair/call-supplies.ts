// What the call with one person needs of the page: identity, relays, stores, the background. The session asks; the page knows where.

import type { CallEvent } from '../../core/call/call-machine.ts';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import type { HistoryEntry } from '../../core/data/history-entry.ts';
import type { CallMedia, Verification } from '../../core/identity/contact.ts';
import type { CheckStep } from '../../core/network/check-steps.ts';
import type { NetworkFindings } from '../../core/network/network-findings.ts';
import type { FlowParts } from '../../link/signaling/call-flow.ts';
import type { CalleeFlow } from '../../link/signaling/callee-flow.ts';
import type { CallerFlow } from '../../link/signaling/caller-flow.ts';
import type { Facts } from '../../platform/logger.ts';

export type FlowEvents = Pick<FlowParts, 'onEmoji' | 'onProven' | 'onClockSkew' | 'onFindings'>;

export interface FinishedCall extends Omit<HistoryEntry, 'outcome' | 'seen'> {
  readonly reason: EndReason;
}

export interface CallSupplies {
  /** Makes everything ready for calling the contact: nothing is sent, and no relay is joined. */
  caller(dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CallerFlow>;
  /** Makes everything ready for accepting this call. */
  callee(call: TakenCall, dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CalleeFlow>;
  /** Says which call this page is in. `linked`: both sides have agreed on it. */
  hold(callId: string, direction: 'incoming' | 'outgoing', linked: boolean): void;
  release(callId: string): void;
  /** @returns whether the ring was still there to be answered. */
  answerRing(callId: string, media: CallMedia): Promise<boolean>;
  /** @returns whether the ring was still there to be declined. */
  declineRing(callId: string): Promise<boolean>;
  /** A ring that was answered has come to nothing: the background needs to keep it no longer. */
  forgetRing(callId: string): Promise<void>;
  /** A call of its own, with its entry in the history; not one more person in a running one. */
  readonly isOwnCall: boolean;
  /** By a guest link: whoever is called is nobody to leave a message with. */
  readonly isGuest: boolean;
  record(call: FinishedCall): Promise<void>;
  /** The call reached nobody: the background tells the contact of it later. `at`: ms since the epoch. */
  leaveNote(callId: string, media: CallMedia, at: number): void;
  remember(contactId: string, verification: Verification): Promise<void>;
  /** What `findOut` looks at. */
  readonly checkSteps: readonly CheckStep[];
  /** Looks at the own network: asks the own relays and the servers of the call, nobody else. */
  findOut(onStep: (step: CheckStep) => void): Promise<NetworkFindings>;
  callAgain(contactId: string, media: CallMedia): void;
  closePage(): void;
  note(event: string, facts: Facts): void;
  fault(event: string, error: unknown): void;
}
