// A new door for later, and the invitation to one that is kept.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { type KeptDoor, maxKeptDoors } from '../../core/identity/kept-door.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { Invitation } from '../../ui/invite/invitation.ts';
import { Invite } from '../../ui/invite/invite.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { type DoorHours, type DoorProblem, doorHours, type KeptDoors } from './kept-doors.ts';

const hourTexts: Readonly<Record<DoorHours, TextKey>> = {
  '1': 'doorOneHour',
  '3': 'doorThreeHours',
  '24': 'doorOneDay',
};
const problems: Readonly<Record<DoorProblem | 'not-kept', TextKey>> = {
  late: 'doorsLate',
  full: 'doorsFull',
  'not-kept': 'doorsNotKept',
};

/** As a field for date and time writes it: local, to the minute. */
function localTime(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The next full hour, or the one after where that is near. */
const soon = (now: number): number => Math.ceil((now + 1_800_000) / 3_600_000) * 3_600_000;

interface NewProps {
  readonly doors: KeptDoors;
  /** What was typed before. */
  readonly title: Signal<string>;
  readonly onMade: (door: KeptDoor) => void;
  readonly onClose: () => void;
}

export function NewDoorDialog({ doors, title, onMade, onClose }: NewProps) {
  const [titleId, fromId, problemId] = [useId(), useId(), useId()];
  const from = useSignal(localTime(soon(Date.now())));
  const hours = useSignal<DoorHours>('1');
  const problem = useSignal<keyof typeof problems | undefined>(undefined);
  const isFull = doors.doors.value.length >= maxKeptDoors;
  const make = async () => {
    try {
      const made = await doors.add(title.value, new Date(from.value).getTime(), hours.value);
      if (typeof made === 'object') onMade(made);
      else problem.value = made;
    } catch {
      problem.value = 'not-kept';
    }
    if (problem.value === 'late') document.getElementById(fromId)?.focus();
  };
  const said = problem.value ?? (isFull ? 'full' : undefined);
  return (
    <Dialog title={text('doorsNew')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <p class="hint">{text('doorsHint')}</p>
        <div class="field">
          <label for={titleId}>{text('doorTitle')}</label>
          <input
            id={titleId}
            class="input"
            maxLength={40}
            autocomplete="off"
            value={title.value}
            onInput={(event) => {
              title.value = event.currentTarget.value;
            }}
          />
        </div>
        <div class="field">
          <label for={fromId}>{text('doorsFrom')}</label>
          <input
            id={fromId}
            class="input"
            type="datetime-local"
            required
            value={from.value}
            aria-invalid={problem.value === 'late'}
            aria-describedby={problemId}
            onInput={(event) => {
              from.value = event.currentTarget.value;
              problem.value = undefined;
            }}
          />
        </div>
        <ChoiceGroup
          legend={text('doorSpan')}
          choices={doorHours.map((value) => ({ value, label: text(hourTexts[value]) }))}
          chosen={hours.value}
          onChoose={(value) => {
            hours.value = value;
          }}
        />
        <p id={problemId} role="alert" class={said ? 'problem' : undefined}>
          {said ? text(problems[said]) : null}
        </p>
        <div class="actions dialog-answers">
          <button type="submit" class="button primary" disabled={isFull}>
            {text('doorsMake')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface DoorProps {
  readonly doors: KeptDoors;
  readonly doorId: string;
  readonly onClose: () => void;
}

/** The link with its words, as often as it is wanted. */
export function DoorDialog({ doors, doorId, onClose }: DoorProps) {
  const door = doors.doors.value.find(({ id }) => id === doorId);
  const invitation = useSignal<Invitation | 'failed' | undefined>(undefined);
  useEffect(() => {
    if (!door) return;
    doors.invitation(door).then(
      (made) => {
        invitation.value = made;
      },
      () => {
        invitation.value = 'failed';
      },
    );
  }, [door]);
  const made = invitation.value;
  return (
    <Dialog title={door?.title || text('doorsUntitled')} onClose={onClose}>
      {!door || made === 'failed' ? (
        <p class="problem" role="alert">
          {text(door ? 'doorNoLink' : 'doorClosedAdvice')}
        </p>
      ) : made ? (
        <Invite invitation={made} />
      ) : (
        <div class="late-invite" aria-busy="true" />
      )}
    </Dialog>
  );
}
