// The agenda: what is to be talked about at the next meeting, what is planned after it, and what was. What stays open goes on by itself.
import { useSignal } from '@preact/signals';
import { ArrowDown, ArrowUp, CalendarPlus } from 'lucide-preact';
import type { AgendaItem, Meeting } from '../../core/room/agenda.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { wholeMoment } from '../../ui/format/moment.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import { Composer } from './composer.tsx';
import { TextField } from './text-field.tsx';

const maxTitle = 200;

interface RoomProps {
  readonly room: RoomModel;
}

function Item({ room, item, carriedFrom }: RoomProps & { readonly item: AgendaItem; readonly carriedFrom?: string }) {
  const { id, title, state } = item;
  const canWrite = room.canWrite.value;
  const isDone = state === 'done';
  const move = async (by: -1 | 1) => {
    if (await room.moveItem(id, by)) announce(text(by < 0 ? 'roomItemUp' : 'roomItemDown', title));
  };
  return (
    <li class={isDone ? 'agenda-item done' : 'agenda-item'}>
      <label class="tick">
        <input
          type="checkbox"
          checked={isDone}
          disabled={!canWrite}
          onChange={({ currentTarget }) => void room.changeItem(id, { state: currentTarget.checked ? 'done' : 'open' })}
        />
        <span>
          <bdi>{title || text('roomNothingToSee')}</bdi>
          {carriedFrom === undefined ? null : <span class="hint"> {text('roomCarried', carriedFrom)}</span>}
        </span>
      </label>
      {canWrite && !isDone ? (
        <span class="item-tools">
          <IconButton icon={ArrowUp} label={text('roomMoveUp', title)} size={16} onClick={() => void move(-1)} />
          <IconButton icon={ArrowDown} label={text('roomMoveDown', title)} size={16} onClick={() => void move(1)} />
        </span>
      ) : null}
    </li>
  );
}

function Items({ room, items, label }: RoomProps & { readonly items: readonly AgendaItem[]; readonly label: string }) {
  const { meetings } = room.agenda.value;
  /** An item that was written for a meeting that is over says which. */
  const carriedFrom = ({ meeting, now }: AgendaItem) =>
    meeting === undefined || meeting === now ? undefined : meetings.find(({ id }) => id === meeting)?.title;
  return items.length === 0 ? null : (
    <ol class="plain-list agenda-items" aria-label={label}>
      {items.map((item) => {
        const from = carriedFrom(item);
        return <Item key={item.id} room={room} item={item} {...(from === undefined ? {} : { carriedFrom: from })} />;
      })}
    </ol>
  );
}

function AddItem({ room, meeting }: RoomProps & { readonly meeting?: string }) {
  return room.canWrite.value ? (
    <Composer
      label={text('roomItemLabel')}
      send={text('roomAddItem')}
      most={maxTitle}
      onSend={(title) => room.addItem(title.replace(/\n+/g, ' '), meeting)}
    />
  ) : null;
}

function Planned({ room, meeting }: RoomProps & { readonly meeting: Meeting }) {
  const items = room.agenda.value.items.filter(({ now }) => now === meeting.id);
  return (
    <article class="meeting" aria-label={meeting.title}>
      <h3>
        <bdi>{meeting.title}</bdi>
      </h3>
      {meeting.at === undefined ? null : <p class="hint">{wholeMoment(meeting.at)}</p>}
      <Items room={room} items={items} label={text('roomItemsOf', meeting.title)} />
      <AddItem room={room} meeting={meeting.id} />
      {room.canWrite.value ? (
        <div class="actions">
          <button type="button" class="button small" onClick={() => void room.wasHeld(meeting.id, Date.now())}>
            {text('roomWasHeld')}
          </button>
        </div>
      ) : null}
    </article>
  );
}

function NewMeeting({ room, onClose }: RoomProps & { readonly onClose: () => void }) {
  const title = useSignal('');
  const when = useSignal('');
  const submit = async (event: Event) => {
    event.preventDefault();
    const at = when.value === '' ? undefined : new Date(when.value).getTime();
    const isTime = at === undefined || (Number.isSafeInteger(at) && at >= 0);
    if (title.value.trim() !== '' && isTime && (await room.planMeeting(title.value.trim(), at))) onClose();
  };
  return (
    <Dialog title={text('roomPlanMeeting')} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <TextField label={text('roomMeetingTitle')} typed={title} required maxLength={maxTitle} />
        <TextField label={text('roomMeetingAt')} typed={when} type="datetime-local" />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomPlan')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function AgendaPart({ room }: RoomProps) {
  const isNew = useSignal(false);
  const { meetings, items } = room.agenda.value;
  const planned = meetings.filter(({ held }) => held.length === 0);
  const held = meetings.filter((meeting) => meeting.held.length > 0).toReversed();
  const loose = items.filter(({ now }) => now === undefined);
  return (
    <div class="part">
      {room.canWrite.value ? (
        <div class="actions">
          <button type="button" class="button primary small" onClick={() => (isNew.value = true)}>
            <CalendarPlus aria-hidden="true" size={16} />
            {text('roomPlanMeeting')}
          </button>
        </div>
      ) : null}
      {planned.map((meeting) => (
        <Planned key={meeting.id} room={room} meeting={meeting} />
      ))}
      {planned.length > 0 && loose.length === 0 ? null : (
        <article class="meeting" aria-label={text('roomNextTime')}>
          <h3>{text('roomNextTime')}</h3>
          <p class="hint">{text('roomNextTimeHint')}</p>
          <Items room={room} items={loose} label={text('roomNextTime')} />
          <AddItem room={room} />
        </article>
      )}
      {held.length === 0 ? null : (
        <details class="meeting">
          <summary>{text('roomHeldMeetings')}</summary>
          {held.map((meeting) => (
            <div key={meeting.id} class="stack">
              <h4>
                <bdi>{meeting.title}</bdi>
              </h4>
              <p class="hint">{wholeMoment(meeting.held[0]?.began ?? 0)}</p>
              <Items
                room={room}
                items={items.filter(({ now }) => now === meeting.id)}
                label={text('roomItemsOf', meeting.title)}
              />
            </div>
          ))}
        </details>
      )}
      {isNew.value ? <NewMeeting room={room} onClose={() => (isNew.value = false)} /> : null}
    </div>
  );
}
