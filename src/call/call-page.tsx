// The call page: one view for each phase of the call, the live region that says the phase, and the tab's title. What is seen up to the first
// connection is here; the rest comes late.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { text } from '../ui/texts/text.ts';
import { type Chat, ChatContext } from './chat/chat-context.ts';
import type { CallActions, CallModel, CallPhase } from './model/call-model.ts';
import { type Group, GroupContext, type GroupOnPage } from './model/group-context.ts';
import { onlyOther } from './model/group-model.ts';
import { pageTitle, statusText } from './model/phase-texts.ts';
import { namesOf } from './model/presence.ts';
import { BeforeView } from './sheets/before-view.tsx';
import { IncomingView } from './sheets/incoming-view.tsx';
import { nobodyCame } from './sheets/nobody-came.ts';
import { NobodyCameView, whyNobodyCame } from './sheets/nobody-came-view.tsx';
import { OutgoingView } from './sheets/outgoing-view.tsx';
import { UnavailableView } from './sheets/unavailable-view.tsx';

/** The views that are loaded after the first screen, or where they are. */
export type LateViews = typeof import('./late-views.tsx') | 'loading' | 'failed';

export interface CallViewProps {
  readonly model: CallModel;
  readonly actions: CallActions;
  /** Where there is a call. */
  readonly chat?: Chat | undefined;
  /** The same: who is in it, and what can be done with several. */
  readonly group?: Group | undefined;
  readonly late: LateViews;
}

export function CallPage({ model, actions, chat, group: ownGroup, late }: CallViewProps) {
  const [isAdding, setAdding] = useState(false);
  const group = useMemo(() => ownGroup && { ...ownGroup, onAdd: () => setAdding(true) }, [ownGroup]);
  const phase = shownPhase(model.phase.value, late);
  const people = group?.model.participants.value ?? [];
  const isSeveral = people.length > 1;
  const name = isSeveral && isNotYet(phase) ? namesOf(people) : model.contactName.value;
  const isGroup = isUp(phase) && group !== undefined && onlyOther(group.model) === undefined;
  const whyNobody =
    phase.phase === 'ended' && nobodyCame(people) ? text('callEnded', whyNobodyCame(people)) : undefined;
  const title = isGroup ? text('groupTitle') : (whyNobody ?? pageTitle(phase, name));
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <ChatContext.Provider value={chat}>
      <GroupContext.Provider value={group}>
        <div role="status" aria-live="polite" class="visually-hidden">
          {whyNobody ?? statusText(phase, name)}
        </div>
        <View phase={phase} model={model} actions={actions} chat={chat} group={group} late={late} />
        {group && typeof late === 'object' && (isUp(phase) || (isSeveral && isCalling(phase))) && (
          <late.GroupBeside model={model} group={group} isAdding={isAdding} onAdded={() => setAdding(false)} />
        )}
      </GroupContext.Provider>
    </ChatContext.Provider>
  );
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

interface ViewProps extends CallViewProps {
  readonly phase: CallPhase;
  readonly group: GroupOnPage | undefined;
}

function View({ phase, model, actions, chat, group, late }: ViewProps) {
  switch (phase.phase) {
    case 'loading':
      return <LoadingView />;
    case 'unavailable':
      return <UnavailableView why={phase.why} name={model.contactName.value} actions={actions} />;
    case 'before':
      return <BeforeView model={model} actions={actions} />;
    case 'incoming':
      return <IncomingView model={model} actions={actions} />;
    case 'dialing':
    case 'ringing':
      return <OutgoingView model={model} actions={actions} isRinging={phase.phase === 'ringing'} />;
    case 'connecting':
    case 'connected':
    case 'reconnecting':
      return typeof late === 'object' ? (
        <late.StageView model={model} actions={actions} phase={phase} chat={chat} group={group} />
      ) : (
        <LoadingView />
      );
    case 'ended': {
      const people = group?.model.participants.value ?? [];
      if (nobodyCame(people)) return <NobodyCameView people={people} actions={actions} />;
      return typeof late === 'object' ? (
        <late.OverView model={model} actions={actions} phase={phase} />
      ) : (
        <LoadingView />
      );
    }
  }
}

function LoadingView() {
  return (
    <main class="call-sheet">
      <h1 class="visually-hidden">{text('productName')}</h1>
      <p class="hint">{text('callLoading')}</p>
    </main>
  );
}
