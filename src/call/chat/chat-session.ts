// The one stateful object of the chat of a call page: joins the side channels of every participant, the conversation and the model that
// the views show. Nothing of it outlives the page but what a person saves, and received files for a day.
import { signal } from '@preact/signals';
import { toBase64url } from '../../core/base/bytes.ts';
import {
  addMessage,
  type ChatSaying,
  type Conversation,
  cleanText,
  maxTextLength,
  nextNumber,
} from '../../core/transfer/chat.ts';
import { isChatPicture } from '../../core/transfer/chat-picture.ts';
import type { ChannelMaker } from '../../link/connection/negotiated-channel.ts';
import { type FileView, isFileOver } from '../../link/transfer/file-state.ts';
import { saveFile } from '../kit/save-file.ts';
import type { SideChannels } from './channels/side-channels.ts';
import { SideMaker, type SideMakerParts } from './channels/side-maker.ts';
import type { ChatActions, ChatModel, ChatNotice } from './chat-model.ts';
import { chatAsText } from './chat-text.ts';
import { Delivery } from './delivery.ts';
import { ShownEntries } from './shown-entries.ts';
import { ShownFiles } from './shown-files.ts';
import { ShownPictures } from './shown-pictures.ts';

export interface ChatSessionParts extends SideMakerParts {
  readonly model: ChatModel;
  readonly fault: (what: string, error: unknown) => void;
}

/** A newcomer holds no more before the link is proven on their side. */
const maxPast = 60;

export class ChatSession implements ChatActions {
  readonly #parts: ChatSessionParts;
  readonly #links = new Map<string, SideChannels>();
  /** Of people who are gone: what they sent can still be saved. */
  readonly #former = new Map<string, SideChannels>();
  readonly #up = new Set<string>();
  readonly #delivery = new Delivery();
  readonly #sides: SideMaker;
  readonly #shownFiles: ShownFiles;
  readonly #shownEntries: ShownEntries;
  readonly #shownPictures = new ShownPictures();
  readonly files: ChatModel['files'];
  readonly conversation = signal<Conversation>([]);

  constructor(parts: ChatSessionParts) {
    this.#parts = parts;
    this.#sides = new SideMaker(parts);
    this.files = parts.model.files;
    this.#shownFiles = new ShownFiles(this.files, () => parts.clock.now());
    this.#shownEntries = new ShownEntries(() => parts.clock.now());
  }

  /** Before anybody is attached. Rejects when it cannot be loaded. */
  load(): Promise<void> {
    return this.#sides.load();
  }

  /** A participant is in the call over this connection, or comes back over a new one. */
  attach(participant: string, name: string, connection: ChannelMaker): void {
    this.#linkWith(participant, name).attach(connection);
  }

  /** Words to a participant go by way of others as well, or no more. */
  detour(participant: string, name: string, say: ((word: string) => void) | undefined): void {
    const link = say ? this.#linkWith(participant, name) : this.#links.get(participant);
    link?.detour(say);
  }

  /** Others have handed over a word of a participant's. */
  heardByDetour(participant: string, word: string): void {
    this.#links.get(participant)?.hear(word);
  }

  /** The participant's connection is proven to be theirs. */
  prove(participant: string): void {
    this.#links.get(participant)?.prove();
    this.#tellPast(participant);
  }

  /** What the person here wrote before others came, for them too; what they were told once they keep. */
  sharePast(isShared: boolean): void {
    this.#parts.model.sharesPast.value = isShared;
    for (const participant of this.#links.keys()) this.#tellPast(participant);
  }

  /** A participant is gone: nothing waits for them any more. */
  part(participant: string): void {
    const link = this.#links.get(participant);
    if (!link) return;
    link.close();
    this.#links.delete(participant);
    this.#former.set(participant, link);
    if (this.#delivery.part(participant)) this.#show();
  }

  /** What was said on another device of the person here. */
  takeOver(past: Conversation): void {
    for (const message of past) this.conversation.value = addMessage(this.conversation.value, message);
    this.#show();
  }

  /** The call is over: nothing is sent or heard any more. What was said stays on the screen until the page goes. */
  end(): void {
    for (const link of this.#links.values()) link.close();
  }

  open(isOpen: boolean): void {
    const { model } = this.#parts;
    model.isOpen.value = isOpen;
    if (!isOpen) return;
    model.unread.value = 0;
    model.newest.value = undefined;
  }

  say(raw: string, re: string | undefined): void {
    const text = cleanText(raw);
    if (text === '' || text.length > maxTextLength) return;
    const id = toBase64url(crypto.getRandomValues(new Uint8Array(12)));
    const saying: ChatSaying = { t: 'say', id, n: nextNumber(this.conversation.value), text, ...(re ? { re } : {}) };
    this.#delivery.send(id, this.#links.keys());
    this.#add(saying, '');
    for (const [participant, link] of this.#links) {
      link.say(saying);
      this.#delivery.noteTold(participant, id);
    }
  }

  sendFiles(files: readonly File[]): void {
    for (const link of this.#links.values()) for (const file of files) link.sending.offer(file, false);
  }

  sendPictures(pictures: readonly File[]): void {
    const { model } = this.#parts;
    model.pasted.value = model.pasted.value.filter((one) => !pictures.includes(one));
    for (const link of this.#links.values())
      for (const picture of pictures) {
        const isShown = isChatPicture(picture);
        const id = link.sending.offer(picture, isShown);
        if (isShown) this.#shownFiles.change(id, { pictureUrl: URL.createObjectURL(picture) });
      }
  }

  paste(pictures: readonly File[]): void {
    const { model } = this.#parts;
    model.pasted.value = [...model.pasted.value, ...pictures];
    this.open(true);
  }

  acceptFile(id: string): void {
    this.#linkOf(id)?.receiving.tell(id, { event: 'accept' });
  }

  declineFile(id: string): void {
    this.#linkOf(id)?.receiving.tell(id, { event: 'decline' });
  }

  showPicture(id: string): void {
    void this.#showPicture(id, true);
  }

  pauseFile(id: string): void {
    this.#sideOf(id)?.tell(id, { event: 'pause' });
  }

  resumeFile(id: string): void {
    this.#sideOf(id)?.tell(id, { event: 'resume' });
  }

  stopFile(id: string): void {
    this.#sideOf(id)?.tell(id, { event: 'cancel' });
  }

  continueFile(id: string, file: File): void {
    const name = this.#shownFiles.get(id)?.facts.name ?? '';
    const isThatOne = this.#linkOf(id)?.sending.continueWith(id, file) ?? false;
    this.notify(isThatOne ? undefined : { kind: 'other-file', name });
  }

  saveFile(id: string): void {
    const receiving = this.#linkOf(id)?.receiving;
    const facts = this.#shownFiles.get(id)?.facts;
    if (!receiving || !facts) return;
    const read = async () => (await receiving.read(id)) ?? Promise.reject(new Error('nothing is there'));
    saveFile(facts.name, read).then((how) => {
      if (how !== 'not-wanted') this.#shownFiles.change(id, { saved: true });
      if (how === 'saved') void receiving.saved(id);
    }, this.#notSaved(facts.name));
  }

  saveChat(): void {
    const { name, text } = chatAsText(this.#parts.model, this.#parts.clock.now());
    saveFile(name, async () => new Blob([text], { type: 'text/plain' })).catch(this.#notSaved(name));
  }

  #notSaved(name: string): (error: unknown) => void {
    return (error) => {
      this.#parts.fault('save', error);
      this.notify({ kind: 'not-saved', name });
    };
  }

  notify(notice: ChatNotice | undefined): void {
    this.#parts.model.notice.value = notice;
  }

  /** The newest of the own messages that this participant was not here for, if the person wants them to be read. */
  #tellPast(participant: string): void {
    const link = this.#links.get(participant);
    if (!link || !this.#parts.model.sharesPast.value) return;
    const isNew = (id: string) => !this.#delivery.isTold(participant, id);
    const own = this.conversation.value.filter(({ id, author }) => author === '' && isNew(id));
    for (const { id, n, text, re } of own.slice(-maxPast)) {
      link.say({ t: 'say', id, n, text, ...(re ? { re } : {}) });
      this.#delivery.noteTold(participant, id);
    }
  }

  #linkWith(participant: string, name: string): SideChannels {
    const { model } = this.#parts;
    if (model.names.value.get(participant) !== name)
      model.names.value = new Map(model.names.value).set(participant, name);
    const link = this.#links.get(participant) ?? this.#former.get(participant) ?? this.#join(participant);
    this.#former.delete(participant);
    this.#links.set(participant, link);
    return link;
  }

  #join(participant: string): SideChannels {
    const { model } = this.#parts;
    return this.#sides.make({
      participant,
      onSaid: (saying) => this.#add(saying, participant),
      onArrived: (id) => this.#delivery.arrived(id, participant) && this.#show(),
      onFile: (view) => this.#showFile(view),
      onUp: (isUp) => {
        if (isUp) this.#up.add(participant);
        else this.#up.delete(participant);
        model.isUp.value = this.#links.size > 0 && this.#up.size === this.#links.size;
      },
    });
  }

  #linkOf(fileId: string): SideChannels | undefined {
    const participant = this.#shownFiles.get(fileId)?.participant;
    return participant === undefined ? undefined : (this.#links.get(participant) ?? this.#former.get(participant));
  }

  #sideOf(
    fileId: string,
  ): { tell(id: string, event: { readonly event: 'pause' | 'resume' | 'cancel' }): void } | undefined {
    const link = this.#linkOf(fileId);
    return this.#shownFiles.get(fileId)?.direction === 'in' ? link?.receiving : link?.sending;
  }

  #add({ t: _, ...saying }: ChatSaying, author: string): void {
    const after = addMessage(this.conversation.value, { ...saying, author });
    if (after === this.conversation.value) return;
    this.conversation.value = after;
    this.#show();
    if (author !== '') this.#noteNew(saying.id, author);
  }

  #showFile(view: FileView): void {
    const { id } = view.facts;
    const before = this.#shownFiles.show(view);
    if (!before) {
      const author = view.direction === 'in' ? view.participant : '';
      this.#shownEntries.placeFile(id, author, nextNumber(this.conversation.value) - 1);
      this.#show();
      if (author !== '' || view.state === 'wanted') this.#noteNew(id, author);
    }
    if (view.picture && view.direction === 'in' && view.state === 'done' && before?.state !== 'done')
      void this.#showPicture(id, false);
    if (!isFileOver(view.state)) return;
    const url = this.#shownFiles.get(id)?.pictureUrl;
    if (view.state === 'done' || !url) return;
    URL.revokeObjectURL(url);
    this.#shownFiles.change(id, { pictureUrl: undefined });
  }

  async #showPicture(id: string, isAsked: boolean): Promise<void> {
    const bytes = await this.#linkOf(id)?.receiving.read(id);
    if (bytes) this.#shownFiles.change(id, await this.#shownPictures.show(bytes, isAsked));
  }

  #show(): void {
    const { entries } = this.#parts.model;
    entries.value = this.#shownEntries.of(this.conversation.value, (id) => this.#delivery.isMissing(id));
  }

  #noteNew(id: string, author: string): void {
    const { model } = this.#parts;
    if (model.isOpen.value) return;
    model.unread.value += 1;
    model.newest.value = model.entries.value.find((entry) => entry.id === id && entry.author === author);
  }
}
