// The call page in each of its states: what the model holds, and nothing else. A state is a name and the models that the views are given.
import { signal } from '@preact/signals';
import { type ChatEntry, type ChatModel, emptyChatModel, type ShownFileState } from '../call/chat/chat-model.ts';
import type { CallModel, CallPhase, DeviceState } from '../call/model/call-model.ts';
import { emptyCallModel, modelBeside } from '../call/model/call-model.ts';
import type { CardState } from '../call/model/card-state.ts';
import {
  emptyGroupModel,
  type GroupModel,
  type Newcomer,
  type Participant,
  type Presence,
} from '../call/model/group-model.ts';
import type { EndReason } from '../core/call/end-reason.ts';
import { sasEmojiTable } from '../core/identity/sas-emoji.ts';
import { galleryNow, idOf, names } from './people.ts';
import { cameraOf, sharedScreen } from './pictures.ts';

export interface CallScene {
  readonly model: CallModel;
  readonly group: GroupModel;
  readonly chat: ChatModel;
}

type Draw = (scene: CallScene) => void;

const endReasons: readonly EndReason[] = [
  'hung-up',
  'remote-hung-up',
  'declined',
  'busy',
  'no-answer',
  'unreachable',
  'cancelled',
  'caller-cancelled',
  'answered-elsewhere',
  'relays-unreachable',
  'clock-wrong',
  'connection-failed',
  'connection-lost',
  'cannot-hide-address',
  'security-check-failed',
  'words-different',
  'blocked',
];

const unavailable = [
  'no-identity',
  'unknown-contact',
  'ring-over',
  'blocked-contact',
  'in-another-call',
  'newer-data',
  'no-calls',
  'cannot-read',
  'not-loaded',
] as const;

const emoji = [9, 40, 55, 22].flatMap((place) => sasEmojiTable[place] ?? []);
const connected: CallPhase = { phase: 'connected', sinceMs: galleryNow - 725_000, isBack: false };

/** A scene with one other person, before anything has happened. */
export function emptyScene(): CallScene {
  const model = emptyCallModel();
  model.contactId.value = idOf(1);
  model.contactName.value = names[1];
  model.selfId.value = idOf(0);
  model.relaysUp.value = true;
  model.devices.value = {
    microphones: [{ id: 'm', label: 'Microphone of this laptop' }],
    cameras: [
      { id: 'c', label: 'Camera of this laptop' },
      { id: 'd', label: 'A camera with a very long name, 1080p, on the third USB port of the dock' },
    ],
    speakers: [{ id: 's', label: 'Speakers' }],
  };
  const scene = { model, group: emptyGroupModel(), chat: emptyChatModel() };
  scene.group.invitable.value = [3, 4, 5].map((place) => ({ id: idOf(place), name: names[place] ?? '' }));
  return scene;
}

/** Own devices are on, with a picture. */
function withDevices({ model }: CallScene, camera: DeviceState = 'on'): void {
  model.microphone.value = 'on';
  model.camera.value = camera;
  model.localLevel.value = 0.4;
  model.localPicture.value = camera === 'on' ? cameraOf(0) : undefined;
}

function participant(own: CallModel, place: number, presence: Presence = 'in'): Participant {
  const model = modelBeside(own);
  model.contactId.value = idOf(place);
  model.contactName.value = names[place % names.length] ?? '';
  model.phase.value = presence === 'in' ? connected : { phase: presence === 'ringing' ? 'ringing' : 'dialing' };
  model.remoteStream.value = cameraOf(place, place === 3);
  model.remoteCameraOn.value = presence === 'in' && place !== 4;
  model.remoteMicrophoneOn.value = place !== 5;
  model.remoteSpeaking.value = place === 2;
  model.security.value = { state: 'ready', emoji, verification: { state: 'unverified' } };
  return {
    id: idOf(place),
    model,
    presence: signal(presence),
    isContact: signal(true),
    lookalike: signal<Participant['lookalike']['value']>(undefined),
    introducedBy: signal<string | undefined>(undefined),
    card: signal<CardState>('contact'),
    bridgedBy: signal<string | undefined>(undefined),
    handRaised: signal(place === 5),
    volume: signal(1),
    isMutedHere: signal(false),
  };
}

function newcomer(place: number, state: Newcomer['state']): Newcomer {
  const name = names[place % names.length] ?? '';
  return {
    id: idOf(place),
    name,
    isContact: false,
    lookalike: undefined,
    introducedBy: names[1],
    hiding: 'off',
    state,
  };
}

/** A call of two that is up. */
function up(scene: CallScene): void {
  const { model } = scene;
  withDevices(scene);
  model.phase.value = connected;
  model.remoteStream.value = cameraOf(1);
  model.remoteCameraOn.value = true;
  scene.group.participants.value = [{ ...participant(model, 1), model }];
}

function several(scene: CallScene, count: number, presenceOf: (place: number) => Presence = () => 'in'): void {
  withDevices(scene);
  scene.model.phase.value = connected;
  const places = Array.from({ length: count }, (_, index) => index + 1);
  scene.group.participants.value = places.map((place) => participant(scene.model, place, presenceOf(place)));
}

const message = (place: number, author: number, text: string, re?: string): ChatEntry => ({
  kind: 'message',
  id: `message-${place}`,
  author: author === 0 ? '' : idOf(author),
  at: galleryNow + place * 60_000,
  text,
  arrived: place !== 5,
  ...(re === undefined ? {} : { re }),
});

/** A conversation with what is hard to show: long words, Markdown, right to left, a reply, a file. */
function talk({ chat }: CallScene): void {
  chat.isOpen.value = true;
  chat.isUp.value = true;
  chat.names.value = new Map([1, 2, 3].map((place) => [idOf(place), names[place] ?? '']));
  const facts = {
    id: 'file',
    name: 'Report of the third quarter, final (2).pdf',
    size: 48_000_000,
    type: 'application/pdf',
    modified: galleryNow,
  };
  const file: ShownFileState = {
    facts,
    participant: idOf(1),
    direction: 'in',
    picture: false,
    state: 'moving',
    done: 21_000_000,
    speed: 3_400_000,
    pictureUrl: undefined,
    notShown: undefined,
    saved: false,
  };
  chat.files.value = new Map([['file', signal(file)]]);
  chat.entries.value = [
    message(
      0,
      1,
      'Hello! Here is **what we need**:\n\n1. bread\n2. `milk`\n3. https://example.org/a/very/long/address/that/goes/on/and/on?with=a&query=string',
    ),
    message(1, 0, 'Thank you 👍', 'message-0'),
    message(2, 3, 'مرحبا، كيف الحال؟'),
    { kind: 'file', id: 'file', author: idOf(1), at: galleryNow + 200_000 },
    message(4, 1, `A word without an end: ${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}`),
    message(5, 0, 'This has not arrived yet.'),
  ];
}

/** What nobody should click without a thought: links that say something else, files that may run, pictures that are too much. */
function doubtfulTalk(scene: CallScene): void {
  talk(scene);
  const { chat } = scene;
  const file = (id: string, name: string, type: string, change: Partial<ShownFileState>): [string, ShownFileState] => [
    id,
    {
      facts: { id, name, size: 31_000, type, modified: galleryNow },
      participant: idOf(1),
      direction: 'in',
      picture: type.startsWith('image/'),
      state: 'done',
      done: 31_000,
      speed: 0,
      pictureUrl: undefined,
      notShown: undefined,
      saved: false,
      ...change,
    },
  ];
  const files = [
    file('run', 'Invoice 2026-11.pdf.exe', '', {}),
    file('offered', 'Holiday.lnk', '', { state: 'offered', done: 0 }),
    file('stranger', 'picture.png', 'image/png', { state: 'offered', done: 0 }),
    file('large', 'picture.png', 'image/png', { notShown: 'too-large' }),
    file('broken', 'picture.png', 'image/png', { notShown: 'unreadable' }),
    file('many', 'picture.png', 'image/png', { notShown: 'too-many' }),
  ];
  chat.files.value = new Map(files.map(([id, state]) => [id, signal(state)]));
  chat.entries.value = [
    message(0, 1, 'See [paypal.com](https://evil.example/login) or <https://раураl.com/>, and https://example.org/a'),
    ...files.map(([id], index) => ({ kind: 'file', id, author: idOf(1), at: galleryNow + index * 1_000 }) as const),
  ];
}

/** Every state of the call page, by name. */
export const callStates: Readonly<Record<string, Draw>> = {
  loading: () => undefined,
  ...Object.fromEntries(
    unavailable.map((why): [string, Draw] => [
      `unavailable-${why}`,
      ({ model }) => {
        model.phase.value = { phase: 'unavailable', why };
      },
    ]),
  ),
  before: (scene) => {
    withDevices(scene);
    scene.model.phase.value = { phase: 'before' };
  },
  'before-voice': (scene) => {
    withDevices(scene, 'off');
    scene.model.media.value = 'audio';
    scene.model.phase.value = { phase: 'before' };
  },
  ...Object.fromEntries(
    (['denied', 'missing', 'in-use', 'failed'] as const).map((state): [string, Draw] => [
      `before-devices-${state}`,
      ({ model }) => {
        model.microphone.value = state;
        model.camera.value = state;
        model.phase.value = { phase: 'before' };
      },
    ]),
  ),
  'before-hidden': (scene) => {
    withDevices(scene);
    scene.model.addressHiding.value = 'impossible';
    scene.model.phase.value = { phase: 'before' };
  },
  incoming: (scene) => {
    withDevices(scene);
    scene.model.phase.value = { phase: 'incoming' };
  },
  'incoming-group': (scene) => {
    withDevices(scene);
    scene.model.others.value = 4;
    scene.model.contactName.value = names[2];
    scene.model.phase.value = { phase: 'incoming' };
  },
  dialing: (scene) => {
    withDevices(scene);
    scene.model.phase.value = { phase: 'dialing' };
  },
  'dialing-no-relay': (scene) => {
    withDevices(scene);
    scene.model.relaysUp.value = false;
    scene.model.phase.value = { phase: 'dialing' };
  },
  ringing: (scene) => {
    withDevices(scene);
    scene.model.phase.value = { phase: 'ringing' };
  },
  connecting: (scene) => {
    up(scene);
    scene.model.remoteStream.value = undefined;
    scene.model.phase.value = { phase: 'connecting' };
  },
  two: up,
  'two-compare-emoji': (scene) => {
    up(scene);
    scene.model.security.value = { state: 'ready', emoji, verification: { state: 'unverified' } };
  },
  'two-camera-off': (scene) => {
    up(scene);
    scene.model.remoteCameraOn.value = false;
    scene.model.remoteMicrophoneOn.value = false;
  },
  'two-bad-network': (scene) => {
    up(scene);
    scene.model.ownPaused.value = true;
    scene.model.ownQuality.value = { level: 'poor', cause: 'network' };
    scene.model.remoteQuality.value = { level: 'poor', cause: 'cpu' };
  },
  'two-muted-speaking': (scene) => {
    up(scene);
    scene.model.microphone.value = 'off';
    scene.model.mutedSpeaking.value = true;
  },
  'two-their-screen': (scene) => {
    up(scene);
    scene.model.remoteScreen.value = sharedScreen();
    scene.model.remoteScreenOn.value = true;
  },
  'two-own-screen': (scene) => {
    up(scene);
    scene.model.screen.value = 'on';
  },
  'two-chat': (scene) => {
    up(scene);
    talk(scene);
  },
  'two-chat-doubtful': (scene) => {
    up(scene);
    doubtfulTalk(scene);
  },
  'two-long-name': (scene) => {
    up(scene);
    scene.model.contactName.value = names[2];
    scene.model.remoteCameraOn.value = false;
  },
  reconnecting: (scene) => {
    up(scene);
    scene.model.phase.value = { phase: 'reconnecting', sinceMs: galleryNow - 725_000 };
  },
  'group-of-three': (scene) => several(scene, 2),
  'group-of-eight': (scene) => several(scene, 7),
  'group-all-kinds': (scene) =>
    several(
      scene,
      6,
      (place) => (['in', 'in', 'ringing', 'declined', 'unreachable', 'left'] as const)[place - 1] ?? 'in',
    ),
  'group-shared-screen': (scene) => {
    several(scene, 4);
    const [first] = scene.group.participants.value;
    if (!first) return;
    first.model.remoteScreen.value = sharedScreen();
    first.model.remoteScreenOn.value = true;
  },
  'group-knock': (scene) => {
    several(scene, 2);
    scene.group.knocks.value = [
      { id: 'knock', name: names[2], isContact: false, lookalike: undefined, hiding: 'off' },
      {
        id: 'like',
        name: names[1],
        isContact: false,
        lookalike: { of: 'contact', name: names[1] },
        hiding: 'impossible',
      },
    ];
  },
  'group-newcomer': (scene) => {
    several(scene, 2);
    scene.group.newcomers.value = [newcomer(4, 'asking')];
  },
  'group-newcomers': (scene) => {
    several(scene, 1);
    const [first] = scene.group.participants.value;
    if (first) first.isContact.value = false;
    scene.group.newcomers.value = [
      newcomer(2, 'asking'),
      { ...newcomer(4, 'asking'), lookalike: { of: 'contact', name: names[4] ?? '' }, introducedBy: undefined },
      newcomer(5, 'asking'),
      newcomer(6, 'kept-out'),
      newcomer(7, 'waiting'),
    ];
  },
  'group-strangers': (scene) => {
    several(scene, 4);
    for (const [place, one] of scene.group.participants.value.entries()) {
      one.isContact.value = place === 0;
      if (place === 1) one.introducedBy.value = names[1];
      if (place === 2) one.lookalike.value = { of: 'contact', name: names[3] ?? '' };
      if (place === 3) one.bridgedBy.value = names[1];
    }
    scene.group.newcomers.value = (['kept-out', 'locked-out', 'not-hidden', 'waiting'] as const).map((state, at) =>
      newcomer(at + 5, state),
    );
  },
  'two-stranger': (scene) => {
    up(scene);
    const [first] = scene.group.participants.value;
    if (first) first.isContact.value = false;
  },
  'group-locked-chat': (scene) => {
    several(scene, 3);
    scene.group.isLocked.value = true;
    talk(scene);
  },
  ...Object.fromEntries(
    endReasons.map((reason): [string, Draw] => [
      `ended-${reason}`,
      ({ model }) => {
        model.phase.value = { phase: 'ended', reason, durationMs: 725_000, noteLeft: reason === 'unreachable' };
      },
    ]),
  ),
  'ended-both-networks-blocked': ({ model }) => {
    const network = {
      addresses: 'open',
      ipv4: true,
      ipv6: false,
      overlay: 'none',
      nat: 'unknown',
      udp: 'blocked',
      stun: 'silent',
      turn: 'unset',
      turnIpv4: false,
      turnIpv6: false,
      hidesAddress: false,
    } as const;
    model.phase.value = { phase: 'ended', reason: 'connection-failed', durationMs: 0 };
    model.whyFailed.value = {
      state: 'known',
      own: {
        ...network,
        online: true,
        relays: { total: 2, up: 2 },
        turnServers: { total: 0, working: 0, udp: false, tcp: false, tls: false },
      },
      theirs: network,
    };
  },
};
