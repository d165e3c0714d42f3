// What can be done with a room as a whole: a meeting, another name, a file of it, leaving it.
import { useSignal } from '@preact/signals';
import { Download, FileText, LogOut, Pencil, Video } from 'lucide-preact';
import { cleanFileName } from '../core/base/file-name.ts';
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx';
import { download } from '../ui/files/download.ts';
import { latePart } from '../ui/late-part.tsx';
import { announce } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import type { RoomModel } from './model/room-model.ts';
import type { RoomsModel } from './model/rooms-model.ts';
import { maxName, maxPurpose } from './new-room-dialog.tsx';
import { TextArea, TextField } from './parts/text-field.tsx';

const { Part: ExportDialog } = latePart(async () => (await import('./export-dialog.tsx')).ExportDialog, {
  failed: 'roomPartFailed',
});

const { Part: StartDialog } = latePart(async () => (await import('./meet/start-dialog.tsx')).StartDialog, {
  failed: 'roomPartFailed',
});

interface MenuProps {
  readonly model: RoomsModel;
  readonly room: RoomModel;
}

function RenameDialog({ room, onClose }: { readonly room: RoomModel; readonly onClose: () => void }) {
  const people = room.people.value;
  const name = useSignal(people?.name ?? '');
  const purpose = useSignal(people?.purpose ?? '');
  const submit = async (event: Event) => {
    event.preventDefault();
    const called = name.value.trim();
    if (called !== '' && (await room.rename(called, purpose.value.trim()))) onClose();
  };
  return (
    <Dialog title={text('roomRenameTitle')} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <TextField label={text('roomName')} typed={name} required maxLength={maxName} />
        <TextArea label={text('roomPurpose')} typed={purpose} maxLength={maxPurpose} rows={2} />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomSave')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function LeaveDialog({ model, room, onClose }: MenuProps & { readonly onClose: () => void }) {
  const isMember = room.canWrite.value;
  const confirm = async () => {
    if (isMember && !(await room.leave())) return;
    onClose();
    if (!isMember) await model.remove(room.id);
    else announce(text('roomLeft'));
  };
  return (
    <ConfirmDialog
      title={text(isMember ? 'roomLeaveTitle' : 'roomDeleteTitle')}
      confirmLabel={text(isMember ? 'roomLeave' : 'roomDelete')}
      cancelLabel={text('roomKeep')}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>{text(isMember ? 'roomLeaveText' : 'roomDeleteText')}</p>
    </ConfirmDialog>
  );
}

export function RoomMenu({ model, room }: MenuProps) {
  const dialog = useSignal<'none' | 'rename' | 'leave' | 'export' | 'start'>('none');
  const close = () => (dialog.value = 'none');
  const fileName = (end: string) => cleanFileName(`${room.people.value?.name ?? ''}.${end}`) || `room.${end}`;
  const saveText = async () => {
    const sealer = model.noteTools?.sealer;
    if (!sealer) return;
    try {
      const { roomMarkdown } = await import('./model/room-markdown.ts');
      download(fileName('md'), new Blob([await roomMarkdown(room, sealer)], { type: 'text/markdown' }));
    } catch {
      announce(text('roomPartFailed'));
    }
  };
  const isMember = room.canWrite.value;
  return (
    <div class="room-menu">
      {isMember && !room.isAwaited ? (
        <button type="button" class="button primary small" onClick={() => (dialog.value = 'start')}>
          <Video aria-hidden="true" size={16} />
          {text('roomStart')}
        </button>
      ) : null}
      {room.isSteward && isMember ? (
        <button type="button" class="button small" onClick={() => (dialog.value = 'rename')}>
          <Pencil aria-hidden="true" size={16} />
          {text('roomRename')}
        </button>
      ) : null}
      {room.isAwaited ? null : (
        <>
          <button type="button" class="button small" onClick={() => (dialog.value = 'export')}>
            <Download aria-hidden="true" size={16} />
            {text('roomExport')}
          </button>
          <button type="button" class="button small" onClick={() => void saveText()}>
            <FileText aria-hidden="true" size={16} />
            {text('roomExportText')}
          </button>
        </>
      )}
      <button type="button" class="button small" onClick={() => (dialog.value = 'leave')}>
        <LogOut aria-hidden="true" size={16} />
        {text(isMember ? 'roomLeave' : 'roomDelete')}
      </button>
      {dialog.value === 'start' ? <StartDialog model={model} room={room} onClose={close} /> : null}
      {dialog.value === 'export' && model.blobs ? (
        <ExportDialog room={room} blobs={model.blobs} fileName={fileName('ffcroom')} onClose={close} />
      ) : null}
      {dialog.value === 'rename' ? <RenameDialog room={room} onClose={close} /> : null}
      {dialog.value === 'leave' ? <LeaveDialog model={model} room={room} onClose={close} /> : null}
    </div>
  );
}
