// Chooses several contacts, with a search where there are many.
import { type Signal, useSignal } from '@preact/signals';
import type { Contact } from '../../core/identity/contact.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { matching } from '../../ui/name-search.ts';
import { text } from '../../ui/texts/text.ts';
import { TextField } from './text-field.tsx';

/** With more contacts than these there is a search field. */
const searchAbove = 8;

export interface PeopleChoiceProps {
  readonly people: readonly Contact[];
  /** Ids of those who are chosen. */
  readonly chosen: Signal<ReadonlySet<string>>;
  readonly hint: string;
}

export function PeopleChoice({ people, chosen, hint }: PeopleChoiceProps) {
  const typed = useSignal('');
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(chosen.value);
    if (isChosen) next.add(id);
    else next.delete(id);
    chosen.value = next;
  };
  return (
    <fieldset class="who-choice">
      <legend>{text('roomPeopleToLetIn')}</legend>
      <p class="hint">{people.length === 0 ? text('roomNoContacts') : hint}</p>
      {people.length > searchAbove ? <TextField label={text('roomSearch')} typed={typed} type="search" /> : null}
      <ul class="plain-list who-choices">
        {matching(people, typed.value).map(({ id, name }) => (
          <li key={id}>
            <label class="tick">
              <input
                type="checkbox"
                checked={chosen.value.has(id)}
                onChange={({ currentTarget }) => choose(id, currentTarget.checked)}
              />
              <Avatar name={name} id={id} size={28} />
              <bdi class="member-name">{name}</bdi>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
