// What of the rooms goes into a backup, with how large it is. Nothing is shown where there is no room.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RoomsToSave } from '../../link/rooms/rooms-backup.ts';
import { byteWords } from '../../ui/format/amounts.ts';
import { plural, text } from '../../ui/texts/text.ts';
import { Toggle } from '../../ui/toggle.tsx';
import type { BackupModel, RoomsChoice } from '../model/backup-model.ts';

interface FieldsProps {
  readonly backups: BackupModel;
  readonly choice: Signal<RoomsChoice>;
}

export function RoomsFields({ backups, choice }: FieldsProps) {
  const here: Signal<RoomsToSave | 'looking' | undefined> = useSignal('looking');
  useEffect(() => {
    backups.rooms().then(
      (found) => {
        here.value = found;
      },
      () => {
        here.value = undefined;
      },
    );
  }, []);
  if (here.value === 'looking') return <div aria-busy="true" />;
  if (!here.value || here.value.rooms === 0) return null;
  const { rooms, bytes, files } = here.value;
  const { rooms: withRooms, files: withFiles } = choice.value;
  return (
    <>
      <Toggle
        label={text('optionsBackupWithRooms')}
        hint={plural('optionsBackupWithRoomsHint', rooms, byteWords(bytes))}
        on={withRooms}
        onChange={(on) => {
          choice.value = { rooms: on, files: on && withFiles };
        }}
      />
      {withRooms && files.count > 0 ? (
        <Toggle
          label={text('optionsBackupWithFiles')}
          hint={plural('optionsBackupWithFilesHint', files.count, byteWords(files.bytes))}
          on={withFiles}
          onChange={(on) => {
            choice.value = { rooms: true, files: on };
          }}
        />
      ) : null}
    </>
  );
}
