// What a call page shows from the first connection on: the stage, what belongs beside it, how it ended. Loaded after the first screen.

import { useEffect } from 'preact/hooks';
import type { Chat } from './chat/chat-context.ts';
import { ChatFrame } from './chat/chat-frame.tsx';
import { DeviceMenu } from './controls/device-menu.tsx';
import { OwnEffectFields } from './controls/own-effects.tsx';
import { useWakeLock } from './kit/use-wake-lock.ts';
import { MeetingFrame } from './meeting/meeting-frame.tsx';
import type { GroupOnPage } from './model/group-context.ts';
import type { Own } from './model/own-context.ts';
import type { CallActions, CallPhase, PageActions, PersonModel } from './model/person-model.ts';
import { AddPersonDialog } from './people/add-person-dialog.tsx';
import { RecordingBeside } from './recording/recording-beside.tsx';
import { ArrivingView } from './sheets/arriving-view.tsx';
import { DoorView } from './sheets/door-view.tsx';
import { EndedView } from './sheets/ended-view.tsx';
import { NobodyCameView } from './sheets/nobody-came-view.tsx';
import { CallStage } from './stage/call-stage.tsx';
import { GroupAnnouncer } from './stage/group-announcer.tsx';

export { ArrivingView, DoorView, NobodyCameView, OwnEffectFields };

interface Props<Phase extends CallPhase['phase']> {
  readonly model: PersonModel;
  readonly phase: Extract<CallPhase, { readonly phase: Phase }>;
}

interface StageProps extends Props<'connecting' | 'connected' | 'reconnecting'> {
  readonly actions: CallActions;
  readonly chat: Chat | undefined;
  readonly group: GroupOnPage | undefined;
}

/** The call while it is up, with its chat beside it. */
export function StageView({ model, actions, phase, chat, group }: StageProps) {
  useWakeLock();
  const room = group?.model.meeting.value?.model.name.value;
  useEffect(() => {
    if (chat) chat.model.room.value = room;
  }, [chat, room]);
  if (!group) return null;
  const call = <CallStage model={model} actions={actions} phase={phase} group={group} />;
  return (
    <MeetingFrame
      group={group.model}
      isChatOpen={chat?.model.isOpen.value === true}
      onCloseChat={() => chat?.actions.open(false)}
    >
      {chat ? <ChatFrame chat={chat}>{call}</ChatFrame> : call}
    </MeetingFrame>
  );
}

interface OverProps extends Props<'ended'> {
  readonly group: GroupOnPage | undefined;
  readonly onAgain: (() => void) | undefined;
  readonly page: PageActions;
}

/** The arrow beside a switch before the call, where all about devices stands on the page already. */
export function DeviceArrow({ kind }: { readonly kind: 'microphone' | 'camera' }) {
  return <DeviceMenu kind={kind} onAll={undefined} />;
}

/** After the call. */
export function OverView({ model, group, onAgain, page, phase }: OverProps) {
  const moved = group?.model.handOver.value;
  return (
    <EndedView
      id={model.contactId.value}
      name={model.contactName.value}
      phase={phase}
      mayNotKnowUs={model.mayNotKnowUs.value}
      why={model.whyFailed.value}
      isCallee={model.isCallee.value}
      hasRecording={group?.model.recordings.value?.model.hasKept.value ?? false}
      onAgain={onAgain}
      onBringBack={moved?.state === 'gone' ? moved.bringBack : undefined}
      page={page}
    />
  );
}

interface BesideProps {
  readonly own: Own;
  readonly group: GroupOnPage;
  readonly isAdding: boolean;
  readonly onAdded: () => void;
}

/** What is said of people and of recordings, and the dialog that calls one more. */
export function GroupBeside({ own, group, isAdding, onAdded }: BesideProps) {
  const recordings = group.model.recordings.value;
  return (
    <>
      {recordings && <RecordingBeside recordings={recordings} chosen={own.model.chosen} />}
      <GroupAnnouncer group={group.model} chosen={own.model.chosen} />
      {isAdding && <AddPersonDialog group={group} onClose={onAdded} />}
    </>
  );
}
