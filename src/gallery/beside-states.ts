// What stands beside a call: recordings, with the question and the signs of one's own and of others'; the room that the call is a meeting of.

import { signal } from '@preact/signals';
import type { CallMeeting, OpenItem, SaidInRoom } from '../call/model/meeting-model.ts';
import type { OwnRecording, TheirRecording } from '../call/model/recording-model.ts';
import { emptyRecordingModel } from '../call/recording/recording-signals.ts';
import { type CallScene, type Draw, newcomer, several, up } from './call-scene.ts';
import { galleryNow, idOf, names } from './fixtures/people.ts';

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

const words = [
  'Good morning! Shall we begin with the budget?',
  `Yes. ${'And then the roof, which has been leaking since March. '.repeat(4)}`,
  'The three offers are in the room, under Files.',
];

const said: readonly SaidInRoom[] = words.map((text, place) => ({
  ...{ id: `${place}`, text, isUnsaid: false, isOwn: place === 2 },
  at: galleryNow - (9 - place) * 60_000,
  author: idOf(place === 2 ? 0 : place + 1),
  name: place === 2 ? 'You' : (names[place + 1] ?? ''),
  markName: names[place === 2 ? 0 : place + 1] ?? '',
}));
const items: readonly OpenItem[] = [
  { id: 'a', title: 'Budget', minutes: 10 },
  { id: 'b', title: 'Who waters in August', minutes: undefined },
  { id: 'c', title: `A point with a ${'very '.repeat(12)}long title`, minutes: 5 },
];

interface Meant {
  readonly isOpen?: boolean;
  readonly isEmpty?: boolean;
  readonly canWrite?: boolean;
  readonly name?: string;
  /** Places of those who are no members. */
  readonly strangers?: readonly number[];
}

function meet(scene: CallScene, drawn: Meant = {}): void {
  const { isOpen = true, isEmpty = false, canWrite = true, strangers = [] } = drawn;
  const open = signal(isOpen);
  const outside = new Set(strangers.map(idOf));
  const meeting: CallMeeting = {
    room: 'garden',
    model: {
      name: signal(drawn.name ?? 'Garden of the Blumenstraße'),
      title: signal(isEmpty ? undefined : 'Summer meeting'),
      isOpen: open,
      unread: signal(isOpen ? 0 : 2),
      said: signal(isEmpty ? [] : said),
      items: signal(isEmpty ? [] : items),
      since: signal(galleryNow - 250_000),
      canWrite: signal(canWrite),
      problem: signal(undefined),
      isMember: (id) => !outside.has(id),
    },
    actions: {
      open: (isWanted) => {
        open.value = isWanted;
      },
      say: async () => true,
      finishItem: async () => true,
      addItem: async () => true,
    },
  };
  scene.group.meeting.value = meeting;
}

export const meetingStates: Readonly<Record<string, Draw>> = {
  meeting: (scene) => {
    several(scene, 4);
    meet(scene);
  },
  'meeting-pair': (scene) => {
    up(scene);
    meet(scene, { name: `The garden of the house at the end of the ${'very '.repeat(8)}long street` });
  },
  'meeting-closed': (scene) => {
    several(scene, 3);
    meet(scene, { isOpen: false });
  },
  'meeting-empty': (scene) => {
    up(scene);
    meet(scene, { isEmpty: true });
  },
  'meeting-strangers': (scene) => {
    several(scene, 3);
    meet(scene, { strangers: [1, 3] });
    scene.group.newcomers.value = [newcomer(4, 'asking')];
  },
  'meeting-shown-out': (scene) => {
    up(scene);
    meet(scene, { canWrite: false });
  },
  'meeting-over': (scene) => {
    up(scene);
    meet(scene, { isOpen: false });
    recorded(scene, []);
    if (scene.group.recordings.value) scene.group.recordings.value.model.hasKept.value = true;
    scene.model.phase.value = { phase: 'ended', reason: 'remote-hung-up', durationMs: 725_000 };
  },
  'meeting-chat': (scene) => {
    up(scene);
    meet(scene, { isOpen: false });
    scene.chat.isOpen.value = true;
  },
};
