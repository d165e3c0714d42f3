// Puts a recording into a room: which room, the film or one track, who gets it then, and who of those in it has not agreed. Loaded when it is asked for.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Segment } from '../core/recording/kept-recording.ts';
import { whoDidNotAgree } from '../core/recording/shareable.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';
import { Dialog } from '../ui/dialog.tsx';
import { clockText } from '../ui/format/duration.ts';
import { enumeration } from '../ui/format/enumeration.ts';
import { announce } from '../ui/live-region.tsx';
import { plural, text } from '../ui/texts/text.ts';
import type { PutOutcome } from './put-into.ts';
import type { RecordingsModel } from './recordings-model.ts';
import { type RoomHere, roomsHere } from './rooms-here.ts';
import { filmName, trackFileName } from './saved-names.ts';

export interface PutProps {
  readonly recording: ListedRecording;
  readonly model: RecordingsModel;
  /** The room that is chosen at first. */
  readonly into: string | undefined;
  readonly onClose: () => void;
}

const sentences = {
  'no-space': 'recordingsPutNoSpace',
  'not-written': 'recordingsPutNotWritten',
  unreadable: 'recordingsPutUnreadable',
} as const satisfies Record<Exclude<PutOutcome, 'put'>, string>;

type State =
  | { readonly state: 'asked'; readonly problem?: string }
  /** The film is made, or the track written anew. */
  | { readonly state: 'making' }
  | { readonly state: 'putting'; readonly share: number };

const typeOf = (name: string): string => (name.endsWith('.mp4') ? 'video/mp4' : 'video/webm');

async function fileFor({ recording, model }: PutProps, segment: Segment | undefined) {
  const file = segment ? await model.exported(recording, segment) : await model.film(recording);
  if (!file) return undefined;
  const name = segment ? trackFileName(recording, segment, file.name) : filmName(recording, file.name);
  return { file, name: name.slice(0, 255), type: typeOf(file.name) };
}

async function put(props: PutProps, room: RoomHere, segment: Segment | undefined, state: Signal<State>): Promise<void> {
  state.value = { state: 'making' };
  const made = await fileFor(props, segment).catch(() => undefined);
  if (!made) {
    state.value = { state: 'asked', problem: text('recordingsPutNoFile') };
    return;
  }
  const { file, name, type } = made;
  state.value = { state: 'putting', share: 0 };
  const outcome = await room.put(file, { name, type }, (share) => {
    state.value = { state: 'putting', share };
  });
  if (outcome === 'put') {
    announce(text('recordingsPutDone', name, room.name));
    props.onClose();
  } else state.value = { state: 'asked', problem: text(sentences[outcome], room.name) };
}

/** Who gets it, and who of those in it gets none of it. */
function Audience({
  room,
  recording,
  segment,
}: {
  readonly room: RoomHere;
  readonly recording: ListedRecording;
  readonly segment: Segment | undefined;
}) {
  const names = [...room.members.values()];
  const written = new Set((segment ? [segment] : recording.segments).map(({ person }) => person));
  const strangers = recording.people.filter(
    ({ id }) => written.has(id) && id !== recording.recorder && !room.members.has(id),
  );
  return (
    <>
      <p>
        {names.length === 0 ? text('recordingsPutAlone') : plural('recordingsPutWho', names.length, enumeration(names))}
      </p>
      {strangers.length === 0 ? null : (
        <p class="hint">
          {plural('recordingsPutStrangers', strangers.length, enumeration(strangers.map(({ name }) => name)))}
        </p>
      )}
    </>
  );
}

function trackWords({ people }: ListedRecording, { person, part, fromMs }: Segment): string {
  const name = people.find(({ id }) => id === person)?.name ?? '';
  const what = text(part === 'screen' ? 'recordingsTrackScreen' : 'recordingsTrackCamera', name);
  return `${what} · ${clockText(fromMs)}`;
}

interface ChoicesProps extends PutProps {
  readonly rooms: readonly RoomHere[];
}

function Choices(props: ChoicesProps) {
  const { recording, rooms, into } = props;
  const chosen = useSignal(rooms.some(({ room }) => room === into) ? (into ?? '') : (rooms[0]?.room ?? ''));
  const file = useSignal('');
  const state: Signal<State> = useSignal({ state: 'asked' });
  const room = rooms.find((one) => one.room === chosen.value);
  const segment = recording.segments.find((one) => one.file === file.value);
  const missing = new Set(whoDidNotAgree(recording, segment));
  const names = recording.people.filter(({ id }) => missing.has(id)).map(({ name }) => name);
  const now = state.value;
  const isBusy = now.state !== 'asked';
  if (!room) return <p>{text('recordingsPutNoRooms')}</p>;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && names.length === 0) void put(props, room, segment, state);
      }}
    >
      <label class="field">
        <span>{text('recordingsPutRoom')}</span>
        <select
          class="input"
          disabled={isBusy}
          value={chosen.value}
          onChange={({ currentTarget }) => (chosen.value = currentTarget.value)}
        >
          {rooms.map((one) => (
            <option key={one.room} value={one.room}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{text('recordingsPutWhat')}</span>
        <select
          class="input"
          disabled={isBusy}
          value={file.value}
          onChange={({ currentTarget }) => (file.value = currentTarget.value)}
        >
          <option value="">{text('recordingsPutFilm')}</option>
          {recording.segments.map((one) => (
            <option key={one.file} value={one.file}>
              {trackWords(recording, one)}
            </option>
          ))}
        </select>
      </label>
      {names.length === 0 ? (
        <Audience room={room} recording={recording} segment={segment} />
      ) : (
        <p class="problem" role="alert">
          {plural('recordingsPutNoConsent', names.length, enumeration(names))}
        </p>
      )}
      <div aria-live="polite">
        {now.state === 'making' ? <p class="hint">{text('recordingsPutMaking')}</p> : null}
        {now.state === 'asked' && now.problem !== undefined ? <p class="problem">{now.problem}</p> : null}
      </div>
      {now.state === 'putting' ? (
        <progress aria-label={text('recordingsPutShare', room.name)} max={1} value={now.share} />
      ) : null}
      <div class="actions">
        <button type="submit" class="button primary" disabled={isBusy || names.length > 0}>
          {text('recordingsPutInto', room.name)}
        </button>
      </div>
    </form>
  );
}

export function PutDialog(props: PutProps) {
  const rooms: Signal<readonly RoomHere[] | 'failed' | undefined> = useSignal(undefined);
  useEffect(() => {
    roomsHere().then(
      (found) => {
        rooms.value = found;
      },
      () => {
        rooms.value = 'failed';
      },
    );
  }, []);
  return (
    <Dialog title={text('recordingsPutTitle')} onClose={props.onClose}>
      {rooms.value === undefined ? <p class="hint">{text('recordingsPutLooking')}</p> : null}
      {rooms.value === 'failed' ? <p class="problem">{text('recordingsPutCannotRead')}</p> : null}
      {typeof rooms.value === 'object' ? <Choices {...props} rooms={rooms.value} /> : null}
    </Dialog>
  );
}
