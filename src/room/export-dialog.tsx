// A room as one file: what is in it, and whether its files go along. Loaded when somebody asks for it.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { carriedRoom, type FilesHere, filesHere } from '../link/rooms/room-carrying.ts';
import type { RoomBlobs } from '../platform/store/room-blobs.ts';
import { Dialog } from '../ui/dialog.tsx';
import { download } from '../ui/files/download.ts';
import { byteWords } from '../ui/format/amounts.ts';
import { announce } from '../ui/live-region.tsx';
import { plural, text } from '../ui/texts/text.ts';
import { Toggle } from '../ui/toggle.tsx';
import type { RoomModel } from './model/room-model.ts';

export interface ExportProps {
  readonly room: RoomModel;
  readonly blobs: RoomBlobs;
  readonly fileName: string;
  readonly onClose: () => void;
}

interface State {
  readonly isBusy: boolean;
  readonly problem: string | undefined;
}

async function save({ room, blobs, fileName, onClose }: ExportProps, withFiles: boolean, state: Signal<State>) {
  state.value = { isBusy: true, problem: undefined };
  try {
    const { parts, files, wrong } = await carriedRoom(room.living, withFiles ? blobs : undefined);
    const file = new Blob([...parts], { type: 'application/octet-stream' });
    download(fileName, file, Math.max(60_000, files.bytes / 1_000));
    announce(text('roomExportSaved', fileName));
    if (wrong === 0) onClose();
    state.value = { isBusy: false, problem: wrong === 0 ? undefined : plural('roomExportWrong', wrong) };
  } catch {
    state.value = { isBusy: false, problem: text('roomExportFailed') };
  }
}

export function ExportDialog(props: ExportProps) {
  const { room, blobs, onClose } = props;
  const here: Signal<FilesHere | undefined> = useSignal(undefined);
  const withFiles = useSignal(false);
  const state: Signal<State> = useSignal({ isBusy: false, problem: undefined });
  useEffect(() => {
    filesHere(room.living, blobs).then(
      (found) => {
        here.value = found;
      },
      () => {
        here.value = { count: 0, bytes: 0 };
      },
    );
  }, []);
  const files = here.value;
  const { isBusy, problem } = state.value;
  return (
    <Dialog title={text('roomExportTitle')} onClose={onClose}>
      <p>{text('roomExportAbout')}</p>
      {files !== undefined && files.count > 0 ? (
        <Toggle
          label={text('roomExportFiles')}
          hint={plural('roomExportFilesHint', files.count, byteWords(files.bytes))}
          on={withFiles.value}
          onChange={(on) => (withFiles.value = on)}
        />
      ) : null}
      {files?.count === 0 && room.files.length > 0 ? <p class="hint">{text('roomExportNoFiles')}</p> : null}
      <div aria-live="polite">
        {isBusy && withFiles.value ? <p class="hint">{text('roomExportMaking')}</p> : null}
        {problem === undefined ? null : <p class="problem">{problem}</p>}
      </div>
      <div class="actions">
        <button
          type="button"
          class="button primary"
          aria-disabled={isBusy || files === undefined}
          onClick={() => {
            if (!isBusy && files !== undefined) void save(props, withFiles.value, state);
          }}
        >
          {text('roomExportSave')}
        </button>
      </div>
    </Dialog>
  );
}
