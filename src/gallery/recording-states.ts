// Recordings in a call: the question, and the signs of one's own and of others' recordings.
import type { OwnRecording, TheirRecording } from '../call/model/recording-model.ts';
import { emptyRecordingModel } from '../call/recording/recording-signals.ts';
import { type CallScene, type Draw, several, up } from './call-scene.ts';
import { galleryNow, idOf, names } from './people.ts';

const theirs: TheirRecording = {
  id: 'a',
  person: idOf(1),
  name: names[1],
  state: 'on',
  sinceMs: galleryNow - 760_000,
  yes: true,
  isInsisting: false,
};

const own: OwnRecording = {
  state: 'on',
  sinceMs: galleryNow - 760_000,
  recorded: [names[1], names[3] ?? ''],
  refused: [names[2]],
  silent: [],
  bytes: 212_000_000,
  minutesLeft: undefined,
};

function recorded({ group }: CallScene, theirRecordings: readonly TheirRecording[], ownRecording?: OwnRecording): void {
  const model = emptyRecordingModel();
  model.theirs.value = theirRecordings;
  model.own.value = ownRecording;
  const nothing = () => undefined;
  group.recordings.value = {
    model,
    actions: {
      answer: nothing,
      halt: nothing,
      record: nothing,
      pause: nothing,
      stop: nothing,
      mark: nothing,
      markTheirs: nothing,
    },
  };
}

const two =
  (...recordings: readonly TheirRecording[]): Draw =>
  (scene) => {
    up(scene);
    recorded(scene, recordings);
  };

const group =
  (change: Partial<OwnRecording>, ...recordings: readonly TheirRecording[]): Draw =>
  (scene) => {
    several(scene, 3);
    recorded(scene, recordings, { ...own, ...change });
  };

/** By name. */
export const recordingStates: Readonly<Record<string, Draw>> = {
  'recording-question': two({ ...theirs, state: 'asking', yes: undefined }),
  'recording-question-runs': two({ ...theirs, name: names[2], yes: undefined }),
  'recording-in-it': two(theirs),
  'recording-left-out': two({ ...theirs, state: 'paused', yes: false }),
  'recording-asks-again': two({ ...theirs, state: 'asking', yes: undefined, isInsisting: true }),
  'recording-own-asking': group({ state: 'asking', recorded: [], refused: [], silent: [names[1]] }),
  'recording-own': group({}),
  'recording-own-disk': group({ state: 'paused', minutesLeft: 7 }, { ...theirs, name: names[2] }),
};
