// Saving a backup: a passphrase, typed twice, then a file.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { minPassphraseLength } from '../../core/base/passphrase.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import { PassphraseField } from '../fields/passphrase-field.tsx';
import type { BackupModel, ExportProblem, MadeBackup, RoomsChoice } from '../model/backup-model.ts';
import { RoomsFields } from './rooms-fields.tsx';

export interface ExportDialogProps {
  readonly backups: BackupModel;
  readonly onClose: () => void;
}

/** The file is handed over at once; the link stays, for browsers that ask or block. */
function Saved({ made, onClose }: { readonly made: MadeBackup; readonly onClose: () => void }) {
  const link = useRef<HTMLAnchorElement>(null);
  const sentence = useRef<HTMLParagraphElement>(null);
  const url = useMemo(() => URL.createObjectURL(made.file), [made]);
  useEffect(() => {
    sentence.current?.focus();
    // Once, and only when the link has its address: without one the browser would save this page under the backup's name.
    link.current?.click();
    return () => URL.revokeObjectURL(url);
  }, [url]);
  return (
    <>
      <p class="good" ref={sentence} tabIndex={-1}>
        {text('optionsBackupSaved', made.name)}
      </p>
      <p>{text('optionsBackupKeep')}</p>
      <div class="actions">
        <a class="button" ref={link} href={url} download={made.name}>
          {text('optionsBackupSaveAgain')}
        </a>
        <button type="button" class="button primary" onClick={onClose}>
          {text('optionsBackupDone')}
        </button>
      </div>
    </>
  );
}

function passphraseSentence(problem: ExportProblem | undefined): string | undefined {
  if (problem === 'too-short') return plural('optionsPassphraseShort', minPassphraseLength);
  return problem === 'guessable' ? text('optionsPassphraseGuessable') : undefined;
}

function PassphraseForm({
  backups,
  onMade,
  onClose,
}: ExportDialogProps & { readonly onMade: (made: MadeBackup) => void }) {
  const typed = useSignal('');
  const again = useSignal('');
  const problem = useSignal<ExportProblem | undefined>(undefined);
  const busy = useSignal(false);
  const choice: Signal<RoomsChoice> = useSignal({ rooms: true, files: false });
  const save = async () => {
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    const made = await backups.make(typed.value, again.value, choice.value);
    busy.value = false;
    if ('refused' in made) problem.value = made.refused;
    else onMade(made);
  };
  const type = (into: typeof typed) => (value: string) => {
    into.value = value;
    problem.value = undefined;
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <PassphraseField
        label={text('optionsPassphrase')}
        typed={typed.value}
        isNew
        hint={plural('optionsPassphraseHint', minPassphraseLength)}
        problem={passphraseSentence(problem.value)}
        onInput={type(typed)}
      />
      <PassphraseField
        label={text('optionsPassphraseAgain')}
        typed={again.value}
        isNew
        problem={problem.value === 'not-the-same' ? text('optionsPassphraseDiffers') : undefined}
        onInput={type(again)}
      />
      <RoomsFields backups={backups} choice={choice} />
      <div aria-live="polite">
        {busy.value ? <p class="hint">{text('optionsBackupMaking')}</p> : null}
        {problem.value === 'failed' ? <p class="problem">{text('optionsBackupFailed')}</p> : null}
        {problem.value === 'no-space' ? <p class="problem">{text('optionsBackupNoSpace')}</p> : null}
      </div>
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {text('optionsCancel')}
        </button>
        <button type="submit" class="button primary" aria-disabled={busy.value}>
          {text('optionsBackupSave')}
        </button>
      </div>
    </form>
  );
}

export function ExportDialog({ backups, onClose }: ExportDialogProps) {
  const made = useSignal<MadeBackup | undefined>(undefined);
  useEffect(() => () => void backups.discard(), []);
  return (
    <Dialog title={text('optionsExport')} onClose={onClose}>
      {made.value ? (
        <Saved made={made.value} onClose={onClose} />
      ) : (
        <>
          <p>{text('optionsExportText')}</p>
          <PassphraseForm
            backups={backups}
            onClose={onClose}
            onMade={(file) => {
              made.value = file;
            }}
          />
        </>
      )}
    </Dialog>
  );
}
