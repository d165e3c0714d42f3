// The page of a guest: one view for each step of the visit, and the live region that says the step. The call itself is shown by the call's own
// views.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Chat, ChatContext } from '../../call/chat/chat-context.ts';
import { type Own, OwnContext } from '../../call/model/own-context.ts';
import type { PersonModel } from '../../call/model/person-model.ts';
import { LiveRegion } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import type { VisitActions, VisitModel } from '../model/visit-model.ts';
import { AskingView } from './asking-view.tsx';
import { CannotView } from './cannot-view.tsx';
import { JoinView } from './join-view.tsx';
import { OverView } from './over-view.tsx';
import { ClosedView, EarlyView } from './waiting-view.tsx';

export interface GuestPageProps {
  readonly model: VisitModel;
  readonly actions: VisitActions;
  readonly own: Own;
  /** The call with the host, as far as there is one. */
  readonly person: PersonModel;
  readonly chat: Chat | undefined;
  /** The call while it is up. */
  readonly children?: ComponentChildren;
}

export function GuestPage(props: GuestPageProps) {
  const { model, own, chat } = props;
  const { at } = model.phase.value;
  const { title, host } = model.invitation.value;
  const name = title ?? (host === '' ? text('guestJoin') : text('guestJoinHost', host));
  useEffect(() => {
    // The call says its own title.
    if (at !== 'call') document.title = name;
  }, [at, name]);
  return (
    <OwnContext.Provider value={own}>
      <ChatContext.Provider value={chat}>
        {at !== 'call' && <Announced {...props} />}
        <Step {...props} />
      </ChatContext.Provider>
    </OwnContext.Provider>
  );
}

/** What changes while one waits, for whoever cannot see it. */
function Announced({ model }: GuestPageProps) {
  const phase = model.phase.value;
  return (
    <>
      <div role="status" aria-live="polite" class="visually-hidden">
        {phase.at === 'asking' ? text(phase.isTold ? 'guestTold' : 'guestAsking') : ''}
      </div>
      <LiveRegion />
    </>
  );
}

function Step({ model, actions, person, children }: GuestPageProps) {
  const phase = model.phase.value;
  switch (phase.at) {
    case 'checking':
      return (
        <main class="call-sheet">
          <h1 class="visually-hidden">{text('productName')}</h1>
          <p class="hint">{text('callLoading')}</p>
        </main>
      );
    case 'cannot':
      return <CannotView why={phase.why} pageHost={model.pageHost.value} actions={actions} />;
    case 'early':
      return <EarlyView model={model} />;
    case 'closed':
      return <ClosedView model={model} />;
    case 'join':
      return <JoinView model={model} actions={actions} person={person} />;
    case 'asking':
      return <AskingView model={model} isTold={phase.isTold} actions={actions} person={person} />;
    case 'call':
      return <>{children}</>;
    case 'over':
      return <OverView model={model} over={phase.over} actions={actions} />;
  }
}
