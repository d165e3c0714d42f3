// Calls beside that of this page, as the background keeps them: who waits, and which of two calls goes on. What a person decides about them is
// asked of the background, which tells every page by what it keeps.

import { effect } from '@preact/signals';
import type { HeldCall, RingView } from '../../core/call/requests.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { OtherCalls, OtherCallsModel } from '../model/other-calls.ts';
import type { CallWorld } from './call-world.ts';

export interface OtherCallsParts {
  readonly model: OtherCallsModel;
  /** Under which name this page lives. */
  readonly page: string;
  /** Nothing of the person here goes to this call, or it goes on. */
  readonly hold: (isOnHold: boolean) => void;
  /** Leaves the call of this page. */
  readonly leave: () => void;
  /** Whether the person here is seen in this call: then they may be in the next. */
  readonly showsCamera: () => boolean;
  /** Somebody waits, or does not any more: for the ear. */
  readonly sound: (isWaiting: boolean) => void;
  readonly request: NonNullable<CallWorld['request']>;
  readonly watch: NonNullable<CallWorld['watch']>;
  readonly fault: (error: unknown) => void;
}

export function followOtherCalls(parts: OtherCallsParts): OtherCalls {
  const { model, page, request, watch } = parts;
  let ring: RingView | undefined;
  let goesOn: HeldCall | undefined;
  let onHold: readonly HeldCall[] = [];
  const look = (): void => {
    const isHeld = [goesOn, ...onHold].some((one) => one?.page === page);
    const waits = isHeld && ring?.beside === true && ring.phase === 'ringing';
    model.waiting.value =
      waits && ring
        ? {
            callId: ring.callId,
            contactId: ring.contactId,
            name: ring.contactName,
            media: ring.media,
            others: ring.others ?? 0,
          }
        : undefined;
    const other = [goesOn, ...onHold].find((one) => one !== undefined && one.page !== page);
    model.other.value = other && { page: other.page, name: other.contactName, isOnHold: other !== goesOn };
    model.isOnHold.value = onHold.some((one) => one.page === page);
  };
  watch('ring', (view) => {
    ring = view;
    look();
  });
  watch('heldCall', (call) => {
    goesOn = call;
    look();
  });
  watch('callsOnHold', (calls) => {
    onHold = calls ?? [];
    look();
  });
  effect(() => parts.hold(model.isOnHold.value));
  effect(() => parts.sound(model.waiting.value !== undefined));
  const ask = (asked: Promise<unknown>): void => void asked.catch(parts.fault);
  /** This call is given up only for one that there is: whoever waited may have given up a moment ago. */
  const accept = async (then: () => unknown): Promise<void> => {
    const waiting = model.waiting.value;
    if (!waiting) return;
    const media: CallMedia = waiting.media === 'video' && parts.showsCamera() ? 'video' : 'audio';
    const { answered } = await request('answerRing', { callId: waiting.callId, media, inPage: false });
    if (answered) await then();
  };
  return {
    model,
    actions: {
      acceptAndHold: () => ask(accept(() => request('setAside', { page }))),
      acceptAndLeave: () => ask(accept(parts.leave)),
      declineWaiting: () => {
        const waiting = model.waiting.value;
        if (waiting) ask(request('declineRing', { callId: waiting.callId }));
      },
      resume: () => ask(request('goOn', { page })),
      swap: () => {
        const other = model.other.value;
        if (other) ask(request('goOn', { page: other.page }));
      },
    },
  };
}
