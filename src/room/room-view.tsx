// One room: what it is, what was missed, and its parts, of which one is shown.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { latePart } from '../ui/late-part.tsx';
import { plural, text } from '../ui/texts/text.ts';
import { MeetNote } from './meet/meet-note.tsx';
import type { RoomModel } from './model/room-model.ts';
import { type PartName, partOrder, roomParts } from './model/room-parts.ts';
import type { RoomsModel } from './model/rooms-model.ts';
import { ConversationPart } from './parts/conversation-part.tsx';
import { DecisionsPart } from './parts/decisions-part.tsx';
import { MissedPart } from './parts/missed-part.tsx';
import { PeoplePart } from './parts/people-part.tsx';
import { RoomMenu } from './room-menu.tsx';

interface RoomProps {
  readonly model: RoomsModel;
  readonly room: RoomModel;
}

const { Part: AgendaPart } = latePart(async () => (await import('./parts/agenda-part.tsx')).AgendaPart, {
  failed: 'roomPartFailed',
});
const { Part: BooksPart } = latePart(async () => (await import('./books/books-part.tsx')).BooksPart, {
  failed: 'roomPartFailed',
});
const { Part: FilesPart } = latePart(async () => (await import('./files/files-part.tsx')).FilesPart, {
  failed: 'roomPartFailed',
});
const { Part: NotesPart } = latePart(async () => (await import('./notes/notes-part.tsx')).NotesPart, {
  failed: 'roomPartFailed',
});
const { Part: WallPart } = latePart(async () => (await import('./wall/wall-part.tsx')).WallPart, {
  failed: 'roomPartFailed',
});

/** What stands in the way of writing here, if anything does. */
function Standing({ room }: { readonly room: RoomModel }) {
  if (room.isAwaited) return <p class="room-notice">{text('roomAwaited')}</p>;
  if (room.canWrite.value) return null;
  const { outBy } = room;
  return <p class="room-notice">{outBy === undefined ? text('roomOut') : text('roomOutBy', room.nameOf(outBy))}</p>;
}

function PartOf({ part, model, room }: RoomProps & { readonly part: PartName }) {
  switch (part) {
    case 'agenda':
      return <AgendaPart room={room} />;
    case 'conversation':
      return <ConversationPart room={room} />;
    case 'decisions':
      return <DecisionsPart room={room} />;
    case 'notes':
      return model.noteTools ? <NotesPart room={room} tools={model.noteTools} /> : null;
    case 'wall':
      return <WallPart room={room} />;
    case 'books':
      return model.blobs ? <BooksPart room={room} blobs={model.blobs} /> : null;
    case 'files':
      return model.blobs ? <FilesPart model={model} room={room} blobs={model.blobs} /> : null;
    case 'people':
      return <PeoplePart model={model} room={room} />;
  }
}

export function RoomView({ model, room }: RoomProps) {
  const part = useSignal<PartName>('conversation');
  const heading = useRef<HTMLHeadingElement>(null);
  const people = room.people.value;
  // Whoever opens a room by keyboard goes on reading there.
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="room" tabIndex={-1}>
      <header class="room-head">
        <div class="room-title">
          <h2 ref={heading} tabIndex={-1}>
            <bdi>{people?.name ?? model.rooms.value.find(({ room: id }) => id === room.id)?.name ?? ''}</bdi>
          </h2>
          {people === undefined ? null : (
            <p class="hint room-about">
              {people.purpose === '' ? null : <bdi class="room-purpose">{people.purpose}</bdi>}
              <span>{plural('roomMembers', people.members.size)}</span>
            </p>
          )}
        </div>
        <RoomMenu model={model} room={room} />
      </header>
      <Standing room={room} />
      {room.problem.value === undefined ? null : (
        <p class="problem" role="alert">
          {room.problem.value}
        </p>
      )}
      {room.isAwaited ? null : (
        <>
          {room.canWrite.value ? <MeetNote model={model} room={room} /> : null}
          <MissedPart room={room} onShow={(shown) => (part.value = shown)} />
          <nav aria-label={text('roomParts')}>
            <ul class="plain-list room-parts">
              {partOrder.map((name) => (
                <li key={name}>
                  <button
                    type="button"
                    class="room-part"
                    aria-current={part.value === name ? 'true' : undefined}
                    onClick={() => (part.value = name)}
                  >
                    {text(roomParts[name])}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <section class="room-shown" aria-label={text(roomParts[part.value])}>
            <PartOf part={part.value} model={model} room={room} />
          </section>
          {room.unknown === 0 ? null : <p class="hint">{plural('roomUnknown', room.unknown)}</p>}
        </>
      )}
    </main>
  );
}
