// The marked moments of a recording: gone to, set and removed.
import { useSignal } from '@preact/signals';
import { Bookmark, Trash2 } from 'lucide-preact';
import type { Marker } from '../core/recording/kept-recording.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';
import { clockText } from '../ui/format/duration.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { announce } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import { NameDialog } from './name-dialog.tsx';
import type { Player } from './player.ts';
import type { RecordingsModel } from './recordings-model.ts';

interface Props {
  readonly recording: ListedRecording;
  readonly player: Player;
  readonly model: RecordingsModel;
}

export function PlayerMarks({ recording, player, model }: Props) {
  /** The moment of the recording that is about to be marked. */
  const asked = useSignal<number | undefined>(undefined);
  const { markers, people, recorder } = recording;
  const words = ({ atMs, text: said, person }: Marker) => {
    const by = people.find(({ id }) => id === person && id !== recorder)?.name;
    const what = by === undefined ? said : text('recordingsMarkOf', said, by);
    return `${clockText(player.film.filmMs(atMs))} ${what}`;
  };
  const tell = (isWritten: boolean) => {
    if (!isWritten) announce(text('recordingsNotWritten'));
  };
  const isAsked = asked.value !== undefined;
  return (
    <>
      <div class="actions">
        <button
          type="button"
          class="button"
          onClick={() => {
            player.stop();
            asked.value = player.film.recordingMs(player.atMs.peek());
          }}
        >
          <Bookmark size={18} aria-hidden="true" />
          {text('recordingsMarkHere')}
        </button>
      </div>
      {markers.length > 0 && (
        <ul class="player-marks" aria-label={text('recordingsMarks')}>
          {markers.map((marker) => (
            <li key={marker.atMs} class="player-mark">
              <button type="button" class="button" onClick={() => player.seek(player.film.filmMs(marker.atMs))}>
                {words(marker)}
              </button>
              <IconButton
                icon={Trash2}
                size={18}
                label={text('recordingsUnmark', words(marker))}
                onClick={() => void model.unmark(recording, marker).then(tell)}
              />
            </li>
          ))}
        </ul>
      )}
      {isAsked && (
        <NameDialog
          title={text('recordingsMarkTitle', clockText(player.atMs.value))}
          name={text('recordingMark')}
          onName={(name) => void model.mark(recording, asked.peek() ?? 0, name).then(tell)}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </>
  );
}
