// Deletes what was recorded of one person, who asked for it after the call; everybody else stays.
import { useSignal } from '@preact/signals';
import type { ListedRecording } from '../platform/store/recording-store.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { announce } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import type { RecordingsModel } from './recordings-model.ts';

interface Props {
  readonly recording: ListedRecording;
  readonly model: RecordingsModel;
}

/** Nothing where nobody but the recorder is in it. */
export function ForgetPeople({ recording, model }: Props) {
  const asked = useSignal<string | undefined>(undefined);
  const written = new Set(recording.segments.map(({ person }) => person));
  const people = recording.people.filter(({ id }) => id !== recording.recorder && written.has(id));
  const name = people.find(({ id }) => id === asked.value)?.name ?? '';
  if (people.length === 0) return null;
  const close = () => {
    asked.value = undefined;
  };
  return (
    <>
      <h3>{text('recordingsForget')}</h3>
      <p class="hint">{text('recordingsForgetHint')}</p>
      <div class="recording-tracks">
        {people.map((person) => (
          <button
            key={person.id}
            type="button"
            class="button danger"
            onClick={() => {
              asked.value = person.id;
            }}
          >
            {text('recordingsForgetPerson', person.name)}
          </button>
        ))}
      </div>
      {asked.value !== undefined && (
        <ConfirmDialog
          title={text('recordingsForgetTitle', name)}
          confirmLabel={text('recordingsDelete')}
          cancelLabel={text('recordingsKeep')}
          onConfirm={() => {
            const person = asked.value ?? '';
            close();
            void model
              .forget(recording, person)
              .then((done) => announce(text(done ? 'recordingsForgotten' : 'recordingsNotWritten', name)));
          }}
          onClose={close}
        >
          <p>{text('recordingsForgetMeaning')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
