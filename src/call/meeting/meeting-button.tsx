// The button that opens the room of a meeting, with the number of what nobody has read there.
import { DoorOpen } from 'lucide-preact';
import { plural, text } from '../../ui/texts/text.ts';
import { MenuItem } from '../kit/menu-item.tsx';
import type { CallMeeting } from '../model/meeting-model.ts';
import { meetingButtonId, meetingPanelId } from './meeting-ids.ts';

export function MeetingButton({ meeting: { model, actions } }: { readonly meeting: CallMeeting }) {
  const isOpen = model.isOpen.value;
  const unread = model.unread.value;
  return (
    <button
      type="button"
      id={meetingButtonId}
      class={`round-button chat-button${isOpen ? ' quiet' : ''}`}
      aria-label={text('meetingRoom')}
      aria-expanded={isOpen}
      aria-controls={isOpen ? meetingPanelId : undefined}
      aria-description={unread > 0 ? plural('chatUnread', unread) : undefined}
      title={text('callWithKey', text('meetingRoom'), 'R')}
      onClick={() => actions.open(!isOpen)}
    >
      <DoorOpen aria-hidden="true" />
      {unread > 0 && (
        // Written by CSS: the button's name is what it is called, without a figure.
        <span class="chat-unread people-waiting" data-count={unread > 99 ? '99+' : unread} />
      )}
    </button>
  );
}

export function MeetingItem({ meeting, close }: { readonly meeting: CallMeeting; readonly close: () => void }) {
  const isOpen = meeting.model.isOpen.value;
  return (
    <MenuItem
      icon={DoorOpen}
      label={text('meetingRoom')}
      keys="R"
      isPressed={isOpen}
      onClick={() => {
        close();
        meeting.actions.open(!isOpen);
      }}
    />
  );
}
