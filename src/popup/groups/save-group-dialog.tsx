// A name for people who are called together often.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Dialog } from '../../ui/dialog.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { SavedGroups, SaveProblem } from './saved-groups.ts';

interface Props {
  readonly groups: SavedGroups;
  readonly contactIds: readonly string[];
  readonly onClose: () => void;
}

const problems: Record<SaveProblem, TextKey> = {
  'no-name': 'popupGroupNameEmpty',
  'too-many': 'popupGroupsTooMany',
};

export function SaveGroupDialog({ groups, contactIds, onClose }: Props) {
  const [inputId, problemId] = [useId(), useId()];
  const typed = useSignal('');
  const problem = useSignal<SaveProblem | undefined>(undefined);
  const save = async () => {
    problem.value = await groups.save(typed.value, contactIds);
    if (problem.value === undefined) onClose();
    else document.getElementById(inputId)?.focus();
  };
  return (
    <Dialog title={text('popupGroupSave')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div class="field">
          <label for={inputId}>{text('popupGroupName')}</label>
          <input
            id={inputId}
            class="input"
            autocomplete="off"
            value={typed.value}
            aria-invalid={problem.value !== undefined}
            aria-describedby={problemId}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
              problem.value = undefined;
            }}
          />
          <p id={problemId} role="alert" class={problem.value ? 'problem' : undefined}>
            {problem.value ? text(problems[problem.value]) : null}
          </p>
        </div>
        <div class="actions dialog-answers">
          <button type="submit" class="button primary">
            {text('popupGroupSaveButton')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
