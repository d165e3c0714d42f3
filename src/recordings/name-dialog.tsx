// Asks for a name: of a recording, or of a moment in it.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Dialog } from '../ui/dialog.tsx';
import { text } from '../ui/texts/text.ts';

/** As long as a line of the log allows. */
const longestName = 256;

interface Props {
  readonly title: string;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

export function NameDialog({ title, name, onName, onClose }: Props) {
  const typed = useSignal(name);
  const field = useId();
  const wanted = typed.value.trim();
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === '') return;
          onName(wanted);
          onClose();
        }}
      >
        <div class="field">
          <label for={field}>{text('recordingsName')}</label>
          <input
            id={field}
            type="text"
            class="input"
            dir="auto"
            maxLength={longestName}
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
            }}
          />
        </div>
        <div class="actions">
          <button type="button" class="button" onClick={onClose}>
            {text('recordingsCancel')}
          </button>
          <button type="submit" class="button primary" disabled={wanted === ''}>
            {text('recordingsSaveName')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
