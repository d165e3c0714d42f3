// The call page: one view for each phase of the call, the live region that says the phase, and the tab's title. What is seen up to the first
// connection is here; the rest comes late.

import { useEffect, useMemo, useState } from 'preact/hooks';
import { LiveRegion } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import { type Chat, ChatContext } from './chat/chat-context.ts';
import { type Group, GroupContext, type GroupOnPage } from './model/group-context.ts';
import { onlyOther } from './model/group-model.ts';
import { type Coming, isComing } from './model/hand-over-model.ts';
import { type OtherCalls, OtherCallsContext } from './model/other-calls.ts';
import { type Own, OwnContext } from './model/own-context.ts';
import type { CallActions, CallPhase, PageActions, PersonModel } from './model/person-model.ts';
import { pageTitle, statusText } from './model/phase-texts.ts';
import { namesOf } from './model/presence.ts';
import { isRecorded } from './model/recording-model.ts';
import { BeforeView } from './sheets/before-view.tsx';
import { IncomingView } from './sheets/incoming-view.tsx';
import { nobodyCame, whyNobodyCame } from './sheets/nobody-came.ts';
import { OutgoingView } from './sheets/outgoing-view.tsx';
import { UnavailableView } from './sheets/unavailable-view.tsx';

/** The views that are loaded after the first screen, or where they are. */
export type LateViews = typeof import('./late-views.tsx') | 'loading' | 'failed';

export interface CallViewProps {
  readonly model: PersonModel;
  readonly page: PageActions;
  /** Where there is a call: what is our own in it, and what can be done. */
  readonly own?: Own | undefined;
  readonly actions?: CallActions | undefined;
  readonly chat?: Chat | undefined;
  /** Who is in it, and what can be done with several. */
  readonly group?: Group | undefined;
  /** Calls beside this one. */
  readonly others?: OtherCalls | undefined;
  readonly late: LateViews;
}

export function CallPage({ model, page, own, actions, chat, group: ownGroup, others, late }: CallViewProps) {
  const [isAdding, setAdding] = useState(false);
  const group = useMemo(() => ownGroup && { ...ownGroup, onAdd: () => setAdding(true) }, [ownGroup]);
  const phase = shownPhase(model.phase.value, late);
  const people = group?.model.participants.value ?? [];
  const isSeveral = people.length > 1;
  const name = isSeveral && isNotYet(phase) ? namesOf(people) : model.contactName.value;
  const isGroup = isUp(phase) && group !== undefined && onlyOther(group.model) === undefined;
  const whyNobody =
    phase.phase === 'ended' && nobodyCame(people) ? text('callEnded', whyNobodyCame(people)) : undefined;
  const recordings = group?.model.recordings.value;
  const mark = recordings && isUp(phase) && isRecorded(recordings) ? '● ' : '';
  const moving = group?.model.handOver.value;
  const coming = moving && isComing(moving) ? moving : undefined;
  const title = coming ? comingTitle(coming) : isGroup ? text('groupTitle') : (whyNobody ?? pageTitle(phase, name));
  useEffect(() => {
    document.title = mark + title;
  }, [mark, title]);
  return (
    <ChatContext.Provider value={chat}>
      <OwnContext.Provider value={own}>
        <GroupContext.Provider value={group}>
          <OtherCallsContext.Provider value={others}>
            <div role="status" aria-live="polite" class="visually-hidden">
              {coming ? '' : (whyNobody ?? statusText(phase, name))}
            </div>
            <View phase={phase} model={model} page={page} actions={actions} chat={chat} group={group} late={late} />
            {group &&
              own &&
              typeof late === 'object' &&
              (isUp(phase) || phase.phase === 'door' || (isSeveral && isCalling(phase))) && (
                <late.GroupBeside own={own} group={group} isAdding={isAdding} onAdded={() => setAdding(false)} />
              )}
            <LiveRegion />
          </OtherCallsContext.Provider>
        </GroupContext.Provider>
      </OwnContext.Provider>
    </ChatContext.Provider>
  );
}

/** Whatever the call that is made here meanwhile: it is not here yet, or stays where it is. */
function comingTitle(coming: Coming): string {
  if (coming.state === 'off') return text(coming.why === 'over' ? 'moveOver' : 'moveStayed');
  return text(coming.state === 'offered' ? 'moveOffered' : 'moveArriving');
}

/** Where a part of the page is missing there can be no call. */
function shownPhase(phase: CallPhase, late: LateViews): CallPhase {
  return late === 'failed' && phase.phase !== 'unavailable' ? { phase: 'unavailable', why: 'not-loaded' } : phase;
}

/** Whom the page was opened for has not been reached: several are shown as one. */
function isNotYet(phase: CallPhase): boolean {
  return phase.phase === 'before' || isCalling(phase);
}

function isCalling({ phase }: CallPhase): boolean {
  return phase === 'dialing' || phase === 'ringing';
}

type UpPhase = Extract<CallPhase, { readonly phase: 'connecting' | 'connected' | 'reconnecting' }>;

function isUp(phase: CallPhase): phase is UpPhase {
  return phase.phase === 'connecting' || phase.phase === 'connected' || phase.phase === 'reconnecting';
}

interface ViewProps extends Omit<CallViewProps, 'own' | 'others'> {
  readonly phase: CallPhase;
  readonly group: GroupOnPage | undefined;
}

function View({ phase, model, page, actions, chat, group, late }: ViewProps) {
  const moving = group?.model.handOver.value;
  // Until the call has come here nothing of it is seen or heard.
  if (moving && isComing(moving))
    return typeof late === 'object' ? <late.ArrivingView moving={moving} page={page} /> : <LoadingView />;
  const onAgain = actions && (() => actions.callAgain());
  switch (phase.phase) {
    case 'loading':
      return <LoadingView from={model.contactName.value} />;
    case 'unavailable':
      return <UnavailableView why={phase.why} name={model.contactName.value} page={page} />;
    case 'door':
      return group?.door && typeof late === 'object' ? (
        <late.DoorView door={group.door} group={group} model={model} page={page} />
      ) : (
        <LoadingView />
      );
    case 'before':
      return actions ? (
        <BeforeView
          model={model}
          actions={actions}
          page={page}
          deviceMenu={typeof late === 'object' ? (kind) => <late.DeviceArrow kind={kind} /> : undefined}
          effects={typeof late === 'object' ? <late.OwnEffectFields /> : undefined}
        />
      ) : (
        <LoadingView />
      );
    case 'incoming':
      return actions ? <IncomingView model={model} actions={actions} page={page} /> : <LoadingView />;
    case 'dialing':
    case 'ringing':
      return actions ? (
        <OutgoingView model={model} actions={actions} isRinging={phase.phase === 'ringing'} />
      ) : (
        <LoadingView />
      );
    case 'connecting':
    case 'connected':
    case 'reconnecting':
      return actions && typeof late === 'object' ? (
        <late.StageView model={model} actions={actions} phase={phase} chat={chat} group={group} />
      ) : (
        <LoadingView />
      );
    case 'ended': {
      if (typeof late !== 'object') return <LoadingView />;
      const people = group?.model.participants.value ?? [];
      return nobodyCame(people) ? (
        <late.NobodyCameView people={people} onAgain={onAgain} page={page} />
      ) : (
        <late.OverView model={model} group={group} onAgain={onAgain} page={page} phase={phase} />
      );
    }
  }
}

/** @param from who calls, where that is known already. */
function LoadingView({ from = '' }: { readonly from?: string }) {
  return (
    <main class="call-sheet ended-sheet">
      <h1 class="visually-hidden">{text('productName')}</h1>
      <p class="hint opening-call">{from === '' ? text('callLoading') : text('callIncoming', from)}</p>
    </main>
  );
}
