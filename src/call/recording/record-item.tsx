// Record, in the bar of a call or its menu: what it means is said before anybody is asked.
import { CircleDot, Square } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { OwnRecorded } from '../../core/stage/stage-view.ts';
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

/** Nothing where nothing can be kept. */
export function RecordButton({ recordings, onRecord }: Omit<Props, 'close'>) {
  if (!recordings?.actions.record) return null;
  const isRunning = recordings.model.own.value !== undefined;
  const label = text(isRunning ? 'recordingStop' : 'recordingRecord');
  const Icon = isRunning ? Square : CircleDot;
  return (
    <button
      type="button"
      class={`round-button${isRunning ? ' sharing' : ''}`}
      title={label}
      onClick={() => (isRunning ? recordings.actions.stop() : onRecord())}
    >
      <Icon aria-hidden="true" />
    </button>
  );
}

interface DialogProps {
  readonly record: () => void;
  readonly ownPicture: OwnRecorded;
  readonly onOwnPicture: (picture: OwnRecorded) => void;
  readonly onClose: () => void;
}

const ownPictures = { small: 'recordingOwnSmall', full: 'recordingOwnFull', none: 'recordingOwnNone' } as const;

export function RecordDialog({ record, ownPicture, onOwnPicture, onClose }: DialogProps) {
  const field = useId();
  return (
    <Dialog title={text('recordingBeginTitle')} onClose={onClose}>
      <p>{text('recordingBeginAsked')}</p>
      <p>{text('recordingBeginKept')}</p>
      <div class="field">
        <label for={field}>{text('recordingOwnPicture')}</label>
        <select
          id={field}
          class="input"
          value={ownPicture}
          onChange={({ currentTarget: { value } }) => onOwnPicture(value as OwnRecorded)}
        >
          {(['small', 'full', 'none'] as const).map((picture) => (
            <option key={picture} value={picture}>
              {text(ownPictures[picture])}
            </option>
          ))}
        </select>
      </div>
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
