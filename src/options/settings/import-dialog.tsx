// Taking a backup in: a file and its passphrase, then what it holds, then yes or no.
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { BackupContents } from '../../core/data/backup.ts';
import type { BackupRooms } from '../../core/data/backup-rooms.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { byteWords } from '../../ui/format/amounts.ts';
import { announce } from '../../ui/live-region.tsx';
import { formatTag, plural, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { PassphraseField } from '../fields/passphrase-field.tsx';
import type { BackupModel, ImportProblem, OpenedBackup, TakenBackup } from '../model/backup-model.ts';

export interface ImportDialogProps {
  readonly backups: BackupModel;
  readonly onClose: () => void;
}

const problemKeys: Record<ImportProblem, TextKey> = {
  'no-file': 'optionsBackupNoFile',
  unreadable: 'optionsBackupUnreadable',
  'not-a-backup': 'optionsBackupNotOne',
  'too-new': 'optionsBackupTooNew',
  damaged: 'optionsBackupDamaged',
  'wrong-passphrase': 'optionsBackupWrongPassphrase',
  'other-identity': 'optionsBackupOther',
  forged: 'optionsBackupForged',
};

interface OpenFormProps extends ImportDialogProps {
  readonly onOpened: (backup: OpenedBackup) => void;
}

function OpenForm({ backups, onOpened, onClose }: OpenFormProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const typed = useSignal('');
  const problem = useSignal<ImportProblem | undefined>(undefined);
  const busy = useSignal(false);
  const ids = { file: useId(), problem: useId() };
  const open = async () => {
    if (busy.value) return;
    busy.value = true;
    problem.value = undefined;
    const read = await backups.open(chooser.current?.files?.[0], typed.value);
    busy.value = false;
    if ('refused' in read) problem.value = read.refused;
    else onOpened(read);
  };
  const sentence = problem.value === undefined ? undefined : text(problemKeys[problem.value]);
  const isOfPassphrase = problem.value === 'wrong-passphrase';
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <div class="field">
        <label for={ids.file}>{text('optionsBackupFile')}</label>
        <input
          id={ids.file}
          ref={chooser}
          class="input file-input"
          type="file"
          accept=".ffcbackup"
          aria-invalid={sentence !== undefined && !isOfPassphrase}
          aria-describedby={ids.problem}
          onChange={() => {
            problem.value = undefined;
          }}
        />
        <div id={ids.problem} aria-live="polite">
          {sentence === undefined || isOfPassphrase ? null : <p class="problem">{sentence}</p>}
        </div>
      </div>
      <PassphraseField
        label={text('optionsPassphrase')}
        typed={typed.value}
        isNew={false}
        problem={isOfPassphrase ? sentence : undefined}
        onInput={(value) => {
          typed.value = value;
          if (isOfPassphrase) problem.value = undefined;
        }}
      />
      <div aria-live="polite">{busy.value ? <p class="hint">{text('optionsBackupOpening')}</p> : null}</div>
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {text('optionsCancel')}
        </button>
        <button type="submit" class="button primary" aria-disabled={busy.value}>
          {text('optionsBackupOpen')}
        </button>
      </div>
    </form>
  );
}

function facts(contents: BackupContents): readonly (readonly [string, string])[] {
  const madeAt = new Intl.DateTimeFormat(formatTag(), { dateStyle: 'long', timeStyle: 'short' }).format(
    contents.madeAt,
  );
  return [
    [text('optionsBackupMadeAt'), madeAt],
    [text('optionsYourName'), contents.name],
    [text('optionsBackupContacts'), String(contents.contacts.length)],
    [text('optionsBackupCalls'), String(contents.history.length)],
    [text('optionsBackupRequests'), String(contents.requests.length)],
    [text('optionsRelays'), String(contents.settings.relays.length)],
    ...(contents.rooms ? roomFacts(contents.rooms) : []),
  ];
}

function roomFacts({ list, files, fileBytes }: BackupRooms): readonly (readonly [string, string])[] {
  const rooms = [text('optionsBackupRooms'), String(list.length)] as const;
  if (files === 0) return [rooms];
  return [rooms, [text('optionsBackupRoomFiles'), text('optionsBackupFilesOf', String(files), byteWords(fileBytes))]];
}

/** What of the rooms did not come; undefined where all did. */
function roomsProblem({ rooms }: TakenBackup): string | undefined {
  if (rooms === 'no-space') return text('optionsBackupRoomsNoSpace');
  if (rooms === 'failed') return text('optionsBackupRoomsFailed');
  return rooms && rooms.wrong > 0 ? plural('optionsBackupRoomsLeft', rooms.wrong) : undefined;
}

interface SummaryProps extends ImportDialogProps {
  readonly backup: OpenedBackup;
}

function Summary({ backups, backup, onClose }: SummaryProps) {
  const { contents } = backup;
  const heading = useRef<HTMLHeadingElement>(null);
  const busy = useSignal(false);
  const failed = useSignal(false);
  const lacking = useSignal<string | undefined>(undefined);
  useEffect(() => heading.current?.focus(), []);
  const takeIn = async () => {
    if (busy.value) return;
    busy.value = true;
    failed.value = false;
    const taken = await backups.takeIn(backup);
    busy.value = false;
    failed.value = taken === undefined;
    lacking.value = taken && roomsProblem(taken);
    if (failed.value || lacking.value !== undefined) return;
    onClose();
    announce(text('optionsBackupImported'));
  };
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {text('optionsBackupHolds')}
      </h3>
      <dl class="backup-facts">
        {facts(contents).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd class="breakable">{value}</dd>
          </div>
        ))}
      </dl>
      <p>{text('optionsBackupJoins')}</p>
      {contents.rooms ? <p>{text('optionsBackupJoinsRooms')}</p> : null}
      <p>{text('optionsBackupReplaces')}</p>
      <div aria-live="polite">
        {failed.value ? <p class="problem">{text('optionsBackupNotImported')}</p> : null}
        {busy.value ? <p class="hint">{text('optionsBackupTaking')}</p> : null}
        {lacking.value === undefined ? null : <p class="problem">{lacking.value}</p>}
      </div>
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {text(lacking.value === undefined ? 'optionsCancel' : 'optionsBackupDone')}
        </button>
        {lacking.value === undefined ? (
          <button type="button" class="button primary" aria-disabled={busy.value} onClick={() => void takeIn()}>
            {text('optionsBackupImport')}
          </button>
        ) : null}
      </div>
    </>
  );
}

export function ImportDialog({ backups, onClose }: ImportDialogProps) {
  const opened = useSignal<OpenedBackup | undefined>(undefined);
  return (
    <Dialog title={text('optionsImport')} onClose={onClose}>
      {opened.value ? (
        <Summary backups={backups} backup={opened.value} onClose={onClose} />
      ) : (
        <>
          <p>{text('optionsImportText')}</p>
          <OpenForm
            backups={backups}
            onClose={onClose}
            onOpened={(backup) => {
              opened.value = backup;
            }}
          />
        </>
      )}
    </Dialog>
  );
}
