// The room page as a whole: the list of rooms and what others have invited to, beside it the room that is open.
import { useSignal } from '@preact/signals';
import { DoorOpen, FolderInput, Plus } from 'lucide-preact';
import { useRef } from 'preact/hooks';
import type { KeptInvitation } from '../platform/store/room-database.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { contactIdOf } from '../ui/rooms/people-names.ts';
import { plural, text } from '../ui/texts/text.ts';
import { askNew, type RoomsModel } from './model/rooms-model.ts';
import { NewRoomDialog } from './new-room-dialog.tsx';
import { RoomView } from './room-view.tsx';

interface PageProps {
  readonly model: RoomsModel;
}

function Invitation({ model, invitation }: PageProps & { readonly invitation: KeptInvitation }) {
  const { by, name, members } = invitation;
  const inviter = model.contacts.value.find(({ id }) => id === contactIdOf(by))?.name ?? text('roomAContact');
  return (
    <li class="room-invitation">
      <p>
        <strong>{text('roomsInvites', inviter, name)}</strong>
      </p>
      <p class="hint">{plural('roomsInvitesHint', members)}</p>
      <div class="actions">
        <button type="button" class="button primary small" onClick={() => void model.accept(invitation)}>
          {text('roomsJoin', name)}
        </button>
        <button type="button" class="button small" onClick={() => void model.decline(invitation)}>
          {text('roomsNotNow')}
        </button>
      </div>
    </li>
  );
}

function OpenFile({ model }: PageProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button small" onClick={() => input.current?.click()}>
        <FolderInput aria-hidden="true" size={16} />
        {text('roomsOpenFile')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={text('roomsFileLabel')}
        accept=".ffcroom"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) void model.takeFile(file);
        }}
      />
    </>
  );
}

function RoomList({ model, onNew }: PageProps & { readonly onNew: () => void }) {
  const rooms = model.rooms.value;
  const current = model.current.value?.id;
  return (
    <nav class={current === undefined ? 'room-list' : 'room-list beside'} aria-label={text('roomsTitle')}>
      <h1 class="room-list-title">{text('roomsTitle')}</h1>
      {model.invitations.value.length === 0 ? null : (
        <ul class="plain-list" aria-label={text('roomsInvitations')}>
          {model.invitations.value.map((invitation) => (
            <Invitation key={invitation.room} model={model} invitation={invitation} />
          ))}
        </ul>
      )}
      {rooms.length === 0 ? null : (
        <ul class="plain-list room-names">
          {rooms.map(({ room, name }) => (
            <li key={room}>
              <a
                class="room-name"
                href={`#${room}`}
                aria-label={text('roomsOpen', name)}
                aria-current={room === current ? 'page' : undefined}
              >
                <DoorOpen aria-hidden="true" size={18} />
                <span>{name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        <button type="button" class="button primary small" onClick={onNew}>
          <Plus aria-hidden="true" size={16} />
          {text('roomsNew')}
        </button>
        <OpenFile model={model} />
      </div>
    </nav>
  );
}

/** Before anything is chosen: what a room is. */
function Beginning({ model }: PageProps) {
  return (
    <main class="room-beginning" tabIndex={-1}>
      <h2>{text(model.rooms.value.length === 0 ? 'roomsNone' : 'roomsChoose')}</h2>
      <p>{text('roomsAbout')}</p>
      <p class="hint">{text('roomsAboutSync')}</p>
    </main>
  );
}

export function RoomsPage({ model }: PageProps) {
  const isNew = useSignal(location.hash === `#${askNew}`);
  if (!model.isReady)
    return (
      <main class="room-alone">
        <h1>{text('roomsTitle')}</h1>
        <p>{text('roomsNoIdentity')}</p>
      </main>
    );
  const room = model.current.value;
  return (
    <div class="rooms">
      <RoomList model={model} onNew={() => (isNew.value = true)} />
      <div class="room-main">
        {model.problem.value === undefined ? null : (
          <p class="problem" role="alert">
            {model.problem.value}
          </p>
        )}
        {room ? <RoomView key={room.id} model={model} room={room} /> : <Beginning model={model} />}
      </div>
      {isNew.value ? <NewRoomDialog model={model} onClose={() => (isNew.value = false)} /> : null}
      <LiveRegion />
    </div>
  );
}
