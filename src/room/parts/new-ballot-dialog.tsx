// Begins a vote: question, choices, what passes, and whether voices are shown before the end.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { text } from '../../ui/texts/text.ts';
import { Toggle } from '../../ui/toggle.tsx';
import type { RoomModel } from '../model/room-model.ts';
import { TextField } from './text-field.tsx';

const maxChoices = 8;
const maxTitle = 200;

export interface NewBallotProps {
  readonly room: RoomModel;
  /** The card that is voted on. */
  readonly of?: string;
  readonly question?: string;
  readonly onClose: () => void;
}

/** A number in its bounds; what is no number becomes the least. */
const within = (typed: string, least: number, most: number) =>
  Math.min(most, Math.max(least, Math.round(Number(typed)) || least));

export function NewBallotDialog({ room, of, question = '', onClose }: NewBallotProps) {
  const asked = useSignal(question);
  const choices = useSignal(`${text('roomChoiceYes')}\n${text('roomChoiceNo')}`);
  const share = useSignal('50');
  const base = useSignal<'members' | 'votes'>('votes');
  const quorum = useSignal('0');
  const hide = useSignal(false);
  const problem = useSignal<'none' | 'question' | 'choices'>('none');
  const [questionId, choicesId, hintId, problemId] = [useId(), useId(), useId(), useId()];
  const submit = async (event: Event) => {
    event.preventDefault();
    const all = [...new Set(choices.value.split('\n').map((line) => line.trim().slice(0, maxTitle)))].filter(Boolean);
    const called = asked.value.trim();
    problem.value = called === '' ? 'question' : all.length < 2 || all.length > maxChoices ? 'choices' : 'none';
    if (problem.value !== 'none') {
      document.getElementById(problem.value === 'question' ? questionId : choicesId)?.focus();
      return;
    }
    const pass = { share: within(share.value, 1, 100), of: base.value, quorum: within(quorum.value, 0, 100) };
    const about = of === undefined ? {} : { of };
    if (await room.beginVote({ question: called, choices: all, pass, hide: hide.value, ...about })) onClose();
  };
  return (
    <Dialog title={text('roomNewVote')} onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
        {problem.value === 'none' ? null : (
          <p class="problem" id={problemId} role="alert">
            {text(problem.value === 'question' ? 'roomQuestionMissing' : 'roomChoicesWrong')}
          </p>
        )}
        <TextField
          id={questionId}
          label={text('roomQuestion')}
          typed={asked}
          maxLength={maxTitle}
          aria-invalid={problem.value === 'question'}
        />
        <div class="field">
          <label for={choicesId}>{text('roomChoices')}</label>
          <textarea
            id={choicesId}
            class="input"
            dir="auto"
            rows={3}
            value={choices.value}
            aria-invalid={problem.value === 'choices'}
            aria-describedby={hintId}
            onInput={({ currentTarget }) => (choices.value = currentTarget.value)}
          />
          <p class="hint" id={hintId}>
            {text('roomChoicesHint')}
          </p>
        </div>
        <TextField label={text('roomShare')} typed={share} type="number" min={1} max={100} />
        <ChoiceGroup
          legend={text('roomShareOf')}
          choices={[
            { value: 'votes', label: text('roomShareOfVotes') },
            { value: 'members', label: text('roomShareOfMembers') },
          ]}
          chosen={base.value}
          onChoose={(value) => (base.value = value)}
        />
        <TextField label={text('roomQuorum')} typed={quorum} type="number" min={0} max={100} />
        <Toggle
          label={text('roomHide')}
          hint={text('roomHideHint')}
          on={hide.value}
          onChange={(on) => (hide.value = on)}
        />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomBeginVote')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
