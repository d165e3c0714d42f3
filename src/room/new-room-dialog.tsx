// Founds a room: what it is called, what it is for, who is let in at once, and who may let in others.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Dialog } from '../ui/dialog.tsx';
import { text } from '../ui/texts/text.ts';
import { Toggle } from '../ui/toggle.tsx';
import type { RoomsModel } from './model/rooms-model.ts';
import { PeopleChoice } from './parts/people-choice.tsx';
import { TextArea } from './parts/text-field.tsx';

/** UTF-16 units, as entries have it. */
export const maxName = 200;
export const maxPurpose = 500;

export function NewRoomDialog({ model, onClose }: { readonly model: RoomsModel; readonly onClose: () => void }) {
  const name = useSignal('');
  const purpose = useSignal('');
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const isOpenToMembers = useSignal(false);
  const isMissing = useSignal(false);
  const [nameId, problemId] = [useId(), useId()];
  const submit = async (event: Event) => {
    event.preventDefault();
    const called = name.value.trim();
    if (called === '') {
      isMissing.value = true;
      document.getElementById(nameId)?.focus();
      return;
    }
    const people = model.people.value.filter(({ id }) => chosen.value.has(id));
    const admit = isOpenToMembers.value ? 'members' : 'stewards';
    if (await model.found({ name: called, purpose: purpose.value.trim(), admit }, people)) onClose();
  };
  return (
    <Dialog title={text('roomsNewTitle')} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for={nameId}>{text('roomName')}</label>
          <input
            id={nameId}
            class="input"
            dir="auto"
            maxLength={maxName}
            value={name.value}
            aria-invalid={isMissing.value}
            {...(isMissing.value ? { 'aria-describedby': problemId } : {})}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
              isMissing.value = false;
            }}
          />
          {isMissing.value ? (
            <p class="problem" id={problemId} role="alert">
              {text('roomNameMissing')}
            </p>
          ) : null}
        </div>
        <TextArea label={text('roomPurpose')} typed={purpose} rows={2} maxLength={maxPurpose} />
        <PeopleChoice people={model.people.value} chosen={chosen} hint={text('roomsNewPeopleHint')} />
        <Toggle
          label={text('roomMembersAdmit')}
          hint={text('roomMembersAdmitHint')}
          on={isOpenToMembers.value}
          onChange={(on) => (isOpenToMembers.value = on)}
        />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomsCreate')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
