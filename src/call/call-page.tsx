// The call page: one view for each phase of the call, the live region that says the phase, and the tab's title.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { text } from '../ui/texts/text.ts';
import { type Chat, ChatContext } from './chat/chat-context.ts';
import { ChatFrame } from './chat/chat-frame.tsx';
import type { CallActions, CallModel, CallPhase } from './model/call-model.ts';
import { type Group, GroupContext, type GroupOnPage } from './model/group-context.ts';
import { needsGroupView } from './model/group-model.ts';
import { pageTitle, statusText } from './model/phase-texts.ts';
import { namesOf } from './model/presence.ts';
import { AddPersonDialog } from './people/add-person-dialog.tsx';
import { BeforeView } from './sheets/before-view.tsx';
import { EndedView } from './sheets/ended-view.tsx';
import { IncomingView } from './sheets/incoming-view.tsx';
import { nobodyCame } from './sheets/nobody-came.ts';
import { NobodyCameView, whyNobodyCame } from './sheets/nobody-came-view.tsx';
import { OutgoingView } from './sheets/outgoing-view.tsx';
import { UnavailableView } from './sheets/unavailable-view.tsx';
import { GroupAnnouncer } from './stage/group-announcer.tsx';
import { GroupView } from './stage/group-view.tsx';
import { InCallView } from './stage/in-call-view.tsx';

export interface CallViewProps {
  readonly model: CallModel;
  readonly actions: CallActions;
  /** Where there is a call. */
  readonly chat?: Chat | undefined;
  /** The same: who is in it, and what can be done with several. */
  readonly group?: Group | undefined;
}

export function CallPage({ model, actions, chat, group: ownGroup }: CallViewProps) {
  const [isAdding, setAdding] = useState(false);
  const group = useMemo(() => ownGroup && { ...ownGroup, onAdd: () => setAdding(true) }, [ownGroup]);
  const phase = model.phase.value;
  const people = group?.model.participants.value ?? [];
  const isSeveral = people.length > 1;
  const name = isSeveral && isNotYet(phase) ? namesOf(people) : model.contactName.value;
  const isGroup = isUp(phase) && group !== undefined && needsGroupView(group.model);
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
        <View model={model} actions={actions} chat={chat} group={group} />
        {group && (isUp(phase) || (isSeveral && isCalling(phase))) && (
          <>
            <GroupAnnouncer group={group.model} chosen={model.chosen} />
            {isAdding && <AddPersonDialog group={group} onClose={() => setAdding(false)} />}
          </>
        )}
      </GroupContext.Provider>
    </ChatContext.Provider>
  );
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
  readonly group: GroupOnPage | undefined;
}

function View({ model, actions, chat, group }: ViewProps) {
  const phase = model.phase.value;
  switch (phase.phase) {
    case 'loading':
      return (
        <main class="call-sheet">
          <h1 class="visually-hidden">{text('productName')}</h1>
          <p class="hint">{text('callLoading')}</p>
        </main>
      );
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
    case 'reconnecting': {
      const call =
        group && needsGroupView(group.model) ? (
          <GroupView model={model} actions={actions} phase={phase} group={group} />
        ) : (
          <InCallView model={model} actions={actions} phase={phase} />
        );
      return chat ? <ChatFrame chat={chat}>{call}</ChatFrame> : call;
    }
    case 'ended': {
      const people = group?.model.participants.value ?? [];
      if (nobodyCame(people)) return <NobodyCameView people={people} actions={actions} />;
      return (
        <EndedView
          id={model.contactId.value}
          name={model.contactName.value}
          phase={phase}
          why={model.whyFailed.value}
          actions={actions}
        />
      );
    }
  }
}
