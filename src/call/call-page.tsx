// The call page: one view for each phase of the call, the live region that says the phase, and the tab's title.
import { useEffect } from 'preact/hooks';
import { text } from '../platform/text.ts';
import { BeforeView } from './before-view.tsx';
import type { CallActions, CallModel } from './call-model.ts';
import { pageTitle, statusText } from './call-status.ts';
import { type Chat, ChatContext } from './chat-context.ts';
import { ChatFrame } from './chat-frame.tsx';
import { EndedView } from './ended-view.tsx';
import { InCallView } from './in-call-view.tsx';
import { IncomingView } from './incoming-view.tsx';
import { OutgoingView } from './outgoing-view.tsx';
import { UnavailableView } from './unavailable-view.tsx';

export interface CallViewProps {
  readonly model: CallModel;
  readonly actions: CallActions;
  /** Where there is a call. */
  readonly chat?: Chat | undefined;
}

export function CallPage({ model, actions, chat }: CallViewProps) {
  const phase = model.phase.value;
  const name = model.contactName.value;
  const title = pageTitle(phase, name);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <ChatContext.Provider value={chat}>
      <div role="status" aria-live="polite" class="visually-hidden">
        {statusText(phase, name)}
      </div>
      <View model={model} actions={actions} chat={chat} />
    </ChatContext.Provider>
  );
}

function View({ model, actions, chat }: CallViewProps) {
  const phase = model.phase.value;
  switch (phase.phase) {
    case 'loading':
      return (
        <main class="call-sheet">
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
      const call = <InCallView model={model} actions={actions} phase={phase} />;
      return chat ? <ChatFrame chat={chat}>{call}</ChatFrame> : call;
    }
    case 'ended':
      return <EndedView name={model.contactName.value} phase={phase} why={model.whyFailed.value} actions={actions} />;
  }
}
