// Calls beside that of this page: somebody who calls meanwhile, and a call of another page, of which only one goes on. The page writes these
// signals; views only read them and call the actions.

import { type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CallMedia } from '../../core/identity/contact.ts';

/** Somebody who calls while the call of this page is up. */
export interface WaitingCall {
  readonly callId: string;
  /** The Ed25519 public key, hex. */
  readonly contactId: string;
  readonly name: string;
  readonly media: CallMedia;
  /** How many more are in that call or called into it. */
  readonly others: number;
}

export interface OtherCallsModel {
  readonly waiting: Signal<WaitingCall | undefined>;
  /** The call of another page, by the name of whom it is with; `isOnHold`: it could go on in place of this one. */
  readonly other: Signal<{ readonly page: string; readonly name: string; readonly isOnHold: boolean } | undefined>;
  /** The call of this page is on hold. */
  readonly isOnHold: Signal<boolean>;
}

export interface OtherCallsActions {
  /** Answers whoever waits, in a page of its own; this call is put on hold. */
  acceptAndHold(): void;
  /** Answers whoever waits, and leaves this call. */
  acceptAndLeave(): void;
  declineWaiting(): void;
  /** This call goes on. */
  resume(): void;
  /** The call of the other page goes on, and its page is shown. */
  swap(): void;
}

export interface OtherCalls {
  readonly model: OtherCallsModel;
  readonly actions: OtherCallsActions;
}

/** There is no other call. */
export function emptyOtherCalls(): OtherCallsModel {
  return {
    waiting: signal<WaitingCall | undefined>(undefined),
    other: signal<{ page: string; name: string; isOnHold: boolean } | undefined>(undefined),
    isOnHold: signal(false),
  };
}

/** Undefined on pages that have no call. */
export const OtherCallsContext = createContext<OtherCalls | undefined>(undefined);

export function useOtherCalls(): OtherCalls | undefined {
  return useContext(OtherCallsContext);
}
