// The page of messages in each of its states.
import { signal } from '@preact/signals';
import type { LeftMessage } from '../core/messages/left-message.ts';
import type { MessagesModel } from '../messages/kept/messages-model.ts';
import type { RecorderState } from '../messages/record/recorder.ts';
import { contact, leftMessage } from './fixtures/people.ts';
import { portraitOf } from './fixtures/pictures.ts';

export interface MessagesState {
  /** The page over a model that was filled for it. */
  readonly fill?: (model: MessagesModel) => void;
  /** Or a step of recording one. */
  readonly recorder?: { readonly state: RecorderState; readonly kind?: 'voice'; readonly isVeiled?: true };
}

const all: readonly LeftMessage[] = [
  leftMessage(1, { direction: 'in', state: 'arrived', seconds: 42 }),
  leftMessage(2, { direction: 'in', state: 'heard', kind: 'voice', seconds: 180 }),
  leftMessage(3, { direction: 'in', state: 'announced' }),
  leftMessage(4, { direction: 'out', state: 'waiting' }),
  leftMessage(5, { direction: 'out', state: 'delivered' }),
  leftMessage(6, { direction: 'out', state: 'draft', seconds: 0 }),
];

const listed = (model: MessagesModel): void => {
  model.messages.value = all;
  model.contacts.value = new Map([1, 2, 3, 4, 5, 6].map((place) => [contact(place).id, contact(place)]));
};

export const messagesStates: Readonly<Record<string, MessagesState>> = {
  'messages-none': {
    fill: (model) => {
      model.messages.value = [];
    },
  },
  'messages-listed': { fill: listed },
  'messages-broken': {
    fill: (model) => {
      listed(model);
      model.playing.value = { state: 'broken', m: all[0]?.m ?? '' };
    },
  },
  'messages-player': {
    fill: (model) => {
      listed(model);
      model.playing.value = { state: 'ready', m: all[1]?.m ?? '', url: 'data:audio/webm;base64,' };
    },
  },
  'message-choose': { recorder: { state: { step: 'choose' } } },
  'message-preview': { recorder: { state: { step: 'preview' } } },
  'message-counting': { recorder: { state: { step: 'counting', left: 2 } } },
  'message-recording': { recorder: { state: { step: 'recording', sinceMs: Date.now() - 42_000 }, isVeiled: true } },
  'message-recording-voice': {
    recorder: { state: { step: 'recording', sinceMs: Date.now() - 42_000 }, kind: 'voice' },
  },
  'message-review': { recorder: { state: { step: 'review', url: 'data:video/webm;base64,', seconds: 42 } } },
  'message-too-many': {
    recorder: { state: { step: 'review', url: 'data:video/webm;base64,', seconds: 42, refused: 'too-many' } },
  },
  'message-sent': { recorder: { state: { step: 'sent' } } },
  'message-denied': { recorder: { state: { step: 'failed', why: 'denied' } } },
};

/** A camera that shows somebody. */
export const shownCamera = signal<MediaStream | undefined>(undefined);

export async function openCamera(): Promise<void> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 360];
  const picture = await createImageBitmap(await portraitOf(1));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, 640, 360);
  shownCamera.value = canvas.captureStream(1);
}
