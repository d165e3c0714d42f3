// A call that is up, of two and of more, in each of its states.
import { signal } from '@preact/signals';
import type { CardState } from '../call/model/card-state.ts';
import { type Draw, emoji, newcomer, several, up, withBackground, withDevices } from './call-scene.ts';
import { doubtfulTalk, talk } from './chat-scene.ts';
import { galleryNow, idOf, names } from './fixtures/people.ts';
import { sharedScreen } from './fixtures/pictures.ts';

/** What is clicked in a state once it is shown. */
export const callClicks: Readonly<Record<string, readonly string[]>> = {
  'two-menu-camera': ['Choose camera'],
  'two-menu-person': ['More about Bob'],
  'two-keys': ['More', 'Keyboard shortcuts'],
  'before-menu-microphone': ['Choose microphone'],
};

/** By name. */
export const stageStates: Readonly<Record<string, Draw>> = {
  connecting: (scene) => {
    up(scene);
    scene.model.remoteStream.value = undefined;
    scene.model.phase.value = { phase: 'connecting' };
    const [first] = scene.group.participants.value;
    if (first) first.presence.value = 'connecting';
  },
  two: up,
  'two-compare-emoji': (scene) => {
    up(scene);
    scene.model.security.value = { state: 'ready', emoji, verification: { state: 'unverified' }, isQuantumSafe: true };
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
  'two-menu-camera': up,
  'two-menu-person': up,
  'two-keys': up,
  'two-muted-speaking': (scene) => {
    up(scene);
    scene.own.microphone.value = 'off';
    scene.own.mutedSpeaking.value = true;
  },
  'two-effect-stopped': (scene) => {
    up(scene);
    withBackground(scene, 'blur', 'stopped');
  },
  'two-microphone-silenced': (scene) => {
    up(scene);
    scene.own.microphone.value = 'silenced';
  },
  'two-their-screen': (scene) => {
    up(scene);
    scene.model.remoteScreen.value = sharedScreen();
    scene.model.remoteScreenOn.value = true;
  },
  'two-own-screen': (scene) => {
    up(scene);
    scene.own.screen.value = 'on';
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
  'two-emoji-different': (scene) => {
    up(scene);
    scene.model.security.value = { state: 'ready', emoji, verification: { state: 'different', at: galleryNow } };
  },
  'two-voice': (scene) => {
    up(scene);
    withDevices(scene, 'off');
    scene.model.media.value = 'audio';
    scene.model.remoteCameraOn.value = false;
    scene.model.remoteSpeaking.value = true;
  },
  'two-stranger': (scene) => {
    up(scene);
    const [first] = scene.group.participants.value;
    if (!first) return;
    first.isContact.value = false;
    first.introducedBy.value = names[3];
    scene.group.participants.value = [{ ...first, card: signal<CardState>('none') }];
  },
  'two-knock': (scene) => {
    up(scene);
    scene.group.knocks.value = [{ id: 'knock', name: names[3], isContact: true, lookalike: undefined, hiding: 'off' }];
  },
  'two-call-waiting': (scene) => {
    up(scene);
    scene.others.waiting.value = { callId: 'w', contactId: idOf(3), name: names[3] ?? '', media: 'video', others: 0 };
  },
  'two-call-waiting-long': (scene) => {
    up(scene);
    scene.others.waiting.value = { callId: 'w', contactId: idOf(2), name: names[2] ?? '', media: 'audio', others: 3 };
  },
  'two-moving-away': (scene) => {
    up(scene);
    scene.group.handOver.value = { state: 'leaving', keep: () => undefined };
  },
  'two-not-moved': (scene) => {
    up(scene);
    scene.group.handOver.value = { state: 'kept', why: 'failed', dismiss: () => undefined };
  },
  'two-other-on-hold': (scene) => {
    up(scene);
    scene.others.other.value = { page: 'p', name: names[2] ?? '', isOnHold: true };
  },
  'two-on-hold': (scene) => {
    up(scene);
    scene.others.isOnHold.value = true;
    scene.others.other.value = { page: 'p', name: names[3] ?? '', isOnHold: false };
  },
  'two-on-hold-alone': (scene) => {
    up(scene);
    scene.others.isOnHold.value = true;
  },
  'two-put-on-hold': (scene) => {
    up(scene);
    scene.model.remoteOnHold.value = true;
    scene.model.remoteCameraOn.value = false;
    scene.model.remoteMicrophoneOn.value = false;
  },
  'two-self-top-left': (scene) => {
    up(scene);
    scene.group.stage.value = { ...scene.group.stage.value, corner: 'top-left' };
  },
  'two-self-hidden': (scene) => {
    up(scene);
    scene.group.stage.value = { ...scene.group.stage.value, isSelfHidden: true };
  },
  'two-hand-and-reaction': (scene) => {
    up(scene);
    scene.group.ownHandRaised.value = true;
    const [first] = scene.group.participants.value;
    if (first) first.handRaised.value = true;
    scene.group.reactions.value = [{ id: 1, from: first?.id, emoji: '👏' }];
  },
  'group-of-three': (scene) => void several(scene, 2),
  'group-of-eight': (scene) => void several(scene, 7),
  'group-all-kinds': (scene) =>
    void several(
      scene,
      6,
      (place) => (['in', 'in', 'ringing', 'declined', 'unreachable', 'left'] as const)[place - 1] ?? 'in',
    ),
  'group-shared-screen': (scene) => {
    const [first] = several(scene, 4);
    if (!first) return;
    first.model.remoteScreen.value = sharedScreen();
    first.model.remoteScreenOn.value = true;
  },
  'group-speaker': (scene) => {
    several(scene, 4);
    scene.group.stage.value = { people: 'speaker', self: 'corner' };
  },
  'group-own-screen': (scene) => {
    several(scene, 2);
    scene.own.screen.value = 'on';
  },
  'group-two-screens': (scene) => {
    for (const { model } of several(scene, 3).slice(0, 2)) {
      model.remoteScreen.value = sharedScreen();
      model.remoteScreenOn.value = true;
    }
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
  'group-locked-chat': (scene) => {
    several(scene, 3);
    scene.group.isLocked.value = true;
    talk(scene);
  },
};
