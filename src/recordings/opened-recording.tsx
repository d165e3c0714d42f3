// A recording whose tracks are ready: watched, saved track by track, and what of it can be deleted. Loaded when the first one is opened.
import type { Segment } from '../core/recording/kept-recording.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';
import { download } from '../ui/files/download.ts';
import { clockText } from '../ui/format/duration.ts';
import { announce } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import { ForgetPeople } from './forget-people.tsx';
import { PlayerView } from './player-view.tsx';
import type { ReadyTrack, RecordingsModel } from './recordings-model.ts';
import { readableMs, trackFileName } from './saved-names.ts';

export interface OpenedProps {
  readonly recording: ListedRecording;
  readonly tracks: readonly ReadyTrack[];
  readonly model: RecordingsModel;
}

export function OpenedRecording({ recording, tracks, model }: OpenedProps) {
  const isSaving = tracks.some(({ segment }) => model.saving.value.has(segment.file));
  return (
    <>
      {tracks.length > 0 ? (
        <PlayerView recording={recording} tracks={tracks} model={model} />
      ) : (
        <p class="problem">{text('recordingsNothingIn')}</p>
      )}
      <h3>{text('recordingsTracks')}</h3>
      <p class="hint">{text('recordingsTracksHint')}</p>
      {tracks.length > 1 && (
        <div class="actions">
          <button
            type="button"
            class="button"
            disabled={isSaving}
            onClick={() => void saveAll(model, recording, tracks)}
          >
            {text('recordingsSaveAllTracks')}
          </button>
        </div>
      )}
      <ul class="recording-tracks">
        {tracks.map(({ segment }) => (
          <li key={segment.file}>
            <TrackButton recording={recording} segment={segment} model={model} />
          </li>
        ))}
      </ul>
      <ForgetPeople recording={recording} model={model} />
    </>
  );
}

async function saveTrack(model: RecordingsModel, recording: ListedRecording, segment: Segment): Promise<void> {
  const file = await model.exported(recording, segment);
  if (file) download(trackFileName(recording, segment, file.name), file, readableMs);
  else announce(text('recordingsNothingIn'));
}

/** One after the other: each is written anew first. */
async function saveAll(model: RecordingsModel, recording: ListedRecording, tracks: readonly ReadyTrack[]) {
  for (const { segment } of tracks) await saveTrack(model, recording, segment);
}

interface TrackProps extends Pick<OpenedProps, 'recording' | 'model'> {
  readonly segment: Segment;
}

function TrackButton({ recording, segment, model }: TrackProps) {
  const person = recording.people.find(({ id }) => id === segment.person)?.name ?? '';
  const isSaving = model.saving.value.has(segment.file);
  const what = text(segment.part === 'screen' ? 'recordingsTrackScreen' : 'recordingsTrackCamera', person);
  return (
    <button type="button" class="button" disabled={isSaving} onClick={() => void saveTrack(model, recording, segment)}>
      {text(isSaving ? 'recordingsSaving' : 'recordingsSaveTrack', `${what} · ${clockText(segment.fromMs)}`)}
    </button>
  );
}
