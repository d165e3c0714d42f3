// The two ways of a backup: out to a file, and back in.
import { useSignal } from '@preact/signals';
import { latePart } from '../../ui/late-part.tsx';
import { text } from '../../ui/texts/text.ts';
import type { BackupModel } from '../model/backup-model.ts';

const { Part: ExportDialog } = latePart(async () => (await import('./export-dialog.tsx')).ExportDialog, {
  failed: 'optionsNotLoaded',
});
const { Part: ImportDialog } = latePart(async () => (await import('./import-dialog.tsx')).ImportDialog, {
  failed: 'optionsNotLoaded',
});

interface BackupProps {
  readonly backups: BackupModel;
}

/** A button that opens the import; also where an identity was just brought back. */
export function ImportButton({ backups }: BackupProps) {
  const isOpen = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="button"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        {text('optionsImport')}
      </button>
      {isOpen.value ? (
        <ImportDialog
          backups={backups}
          onClose={() => {
            isOpen.value = false;
          }}
        />
      ) : null}
    </>
  );
}

export function BackupSection({ backups }: BackupProps) {
  const isExporting = useSignal(false);
  return (
    <div class="stack tight">
      <h2>{text('optionsBackup')}</h2>
      <p>{text('optionsBackupText')}</p>
      <div class="actions">
        <button
          type="button"
          class="button"
          onClick={() => {
            isExporting.value = true;
          }}
        >
          {text('optionsExport')}
        </button>
        <ImportButton backups={backups} />
      </div>
      {isExporting.value ? (
        <ExportDialog
          backups={backups}
          onClose={() => {
            isExporting.value = false;
          }}
        />
      ) : null}
    </div>
  );
}
