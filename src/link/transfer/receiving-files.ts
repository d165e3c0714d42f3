// The files that one participant sends: runs the machine of each, puts frames together and hands blocks to the store. Nothing is taken
// before a yes, but for small pictures of a contact, which stay in memory.

import { cleanFileName } from '../../core/base/file-name.ts';
import { isChatPicture } from '../../core/transfer/chat-picture.ts';
import {
  type FileFacts,
  type FileFrame,
  type FileWord,
  type FileWordOf,
  factsOf,
} from '../../core/transfer/file-message.ts';
import {
  hearOffer,
  type Incoming,
  type IncomingEffect,
  type IncomingEvent,
  keptFile,
  stepIncoming,
} from '../../core/transfer/incoming-file.ts';
import { BlockAssembler } from './block-assembler.ts';
import type { DiskStore } from './disk-store.ts';
import type { FileView } from './file-state.ts';
import { type FileStore, MemoryStore, StoreError } from './file-store.ts';
import { viewOfIncoming } from './file-view.ts';

/** Unanswered offers per person; further ones are declined. */
const maxUnanswered = 32;
/** Offers per person and call. */
const maxOffers = 500;
/** Pictures of contacts are taken without asking, as long as all of them together stay below this. */
const maxPicturesLength = 67_108_864;

export interface ReceivingParts {
  readonly participant: string;
  readonly disk: Pick<DiskStore, keyof FileStore | 'left'>;
  readonly say: (word: FileWord) => void;
  readonly onChange: (view: FileView) => void;
  /** Whether the participant is a contact: a stranger's pictures are asked for like any file. */
  readonly isContact: (participant: string) => Promise<boolean>;
}

interface Receiving {
  file: Incoming;
  readonly picture: boolean;
  readonly store: FileStore;
  readonly assembler: BlockAssembler;
}

export class ReceivingFiles {
  readonly #parts: ReceivingParts;
  readonly #memory = new MemoryStore();
  readonly #files = new Map<string, Receiving>();
  #isLinked = false;
  #picturesLength = 0;
  #hasLooked = false;

  constructor(parts: ReceivingParts) {
    this.#parts = parts;
  }

  linked(): void {
    this.#isLinked = true;
    for (const id of this.#files.keys()) this.tell(id, { event: 'linked' });
    if (!this.#hasLooked) void this.#lookForLeft();
  }

  unlinked(): void {
    this.#isLinked = false;
    for (const id of this.#files.keys()) this.tell(id, { event: 'unlinked' });
  }

  hear(word: FileWord): void {
    if (word.t === 'offer' && !this.#files.has(word.id)) this.#offered(word);
    else this.tell(word.id, { event: 'heard', word });
  }

  take({ id, offset, bytes }: FileFrame): void {
    const receiving = this.#files.get(id);
    if (!receiving) return;
    const effects = this.#step(receiving, { event: 'frame', offset, length: bytes.length });
    for (const effect of effects) {
      if (effect.effect !== 'take') this.#act(id, receiving, effect);
      else
        for (const { at, block } of receiving.assembler.add(offset + effect.skip, bytes.subarray(effect.skip))) {
          const end = at + block.length;
          this.#then(id, receiving.store.write(id, at, block), () => ({ event: 'written', at: end }));
        }
    }
    this.#show(receiving);
  }

  tell(id: string, event: IncomingEvent): void {
    const receiving = this.#files.get(id);
    if (!receiving) return;
    for (const effect of this.#step(receiving, event)) this.#act(id, receiving, effect);
    this.#show(receiving);
  }

  /** A file that is known and wanted, before it was offered. @param written how much of it is here already. */
  expect(facts: FileFacts, written: number): void {
    if (this.#files.has(facts.id)) return;
    const receiving = this.#add(keptFile(facts, Math.min(written, facts.size), false), false);
    if (this.#isLinked) this.tell(facts.id, { event: 'linked' });
    else this.#show(receiving);
  }

  /** The bytes of a file that is whole. */
  async read(id: string): Promise<Blob | undefined> {
    const receiving = this.#files.get(id);
    return receiving?.file.state.state === 'verified' ? receiving.store.read(receiving.file.facts) : undefined;
  }

  /** A copy is where the person wanted it: ours goes. */
  async saved(id: string): Promise<void> {
    await this.#files
      .get(id)
      ?.store.discard(id)
      .catch(() => undefined);
  }

  #offered(offer: FileWordOf<'offer'>): void {
    const facts = { ...factsOf(offer), name: cleanFileName(offer.name) };
    const isPicture = offer.picture && isChatPicture(facts) && this.#picturesLength + facts.size <= maxPicturesLength;
    const unanswered = [...this.#files.values()].filter(({ file }) => file.state.state === 'offered').length;
    if (this.#files.size >= maxOffers || unanswered >= maxUnanswered) {
      this.#parts.say({ t: 'decline', id: facts.id });
      return;
    }
    if (isPicture) this.#picturesLength += facts.size;
    const receiving = this.#add(hearOffer(facts), isPicture);
    this.#show(receiving);
    if (isPicture) void this.#takePicture(facts.id);
  }

  async #takePicture(id: string): Promise<void> {
    const { isContact, participant } = this.#parts;
    const isWelcome = await isContact(participant).catch(() => false);
    if (isWelcome && this.#files.get(id)?.file.state.state === 'offered') this.tell(id, { event: 'accept' });
  }

  #add(file: Incoming, picture: boolean): Receiving {
    const store = picture ? this.#memory : this.#parts.disk;
    const assembler = new BlockAssembler(file.facts.size, (length) => store.room(length));
    const receiving = { file, picture, store, assembler };
    this.#files.set(file.facts.id, receiving);
    return receiving;
  }

  /** What an earlier page with the same person has left is asked for. */
  async #lookForLeft(): Promise<void> {
    this.#hasLooked = true;
    const { disk, participant } = this.#parts;
    for (const { facts, written, verified } of await disk.left(participant).catch(() => [])) {
      if (this.#files.has(facts.id)) continue;
      const receiving = this.#add(keptFile(facts, Math.min(written, facts.size), verified), false);
      if (this.#isLinked) this.tell(facts.id, { event: 'linked' });
      else this.#show(receiving);
    }
  }

  #step(receiving: Receiving, event: IncomingEvent): readonly IncomingEffect[] {
    const { file, effects } = stepIncoming(receiving.file, event);
    receiving.file = file;
    return effects;
  }

  #act(id: string, receiving: Receiving, effect: IncomingEffect): void {
    const { store, assembler, file } = receiving;
    switch (effect.effect) {
      case 'say':
        this.#parts.say(effect.word);
        return;
      case 'open':
        assembler.reset();
        this.#then(
          id,
          store.open({ participant: this.#parts.participant, facts: file.facts, verified: false }, effect.fresh),
          ({ at, head }) => ({ event: 'opened', at, head }),
        );
        return;
      case 'check':
        this.#then(id, store.hash(id), (hash) => ({ event: 'checked', same: hash === effect.hash }));
        return;
      case 'keep':
        void store.keep(id).catch(() => undefined);
        return;
      case 'discard':
        assembler.reset();
        void store.discard(id).catch(() => undefined);
        return;
      case 'take':
        return;
    }
  }

  #then<Result>(id: string, done: Promise<Result>, event: (result: Result) => IncomingEvent): void {
    done.then(
      (result) => this.tell(id, event(result)),
      (error: unknown) =>
        this.tell(id, { event: 'store-failed', why: error instanceof StoreError ? error.code : 'storage' }),
    );
  }

  #show({ file, picture }: Receiving): void {
    this.#parts.onChange(viewOfIncoming(file, this.#parts.participant, picture));
  }
}
