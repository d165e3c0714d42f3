// The call page in each of its states: what the model holds, and nothing else. A state is a name and the models that the views are given.
import type { EndReason } from '../core/call/end-reason.ts';
import { meetingStates, recordingStates } from './beside-states.ts';
import { type CallScene, type Draw, withBackground, withDevices } from './call-scene.ts';
import { galleryNow, idOf, names } from './fixtures/people.ts';
import { stageStates } from './stage-states.ts';

const endReasons: readonly EndReason[] = [
  'hung-up',
  'remote-hung-up',
  'declined',
  'busy',
  'call-full',
  'call-locked',
  'door-closed',
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

function openDoor(scene: CallScene): void {
  const { model, door } = scene;
  withDevices(scene);
  model.phase.value = { phase: 'door' };
  door.state.value = 'open';
  door.relaysUp.value = true;
  door.invitation.value = {
    link: `ffc:1:${'AbCd'.repeat(40)}`,
    to: 'call',
    name: names[0],
    hasRelay: true,
    page: 'https://call.example.org/join/',
  };
}

/** Every state of the call page, by name. */
export const callStates: Readonly<Record<string, Draw>> = {
  loading: ({ model }) => {
    model.contactName.value = '';
  },
  'loading-ring': () => undefined,
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
  'before-background': (scene) => {
    withDevices(scene);
    withBackground(scene, 'color', 'on');
    scene.model.phase.value = { phase: 'before' };
  },
  'before-too-slow': (scene) => {
    withDevices(scene);
    withBackground(scene, 'picture', 'slow');
    scene.model.phase.value = { phase: 'before' };
  },
  'before-menu-microphone': (scene) => {
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
      ({ model, own }) => {
        own.microphone.value = state;
        own.camera.value = state;
        model.phase.value = { phase: 'before' };
      },
    ]),
  ),
  'before-hidden': (scene) => {
    withDevices(scene);
    scene.model.addressHiding.value = 'impossible';
    scene.model.phase.value = { phase: 'before' };
  },
  'door-shut': ({ model }) => {
    model.phase.value = { phase: 'door' };
  },
  'door-open': openDoor,
  'door-knocks': (scene) => {
    openDoor(scene);
    scene.door.title.value = 'Parents’ evening';
    scene.group.knocks.value = [3, 4].map((place) => ({
      id: idOf(place),
      name: names[place] ?? '',
      isContact: false,
      lookalike: undefined,
      hiding: 'off',
    }));
  },
  'door-kept': (scene) => {
    openDoor(scene);
    const [from, until] = [galleryNow, galleryNow + 3_600_000];
    scene.door.kept.value = { id: 'door', secret: '', title: 'Parents’ evening', from, until };
  },
  'door-no-relay': (scene) => {
    openDoor(scene);
    scene.door.relaysUp.value = false;
  },
  'door-closed': ({ model, door }) => {
    model.phase.value = { phase: 'door' };
    door.state.value = 'closed';
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
  'dialing-not-added': (scene) => {
    withDevices(scene);
    scene.model.mayNotKnowUs.value = true;
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
  ...stageStates,
  ...meetingStates,
  ...recordingStates,
  ...Object.fromEntries(
    endReasons.map((reason): [string, Draw] => [
      `ended-${reason}`,
      ({ model }) => {
        model.phase.value = { phase: 'ended', reason, durationMs: 725_000, noteLeft: reason === 'unreachable' };
      },
    ]),
  ),
  'ended-moved-away': ({ model, group }) => {
    model.phase.value = { phase: 'ended', reason: 'moved-away', durationMs: 725_000 };
    group.handOver.value = { state: 'gone', bringBack: () => undefined };
  },
  'move-offered': ({ group }) => {
    group.handOver.value = { state: 'offered', begin: () => undefined };
  },
  'move-arriving': ({ model, group }) => {
    model.phase.value = { phase: 'dialing' };
    group.handOver.value = { state: 'arriving', cancel: () => undefined };
  },
  ...Object.fromEntries(
    (['several', 'not-followed', 'over'] as const).map((why): [string, Draw] => [
      `move-off-${why}`,
      ({ group }) => {
        group.handOver.value = { state: 'off', why, again: () => undefined };
      },
    ]),
  ),
  'ended-closing': ({ model, own }) => {
    own.closesAfterCall.value = true;
    model.phase.value = { phase: 'ended', reason: 'hung-up', durationMs: 725_000 };
  },
  'ended-leave-message': ({ model }) => {
    const unanswered = { to: '', call: '', at: '', media: 'video' } as const;
    model.phase.value = { phase: 'ended', reason: 'no-answer', durationMs: 0, unanswered };
  },
  'ended-missed': ({ model }) => {
    model.isCallee.value = true;
    model.phase.value = { phase: 'ended', reason: 'caller-cancelled', durationMs: 0 };
  },
  'ended-not-added': ({ model, own }) => {
    model.mayNotKnowUs.value = true;
    own.invitation.value = {
      ...{ link: `ffc:1:${'AZaz09-_'.repeat(36)}`, to: 'person', name: names[0], hasRelay: true },
    };
    model.phase.value = { phase: 'ended', reason: 'unreachable', durationMs: 0, noteLeft: true };
  },
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
