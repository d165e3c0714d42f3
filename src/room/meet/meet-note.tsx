// Whether the members of a room meet while its page is open, as the person chooses it; and who of them is here.
import { plural, text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import type { RoomsModel } from '../model/rooms-model.ts';

interface NoteProps {
  readonly model: RoomsModel;
  readonly room: RoomModel;
}

/** What keeps members from meeting here, or who of them is here. */
function here({ model, room }: NoteProps): string {
  const { hindrance } = model.meeting.value;
  if (hindrance === 'relays') return text('roomMeetNoRelay');
  if (hindrance === 'hidden') return text('roomMeetHidden');
  if (hindrance === 'elsewhere') return text('roomMeetElsewhere');
  const names = room.linkedNames(model.meeting.value.linked);
  return names.length === 0 ? text('roomMeetAlone') : plural('roomMeetHere', names.length, names.join(', '));
}

export function MeetNote(props: NoteProps) {
  const { model, room } = props;
  const meets = model.meets(room.id);
  const choose = (on: boolean) => void model.setMeets(room.id, on);
  if (meets === undefined)
    return (
      <section class="room-meet-question" aria-label={text('roomMeetTitle')}>
        <p>{text('roomMeetQuestion')}</p>
        <div class="actions">
          <button type="button" class="button primary small" onClick={() => choose(true)}>
            {text('roomMeetYes')}
          </button>
          <button type="button" class="button small" onClick={() => choose(false)}>
            {text('roomMeetNo')}
          </button>
        </div>
      </section>
    );
  return (
    <div class="room-meet">
      <p role="status">{meets ? here(props) : text('roomMeetOff')}</p>
      <button type="button" class="button small" onClick={() => choose(!meets)}>
        {text(meets ? 'roomMeetStop' : 'roomMeetYes')}
      </button>
    </div>
  );
}
