// Whom to bring into the call: contacts to search and call, or a link to send to somebody else.
import { UserPlus } from 'lucide-preact';
import { useId, useState } from 'preact/hooks';
import { maxPeople } from '../../core/group/roster.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { matching } from '../../ui/name-search.ts';
import { plural, text } from '../../ui/texts/text.ts';
import type { Group } from '../model/group-context.ts';
import { isFull } from '../model/presence.ts';
import { GuestLink } from './guest-link.tsx';

interface Props {
  readonly group: Group;
  readonly onClose: () => void;
}

export function AddPersonDialog({ group, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const [called, setCalled] = useState<string | undefined>(undefined);
  const fieldId = useId();
  const { invitable, isLocked } = group.model;
  const whyNot = isLocked.value
    ? text('groupLockedAdd')
    : isFull(group.model)
      ? plural('groupFull', maxPeople)
      : undefined;
  const found = matching(invitable.value, typed);
  return (
    <Dialog closesBeside title={text('groupAddPerson')} onClose={onClose}>
      {whyNot ? (
        <p class="add-person-full" role="status">
          {whyNot}
        </p>
      ) : (
        <>
          {invitable.value.length === 0 ? (
            <p>{text('groupNobodyToAdd')}</p>
          ) : (
            <>
              <div class="field">
                <label for={fieldId}>{text('groupSearch')}</label>
                <input
                  id={fieldId}
                  class="input"
                  autocomplete="off"
                  value={typed}
                  onInput={({ currentTarget }) => setTyped(currentTarget.value)}
                />
              </div>
              <ul class="add-person-list" aria-label={text('groupContacts')}>
                {found.map(({ id, name }) => (
                  <li key={id} class="add-person">
                    <Avatar id={id} name={name} />
                    <span class="add-person-name">
                      <bdi>{name}</bdi>
                    </span>
                    <button
                      type="button"
                      class="button small"
                      aria-label={text('groupAddName', name)}
                      onClick={() => {
                        setCalled(name);
                        group.actions.addPerson(id);
                      }}
                    >
                      <UserPlus size={16} aria-hidden="true" />
                      {text('groupAdd')}
                    </button>
                  </li>
                ))}
              </ul>
              {found.length === 0 && <p class="hint">{text('groupNobodyFound', typed)}</p>}
            </>
          )}
          <div class="add-person-link">
            <GuestLink group={group} />
          </div>
        </>
      )}
      <p class={called === undefined ? 'visually-hidden' : 'hint'} role="status">
        {called !== undefined && text('callCalling', called)}
      </p>
      <button type="button" class="button" onClick={onClose}>
        {text('callDone')}
      </button>
    </Dialog>
  );
}
