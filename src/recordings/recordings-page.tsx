// The page of recordings: the list, and what can be done with each.
import { useSignal } from '@preact/signals';
import { filmTime } from '../core/recording/film-time.ts';
import { keptFilm } from '../platform/store/film-file.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { download } from '../ui/files/download.ts';
import { byteWords } from '../ui/format/amounts.ts';
import { clockText } from '../ui/format/duration.ts';
import { enumeration } from '../ui/format/enumeration.ts';
import { wholeMoment } from '../ui/format/moment.ts';
import { announce, LiveRegion } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import { FilmPart } from './film/film-part.tsx';
import { lateOpened, latePut } from './late-opened.ts';
import { NameDialog } from './name-dialog.tsx';
import type { RecordingsModel } from './recordings-model.ts';
import { filmName, readableMs } from './saved-names.ts';

interface Props {
  readonly model: RecordingsModel;
}

export function RecordingsPage({ model }: Props) {
  const recordings = model.recordings.value;
  const free = model.free.value;
  return (
    <main class="recordings">
      <h1>{text('recordingsTitle')}</h1>
      <p class="hint">{text('recordingsWhere')}</p>
      {free !== undefined && (
        <p class="hint">
          {recordings && recordings.length > 0
            ? text('recordingsSpace', byteWords(recordings.reduce((sum, { size }) => sum + size, 0)), byteWords(free))
            : text('recordingsFree', byteWords(free))}
        </p>
      )}
      {model.hasFailed.value && <p class="problem">{text('recordingsCannotRead')}</p>}
      {recordings?.length === 0 && <p>{text('recordingsNone')}</p>}
      {recordings && recordings.length > 0 && <p class="hint">{text('recordingsFilmHint')}</p>}
      <ul class="recordings-list">
        {recordings?.map((recording) => (
          <li key={recording.id}>
            <RecordingCard recording={recording} model={model} />
          </li>
        ))}
      </ul>
      <LiveRegion />
    </main>
  );
}

interface CardProps extends Props {
  readonly recording: ListedRecording;
}

function stateWords({ end }: ListedRecording, isRunning: boolean): string | undefined {
  if (isRunning) return text('recordingsRunning');
  return end === undefined ? text('recordingsRepaired') : undefined;
}

function RecordingCard({ recording, model }: CardProps) {
  const isDeleting = useSignal(false);
  const isNaming = useSignal(false);
  const isPutting = useSignal(false);
  const into = model.putInto.value;
  const isAsked =
    into !== undefined && model.recordings.value?.[0] === recording && !model.running.value.has(recording.id);
  const { id, name, startedAt, lengthMs, pauses, size, people, recorder, segments, files } = recording;
  const isRunning = model.running.value.has(id);
  const opening = model.opening.value;
  const isOpen = opening.state !== 'none' && opening.id === id;
  // Whoever stopped it said no in the end, and is in it until then.
  const written = new Set(segments.map(({ person }) => person));
  const named = (isIn: boolean) =>
    people.filter((one) => one.id !== recorder && written.has(one.id) === isIn).map((one) => one.name);
  const [recorded, left] = [named(true), named(false)];
  const state = stateWords(recording, isRunning);
  const film = model.films.states.value.get(id);
  const isMaking = film?.state === 'waiting' || film?.state === 'making';
  return (
    <article class="recording-card" aria-label={name}>
      <h2 dir="auto">{name}</h2>
      <p class="hint">
        {`${wholeMoment(startedAt)} · ${clockText(filmTime(lengthMs, pauses).lengthMs)} · ${byteWords(size)}`}
      </p>
      {recorded.length > 0 && <p>{text('recordingsIn', enumeration(recorded))}</p>}
      {left.length > 0 && <p>{text('recordingsOut', enumeration(left))}</p>}
      {state !== undefined && <p class="recording-state">{state}</p>}
      {!isRunning && (
        <div class="actions">
          <button
            type="button"
            class="button primary"
            aria-expanded={isOpen}
            onClick={() => (isOpen ? model.close() : void model.open(recording))}
          >
            {text(isOpen ? 'recordingsClose' : 'recordingsWatch')}
          </button>
          <button type="button" class="button" disabled={isMaking} onClick={() => void saveFilm(model, recording)}>
            {text('recordingsSaveFilm')}
          </button>
          <button type="button" class="button" onClick={() => (isPutting.value = true)}>
            {text('recordingsPut')}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              isNaming.value = true;
            }}
          >
            {text('recordingsRenameButton')}
          </button>
          <button
            type="button"
            class="button danger"
            onClick={() => {
              isDeleting.value = true;
            }}
          >
            {text('recordingsDelete')}
          </button>
        </div>
      )}
      <FilmPart id={id} films={model.films} wasInterrupted={keptFilm(files).state === 'interrupted'} />
      {isOpen && opening.state === 'preparing' && (
        <p role="status">{text('recordingsPreparing', String(opening.done + 1), String(opening.of))}</p>
      )}
      {isOpen && opening.state === 'ready' && (
        <lateOpened.Part recording={recording} tracks={opening.tracks} model={model} />
      )}
      {(isPutting.value || isAsked) && (
        <latePut.Part
          recording={recording}
          model={model}
          into={into}
          onClose={() => {
            isPutting.value = false;
            model.putInto.value = undefined;
          }}
        />
      )}
      {isNaming.value && (
        <NameDialog
          title={text('recordingsRename')}
          name={name}
          onName={(wanted) =>
            void model.rename(recording, wanted).then((done) => {
              if (!done) announce(text('recordingsNotWritten'));
            })
          }
          onClose={() => {
            isNaming.value = false;
          }}
        />
      )}
      {isDeleting.value && (
        <ConfirmDialog
          title={text('recordingsDeleteTitle')}
          confirmLabel={text('recordingsDelete')}
          cancelLabel={text('recordingsKeep')}
          onConfirm={() => {
            isDeleting.value = false;
            void model.delete(id).then(() => announce(text('recordingsDeleted')));
          }}
          onClose={() => {
            isDeleting.value = false;
          }}
        >
          <p>{text('recordingsDeleteMeaning')}</p>
        </ConfirmDialog>
      )}
    </article>
  );
}

async function saveFilm(model: RecordingsModel, recording: ListedRecording): Promise<void> {
  const file = await model.film(recording);
  if (file) {
    download(filmName(recording, file.name), file, readableMs);
    announce(text('recordingsFilmSaved'));
  } else if (!model.films.states.peek().has(recording.id)) announce(text('recordingsFilmCancelled'));
}
