// Who is in the room: who let them in, whom this person knows, and who can be shown out by the person here.
import { type Signal, useSignal } from '@preact/signals';
import { UserPlus } from 'lucide-preact';
import { toBase64url } from '../../core/base/bytes.ts';
import type { Member } from '../../core/room/people.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { matching } from '../../ui/name-search.ts';
import { contactIdOf } from '../../ui/rooms/people-names.ts';
import { plural, text } from '../../ui/texts/text.ts';
import { Toggle } from '../../ui/toggle.tsx';
import type { RoomModel } from '../model/room-model.ts';
import type { RoomsModel } from '../model/rooms-model.ts';
import { PeopleChoice } from './people-choice.tsx';
import { TextField } from './text-field.tsx';

/** With more members than these there is a search field. */
const searchAbove = 8;

interface RoomProps {
  readonly room: RoomModel;
}

/** Who they are here, in sentences. */
function sentencesOf(room: RoomModel, { id, role, letInBy, reach }: Member): readonly string[] {
  const contact = room.names.value.contactOf(id);
  const isSelf = id === room.self;
  return [
    text(role === 'steward' ? 'roomSteward' : 'roomMember'),
    letInBy === undefined ? text('roomFounder') : text('roomLetInBy', room.nameOf(letInBy)),
    ...(reach === undefined ? [text('roomNotComeYet')] : []),
    ...(isSelf ? [] : [text(contact ? 'roomIsContact' : 'roomIsNoContact')]),
    ...(contact?.verification.state === 'verified' ? [text('roomCompared')] : []),
  ];
}

function Person({ room, member, onShowOut }: RoomProps & { readonly member: Member; readonly onShowOut: () => void }) {
  const name = room.nameOf(member.id);
  return (
    <li class="member">
      <Avatar name={room.markName(member.id)} id={contactIdOf(member.id)} size={36} />
      <div class="member-text">
        <bdi class="member-name">{name}</bdi>
        <p class="hint">{sentencesOf(room, member).join(' · ')}</p>
      </div>
      {room.canShowOut(member.id) ? (
        <button type="button" class="button small" aria-label={text('roomShowOut', name)} onClick={onShowOut}>
          {text('roomShowOutDo')}
        </button>
      ) : null}
    </li>
  );
}

function LetInDialog({
  model,
  room,
  onClose,
}: RoomProps & { readonly model: RoomsModel; readonly onClose: () => void }) {
  const chosen: Signal<ReadonlySet<string>> = useSignal(new Set());
  const role = useSignal<'member' | 'steward'>('member');
  const members = room.people.value?.members ?? new Map<string, Member>();
  const people = model.people.value.filter(({ ed25519 }) => !members.has(toBase64url(ed25519)));
  const submit = async (event: Event) => {
    event.preventDefault();
    const all = people.filter(({ id }) => chosen.value.has(id));
    if (all.length === 0) return;
    const named = all.map(({ ed25519, name }) => ({ key: toBase64url(ed25519), name }));
    if (await room.admit(named, role.value)) onClose();
  };
  return (
    <Dialog title={text('roomLetIn')} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <PeopleChoice people={people} chosen={chosen} hint={text('roomLetInHint')} />
        {room.isSteward ? (
          <ChoiceGroup
            legend={text('roomRole')}
            choices={[
              { value: 'member', label: text('roomMember'), hint: text('roomMemberHint') },
              { value: 'steward', label: text('roomSteward'), hint: text('roomStewardHint') },
            ]}
            chosen={role.value}
            onChoose={(value) => (role.value = value)}
          />
        ) : null}
        <div class="actions">
          <button type="submit" class="button primary" disabled={chosen.value.size === 0}>
            {text('roomLetInDo')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function PeoplePart({ model, room }: RoomProps & { readonly model: RoomsModel }) {
  const isLettingIn = useSignal(false);
  const typed = useSignal('');
  const out: Signal<string | undefined> = useSignal(undefined);
  const people = room.people.value;
  if (!people) return null;
  const named = [...people.members.values()].map((member) => ({ ...member, shown: room.nameOf(member.id) }));
  const found = matching(
    named.map((member) => ({ member, name: member.shown })),
    typed.value,
  );
  const outName = out.value === undefined ? '' : room.nameOf(out.value);
  return (
    <div class="part">
      {room.mayAdmit ? (
        <div class="actions">
          <button type="button" class="button primary small" onClick={() => (isLettingIn.value = true)}>
            <UserPlus aria-hidden="true" size={16} />
            {text('roomLetIn')}
          </button>
        </div>
      ) : null}
      {room.evidence.map((who) => (
        <p key={who} class="room-notice">
          {text('roomEvidence', room.nameOf(who))}
        </p>
      ))}
      {people.isFounderGone ? <p class="room-notice">{text('roomFounderGone')}</p> : null}
      {named.length > searchAbove ? <TextField label={text('roomSearch')} typed={typed} type="search" /> : null}
      <p class="hint" role="status">
        {plural('roomMembers', found.length)}
      </p>
      <ul class="plain-list members" aria-label={text('roomPeople')}>
        {found.map(({ member }) => (
          <Person key={member.id} room={room} member={member} onShowOut={() => (out.value = member.id)} />
        ))}
      </ul>
      {room.isSteward && room.canWrite.value ? (
        <Toggle
          label={text('roomMembersAdmit')}
          hint={text('roomMembersAdmitHint')}
          on={people.admit === 'members'}
          onChange={(on) => void room.letMembersAdmit(on ? 'members' : 'stewards')}
        />
      ) : null}
      {isLettingIn.value ? <LetInDialog model={model} room={room} onClose={() => (isLettingIn.value = false)} /> : null}
      {out.value === undefined ? null : (
        <ConfirmDialog
          title={text('roomShowOut', outName)}
          confirmLabel={text('roomShowOutDo')}
          cancelLabel={text('roomKeepPerson')}
          onConfirm={() => {
            const who = out.value;
            out.value = undefined;
            if (who !== undefined) void room.showOut(who);
          }}
          onClose={() => (out.value = undefined)}
        >
          <p>{text('roomShowOutText', outName)}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
