// What a call page shows from the first connection on: the stage, what belongs beside it, how it ended. Loaded after the first screen.

import type { Chat } from './chat/chat-context.ts';
import { ChatFrame } from './chat/chat-frame.tsx';
import type { CallActions, CallModel, CallPhase } from './model/call-model.ts';
import type { GroupOnPage } from './model/group-context.ts';
import { AddPersonDialog } from './people/add-person-dialog.tsx';
import { EndedView } from './sheets/ended-view.tsx';
import { CallStage } from './stage/call-stage.tsx';
import { GroupAnnouncer } from './stage/group-announcer.tsx';

interface Props<Phase extends CallPhase['phase']> {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly phase: Extract<CallPhase, { readonly phase: Phase }>;
}

interface StageProps extends Props<'connecting' | 'connected' | 'reconnecting'> {
  readonly chat: Chat | undefined;
  readonly group: GroupOnPage | undefined;
}

/** The call while it is up, with its chat beside it. */
export function StageView({ model, actions, phase, chat, group }: StageProps) {
  if (!group) return null;
  const call = <CallStage model={model} actions={actions} phase={phase} group={group} />;
  return chat ? <ChatFrame chat={chat}>{call}</ChatFrame> : call;
}

/** After the call. */
export function OverView({ model, actions, phase }: Props<'ended'>) {
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

interface BesideProps {
  readonly model: CallModel;
  readonly group: GroupOnPage;
  readonly isAdding: boolean;
  readonly onAdded: () => void;
}

/** What is said of several people, and the dialog that calls one more. */
export function GroupBeside({ model, group, isAdding, onAdded }: BesideProps) {
  return (
    <>
      <GroupAnnouncer group={group.model} chosen={model.chosen} />
      {isAdding && <AddPersonDialog group={group} onClose={onAdded} />}
    </>
  );
}
