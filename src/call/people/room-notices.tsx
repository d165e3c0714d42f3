// Rooms that somebody has let us into, with the two answers. Read out as they come, and there for as long as nobody answers.
import { DoorOpen } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { Group } from '../model/group-context.ts';

export function RoomNotices({ group }: { readonly group: Group }) {
  const invitations = group.model.roomInvitations.value;
  return (
    <div role="status">
      {invitations.length === 0 ? null : (
        <ul class="knocks" aria-label={text('roomsInvitations')}>
          {invitations.map(({ room, name, by }) => (
            <li key={room} class="knock">
              <DoorOpen class="knock-sign" size={20} aria-hidden="true" />
              <div class="knock-words">
                <p class="knock-title" dir="auto">
                  {text('roomsInvites', by, name)}
                </p>
                <p>{text('roomsInCall')}</p>
              </div>
              <div class="knock-answers">
                <button
                  type="button"
                  class="button answer primary"
                  onClick={() => group.actions.answerRoom(room, true)}
                >
                  {text('roomsJoin', name)}
                </button>
                <button type="button" class="button answer" onClick={() => group.actions.answerRoom(room, false)}>
                  {text('roomsNotNow')}
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
