// The call of one window of a trial, as the page shows it: made by the product's own openCall in a world that has only the other window.
import { effect, untracked } from '@preact/signals';
import { emptyChatModel } from '../call/chat/chat-model.ts';
import { ChatSession } from '../call/chat/chat-session.ts';
import { emptyGroupModel } from '../call/model/group-model.ts';
import { emptyOwnModel } from '../call/model/own-model.ts';
import { emptyPersonModel } from '../call/model/person-model.ts';
import type { CallWorld } from '../call/page/call-world.ts';
import { openCall } from '../call/page/open-call.ts';
import type { Contact } from '../core/identity/contact.ts';
import type { OfferedFiles } from '../platform/store/offered-files.ts';
import { seeWhatArrives } from './what-arrives.ts';
import type { TrialPart } from './window-talk.ts';

export interface WindowCallParts {
  readonly world: CallWorld;
  readonly other: Contact;
  readonly isCaller: boolean;
  readonly offered: OfferedFiles;
  /** Something has come from the other window. */
  readonly onArrived: (part: TrialPart) => void;
}

/** @throws when there can be no call, for whatever reason. */
export async function windowCall({ world, other, isCaller, offered, onArrived }: WindowCallParts) {
  const [model, own, group, chatModel] = [emptyPersonModel(), emptyOwnModel(), emptyGroupModel(), emptyChatModel()];
  const chat = new ChatSession({
    model: chatModel,
    openDisk: async () => new (await import('../link/transfer/disk-store.ts')).DiskStore(),
    clock: world.clock,
    isContact: async () => true,
    offered,
    fault: (what, error) => world.logger.fault(what, error),
  });
  const opened = await openCall({ contactIds: [other.id] }, world, { model, own, group, chat });
  if ('why' in opened) throw new Error(`no call: ${opened.why}`);
  opened.sit(isCaller);
  seeWhatArrives({ person: opened.group.shown, chat: chatModel }, onArrived);
  return { ...opened, model, chat: { model: chatModel, actions: chat }, ownModel: own };
}

export type WindowCall = Awaited<ReturnType<typeof windowCall>>;

/** Switches the microphone off as it comes on for the first time: two windows that hear each other over one loudspeaker howl. */
export function beginSilent({ ownModel, own }: Pick<WindowCall, 'ownModel' | 'own'>): void {
  const stop = effect(() => {
    const state = ownModel.microphone.value;
    if (state !== 'starting' && state !== 'on') return;
    untracked(() => own.actions.toggleMicrophone());
    queueMicrotask(() => stop());
  });
}
