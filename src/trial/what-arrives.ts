// Sees what has come from the other window: a picture that moves, a voice, a screen, a message, a whole file.
import { effect, type ReadonlySignal } from '@preact/signals';
import type { ChatModel } from '../call/chat/chat-model.ts';
import type { PersonModel } from '../call/model/person-model.ts';
import type { TrialPart } from './window-talk.ts';

interface Seen {
  /** The other side, as the page shows it. */
  readonly person: ReadonlySignal<
    Pick<PersonModel, 'statistics' | 'remoteSpeaking' | 'remoteMicrophoneOn' | 'remoteScreen'>
  >;
  readonly chat: Pick<ChatModel, 'entries' | 'files'>;
}

/** @param tell called for a part whenever it is seen. @returns a function that ends this. */
export function seeWhatArrives({ person, chat }: Seen, tell: (part: TrialPart) => void): () => void {
  return effect(() => {
    const { statistics, remoteSpeaking, remoteMicrophoneOn, remoteScreen } = person.value;
    if ((statistics.value?.pictureIn?.framesPerSecond ?? 0) > 0) tell('camera');
    if (remoteSpeaking.value && remoteMicrophoneOn.value && (statistics.value?.soundIn?.packetsPerSecond ?? 0) > 0)
      tell('microphone');
    if (remoteScreen.value) tell('screen');
    if (chat.entries.value.some(({ kind, author }) => kind === 'message' && author !== '')) tell('chat');
    const files = [...chat.files.value.values()].map((file) => file.value);
    if (files.some(({ direction, state }) => direction === 'in' && state === 'done')) tell('file');
  });
}
