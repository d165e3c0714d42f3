// Record, in the menu of a call: what it means is said before anybody is asked.
import { CircleDot, Square } from 'lucide-preact';
import { Dialog } from '../../ui/dialog.tsx';
import { text } from '../../ui/texts/text.ts';
import { MenuItem } from '../kit/menu-item.tsx';
import type { CallRecordings } from '../model/recording-model.ts';

interface Props {
  readonly recordings: CallRecordings | undefined;
  /** The question about it is asked outside of the menu. */
  readonly onRecord: () => void;
  readonly close: () => void;
}

/** Nothing where nothing can be kept. */
export function RecordItem({ recordings, onRecord, close }: Props) {
  if (!recordings?.actions.record) return null;
  const isRunning = recordings.model.own.value !== undefined;
  return (
    <MenuItem
      icon={isRunning ? Square : CircleDot}
      label={text(isRunning ? 'recordingStop' : 'recordingRecord')}
      onClick={() => {
        close();
        if (isRunning) recordings.actions.stop();
        else onRecord();
      }}
    />
  );
}

interface DialogProps {
  readonly record: () => void;
  readonly onClose: () => void;
}

export function RecordDialog({ record, onClose }: DialogProps) {
  return (
    <Dialog title={text('recordingBeginTitle')} onClose={onClose}>
      <p>{text('recordingBeginAsked')}</p>
      <p>{text('recordingBeginKept')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {text('recordingNotNow')}
        </button>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            onClose();
            record();
          }}
        >
          {text('recordingAskEverybody')}
        </button>
      </div>
    </Dialog>
  );
}
