// Begins a call that is a meeting of the room: who is called, and of which planned meeting it is. Loaded when somebody asks for it.
import { useSignal } from '@preact/signals';
import { maxPeople } from '../../core/group/roster.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { request } from '../../platform/extension/messenger.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { enumeration } from '../../ui/format/enumeration.ts';
import { plural, text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import type { RoomsModel } from '../model/rooms-model.ts';

export interface StartProps {
  readonly model: RoomsModel;
  readonly room: RoomModel;
  readonly onClose: () => void;
}

/** Beside the person here. */
const mostCalled = maxPeople - 1;

interface Member {
  readonly key: string;
  readonly name: string;
  /** Only contacts can be called. */
  readonly contact: Contact | undefined;
  /** They have the room open now, and are met. */
  readonly isHere: boolean;
}

function membersOf({ model, room }: Pick<StartProps, 'model' | 'room'>): readonly Member[] {
  const { linked } = model.meeting.value;
  const keys = [...(room.people.value?.members.keys() ?? [])].filter((key) => key !== room.self);
  return keys.map((key) => ({
    key,
    name: room.nameOf(key),
    contact: room.names.value.contactOf(key),
    isHere: linked.has(key),
  }));
}

/** Those who are there; while nobody is, everybody, as far as a call holds them. */
function firstChosen(callable: readonly Member[]): ReadonlySet<string> {
  const here = callable.filter(({ isHere }) => isHere);
  const all = here.length > 0 ? here : callable;
  return new Set(all.length <= mostCalled ? all.map(({ key }) => key) : []);
}

export function StartDialog(props: StartProps) {
  const { room, onClose } = props;
  const members = membersOf(props);
  const callable = members.filter(({ contact }) => contact?.blocked === false);
  const strangers = members.filter(({ contact }) => contact === undefined);
  const chosen = useSignal(firstChosen(callable));
  const problem = useSignal<string | undefined>(undefined);
  const planned = room.agenda.value.meetings.find(({ held }) => held.length === 0);
  const choose = (key: string, isChosen: boolean) => {
    const next = new Set(chosen.value);
    if (isChosen) next.add(key);
    else next.delete(key);
    chosen.value = next;
    problem.value = undefined;
  };
  const start = async () => {
    const called = callable.flatMap(({ key, contact }) => (contact && chosen.value.has(key) ? [contact.id] : []));
    if (called.length === 0) problem.value = text('roomStartNobody');
    else if (called.length > mostCalled) problem.value = plural('roomStartTooMany', called.length - mostCalled);
    else {
      const meeting = { room: room.id, ...(planned ? { meeting: planned.id } : {}) };
      const answer = await request('startGroupCall', { contactIds: called, media: 'video', meeting }).catch(
        () => undefined,
      );
      if (answer?.opened) onClose();
      else problem.value = text(answer ? 'roomStartBusy' : 'roomStartFailed');
    }
  };
  return (
    <Dialog title={text('roomStartTitle')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        {planned ? <p>{text('roomStartPlanned', planned.title)}</p> : null}
        <fieldset class="who-choice">
          <legend>{text('roomStartWho')}</legend>
          <p class="hint">{text(callable.length === 0 ? 'roomStartNoContacts' : 'roomStartHint')}</p>
          <ul class="plain-list who-choices">
            {callable.map(({ key, name, contact, isHere }) => (
              <li key={key}>
                <label class="tick">
                  <input
                    type="checkbox"
                    checked={chosen.value.has(key)}
                    onChange={({ currentTarget }) => choose(key, currentTarget.checked)}
                  />
                  <Avatar name={name} id={contact?.id ?? ''} size={28} />
                  <bdi class="member-name">{name}</bdi>
                  {isHere ? <span class="hint">{text('roomStartHere')}</span> : null}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        {strangers.length === 0 ? null : (
          <p class="hint">
            {plural('roomStartStrangers', strangers.length, enumeration(strangers.map(({ name }) => name)))}
          </p>
        )}
        {callable.length === 0 ? null : <p class="hint">{text('roomStartKept')}</p>}
        {problem.value === undefined ? null : (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        {callable.length === 0 ? null : (
          <div class="actions">
            <button type="submit" class="button primary">
              {text('roomStart')}
            </button>
          </div>
        )}
      </form>
    </Dialog>
  );
}
