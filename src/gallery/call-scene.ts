// What the gallery's states of the call page are made of: the models that the views are given, and people to put into them.
import { signal } from '@preact/signals';
import { type ChatModel, emptyChatModel } from '../call/chat/chat-model.ts';
import type { CardState } from '../call/model/card-state.ts';
import { type DoorModel, emptyDoorModel } from '../call/model/door-model.ts';
import {
  emptyGroupModel,
  type GroupModel,
  type Newcomer,
  type Participant,
  type Presence,
} from '../call/model/group-model.ts';
import { emptyOtherCalls, type OtherCallsModel } from '../call/model/other-calls.ts';
import { type DeviceState, emptyOwnModel, type OwnModel } from '../call/model/own-model.ts';
import { type CallPhase, emptyPersonModel, type PairModel } from '../call/model/person-model.ts';
import { defaultSettings } from '../core/data/settings.ts';
import { sasEmojiTable } from '../core/identity/sas-emoji.ts';
import { type Background, type EffectChoice, effectChoice, type PictureEffectState } from '../core/media/effects.ts';
import { galleryNow, idOf, names } from './fixtures/people.ts';
import { cameraOf } from './fixtures/pictures.ts';

export interface CallScene {
  readonly door: DoorModel;
  readonly model: PairModel;
  readonly own: OwnModel;
  readonly group: GroupModel;
  readonly chat: ChatModel;
  readonly others: OtherCallsModel;
}

export type Draw = (scene: CallScene) => void;

/** Four to compare. */
export const emoji = [9, 40, 55, 22].flatMap((place) => sasEmojiTable[place] ?? []);
const connected: CallPhase = { phase: 'connected', sinceMs: galleryNow - 725_000, isBack: false };

/** A scene with one other person, before anything has happened. */
export function emptyScene(): CallScene {
  const [model, own] = [emptyPersonModel(), emptyOwnModel()];
  model.contactId.value = idOf(1);
  model.contactName.value = names[1];
  own.id.value = idOf(0);
  own.name.value = names[0];
  model.relaysUp.value = true;
  own.devices.value = {
    microphones: [{ id: 'm', label: 'Microphone of this laptop' }],
    cameras: [
      { id: 'c', label: 'Camera of this laptop' },
      { id: 'd', label: 'A camera with a very long name, 1080p, on the third USB port of the dock' },
    ],
    speakers: [{ id: 's', label: 'Speakers' }],
  };
  const scene = {
    model,
    own,
    group: emptyGroupModel(),
    chat: emptyChatModel(),
    others: emptyOtherCalls(),
    door: emptyDoorModel(),
  };
  scene.group.invitable.value = [3, 4, 5].map((place) => ({ id: idOf(place), name: names[place] ?? '' }));
  return scene;
}

/** Own devices are on, with a picture. */
export function withDevices({ own }: CallScene, camera: DeviceState = 'on'): void {
  own.microphone.value = 'on';
  own.camera.value = camera;
  own.level.value = 0.4;
  own.picture.value = camera === 'on' ? cameraOf(0) : undefined;
}

/** A background is chosen, and fares so. */
export function withBackground(
  { own }: CallScene,
  background: Background,
  picture: PictureEffectState,
  choice: Partial<EffectChoice> = {},
): void {
  const chosen = { ...effectChoice(defaultSettings), background, ...choice };
  own.effects.value = { choice: chosen, picture, noise: 'own' };
}

/** A participant whose model the gallery writes. */
type Drawn = Participant & { readonly model: PairModel };

function participant(place: number, presence: Presence = 'in'): Drawn {
  const model = emptyPersonModel();
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
    moves: 0,
  };
}

export function newcomer(place: number, state: Newcomer['state']): Newcomer {
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
export function up(scene: CallScene): void {
  const { model } = scene;
  withDevices(scene);
  model.phase.value = connected;
  model.remoteStream.value = cameraOf(1);
  model.remoteCameraOn.value = true;
  scene.group.participants.value = [{ ...participant(1), model }];
}

export function several(
  scene: CallScene,
  count: number,
  presenceOf: (place: number) => Presence = () => 'in',
): readonly Drawn[] {
  withDevices(scene);
  scene.model.phase.value = connected;
  const people = Array.from({ length: count }, (_, index) => participant(index + 1, presenceOf(index + 1)));
  scene.group.participants.value = people;
  return people;
}
