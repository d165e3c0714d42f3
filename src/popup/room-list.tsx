// The rooms that are kept here, each a click away, and whether somebody has invited to another one.
import { DoorOpen, Plus } from 'lucide-preact';
import { useEffect, useId } from 'preact/hooks';
import { plural, text } from '../ui/texts/text.ts';
import { useRowKeys } from '../ui/use-row-keys.ts';
import { openRooms, readRooms, shownRooms } from './shown-rooms.ts';

export function RoomList() {
  const { rooms, invitations } = shownRooms.value;
  const { list, onFocusIn, onKeyDown } = useRowKeys();
  const titleId = useId();
  useEffect(() => void readRooms(), []);
  return (
    <section>
      <div class="section-line">
        <h2 class="section-title" id={titleId}>
          {text('roomsTitle')}
        </h2>
        <button type="button" class="button plain small" onClick={() => void openRooms('new')}>
          <Plus aria-hidden="true" size={16} />
          {text('roomsNew')}
        </button>
      </div>
      {invitations === 0 ? null : (
        <p>
          <button type="button" class="button small" onClick={() => void openRooms('')}>
            {plural('popupRoomInvitations', invitations)}
          </button>
        </p>
      )}
      {rooms.length === 0 ? null : (
        <ul ref={list} class="plain-list rows" aria-labelledby={titleId} onFocusIn={onFocusIn} onKeyDown={onKeyDown}>
          {rooms.map(({ room, name }) => (
            <li key={room} class="row">
              <DoorOpen aria-hidden="true" size={20} />
              <div class="row-text">
                <span class="row-name" dir="auto" title={name}>
                  {name}
                </span>
              </div>
              <button
                type="button"
                class="button small"
                aria-label={text('roomsOpen', name)}
                onClick={() => void openRooms(room)}
              >
                {text('popupRoomOpen')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
