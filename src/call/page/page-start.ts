// What a call page does by itself after it was loaded. Its address only says whom it is about: anybody can load an address, so a call starts,
// and a ring is answered, by a click on the page or by what our own pages and background have left for this very tab.

import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { RingView } from '../../core/call/requests.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { CallActions, CallPhase, PersonModel } from '../model/person-model.ts';
import type { PairSession } from '../pair/pair-session.ts';
import type { WatchView } from './call-world.ts';
import type { OpenedCall } from './open-call.ts';

/** Uses up what was left for this page, now or as soon as it is. @param onPermit called once at most: to make ready, or to call as well. */
export type UsePermit = (onPermit: (does: 'prepare' | 'start') => void) => void;

/** How a ring that somebody else has ended is shown. */
export const ringEnd: Readonly<Record<Exclude<RingView['outcome'], 'answered-here' | undefined>, EndReason>> = {
  declined: 'declined',
  'caller-cancelled': 'caller-cancelled',
  'no-answer': 'caller-cancelled',
  'answered-elsewhere': 'answered-elsewhere',
};

/** Offers the call. Nothing is opened, nobody is asked and nobody called before a click or a permit for this page. */
export function offerCall(
  { offerOutgoing, group: { invitations } }: OpenedCallToMake,
  media: CallMedia,
  usePermit: UsePermit,
): void {
  offerOutgoing(media);
  usePermit((does) => {
    invitations.makeReady();
    if (does === 'start') invitations.startCall(media);
  });
}

interface OpenedCallToMake extends Pick<OpenedCall, 'offerOutgoing'> {
  readonly group: { readonly invitations: Pick<OpenedCall['group']['invitations'], 'makeReady' | 'startCall'> };
}

/** A call of which nothing could be shown ends, before anybody waits for it; a ring is left to other pages and devices. */
export function endWhatNobodySees(
  views: ReadonlySignal<unknown>,
  { phase }: Pick<PersonModel, 'phase'>,
  actions: Pick<CallActions, 'cancelCall'>,
): void {
  const hasACall: ReadonlySet<CallPhase['phase']> = new Set([
    'door',
    'before',
    'dialing',
    'ringing',
    'connecting',
    'connected',
    'reconnecting',
  ]);
  effect(() => {
    if (views.value === 'failed' && hasACall.has(phase.value.phase)) untracked(() => actions.cancelCall());
  });
}

/** Follows the ring that this page shows. Answered outside a page it goes on in the tab that the background has opened for it, nowhere else. */
export function followRing(
  session: Pick<PairSession, 'accept' | 'takenByAnotherPage' | 'ringOver'>,
  { callId, tabId }: { readonly callId: string; readonly tabId: number },
  watch: WatchView,
): void {
  let answered: CallMedia | undefined;
  let isOurs = false;
  const goOn = (): void => {
    if (answered !== undefined && isOurs) session.accept(answered);
  };
  watch('ringTab', (ringTab) => {
    isOurs = ringTab?.callId === callId && ringTab.tabId === tabId;
    goOn();
  });
  watch('ring', (ring) => {
    if (ring?.callId !== callId) return;
    answered = ring.phase === 'answered' ? (ring.answerMedia ?? ring.media) : undefined;
    goOn();
    if (ring.phase !== 'over' || !ring.outcome) return;
    if (ring.outcome === 'answered-here') session.takenByAnotherPage();
    else session.ringOver(ringEnd[ring.outcome]);
  });
}
