// Messages that were left between two people, while they are in a call: what waits here is told and sent when it is asked for, what waits there is
// asked for, once there is room. One side says what it has, the other what it wants; nothing is offered that was not asked for
// (docs/protocol.md#left-messages).
import * as v from 'valibot';
import {
  announcedOf,
  type LeftMessage,
  leftSchema,
  mostOver,
  mostWaiting,
  receivedMessage,
  type SaidLeft,
} from '../../core/messages/left-message.ts';
import type { FileFacts, FileFrame, FileWord } from '../../core/transfer/file-message.ts';
import type { MessageStore } from '../../platform/messages/message-store.ts';
import type { FileView } from '../transfer/file-state.ts';
import type { FilesBeside, FilesOut } from '../transfer/files-beside.ts';
import { ReceivingFiles, type ReceivingParts } from '../transfer/receiving-files.ts';
import { SendingFiles } from '../transfer/sending-files.ts';

export interface ExchangeParts {
  readonly contactId: string;
  readonly channel: FilesOut;
  readonly say: (said: SaidLeft) => void;
  readonly store: Pick<MessageStore, 'of' | 'get' | 'announced' | 'change' | 'hasRoomFor'>;
  readonly disk: ReceivingParts['disk'];
  /** The sealed bytes of one, as far as they are here. */
  readonly read: (m: string) => Promise<File>;
  readonly remove: (m: string) => Promise<void>;
  readonly now: () => number;
  /** One of theirs is here; one of ours is there. */
  readonly onNews: (news: 'arrived' | 'delivered') => void;
  readonly fault: (error: unknown) => void;
}

/** What a message is as a file: no name of anybody's, and nothing that tells what it is. */
const factsOf = ({ m, size, at }: LeftMessage): FileFacts => ({ id: m, name: 'message', size, type: '', modified: at });

export class MessageExchange implements FilesBeside {
  readonly #parts: ExchangeParts;
  readonly #sending: SendingFiles;
  readonly #receiving: ReceivingFiles;
  /** Of ours, those that the other side was told of; of theirs, those that are fetched. */
  readonly #told = new Set<string>();
  readonly #wanted = new Set<string>();
  /** Theirs that are here already, or were not wanted: said once there is a way. */
  readonly #had = new Set<string>();
  #isLinked = false;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    const { contactId: participant, channel, disk } = parts;
    this.#sending = new SendingFiles({
      participant,
      channel,
      offered: {
        remember: async () => undefined,
        knows: async (_participant, { id, size }) => (await this.#waiting(id))?.size === size,
      },
      onChange: (view) => this.#run(this.#sentOn(view)),
    });
    this.#receiving = new ReceivingFiles({
      participant,
      disk: {
        open: (note, fresh) => disk.open(note, fresh),
        room: (length) => disk.room(length),
        write: (id, at, block) => disk.write(id, at, block),
        hash: (id) => this.#checked(id),
        keep: (id) => disk.keep(id),
        discard: (id) => disk.discard(id),
        read: (facts) => disk.read(facts),
        left: async () => [],
      },
      isContact: async () => false,
      say: (word) => channel.say(word),
      onChange: (view) => this.#run(this.#gotOn(view)),
    });
  }

  /** Says what waits here for them, and what waits no longer. */
  async tell(): Promise<void> {
    const { store, contactId, say } = this.#parts;
    const sent = (await store.of(contactId)).filter(({ direction }) => direction === 'out');
    const waiting = sent.filter(({ state }) => state === 'waiting').slice(0, mostWaiting);
    const over = sent
      .filter(({ state }) => state === 'over' || state === 'delivered')
      .sort((one, other) => other.since - one.since)
      .slice(0, mostOver);
    if (waiting.length === 0 && over.length === 0) return;
    for (const { m } of waiting) this.#told.add(m);
    say({
      msgs: waiting.map((one) => ({ ...announcedOf(one), call: one.callId, at: one.at })),
      over: over.map(({ m }) => m),
    });
  }

  /** They say what waits there. */
  async hearLeft(said: unknown): Promise<void> {
    const parsed = v.safeParse(leftSchema, said);
    if (!parsed.success) return;
    const { msgs, over } = parsed.output;
    const { store, contactId, now, remove } = this.#parts;
    for (const m of over) {
      if (!(await this.#theirs(m))) continue;
      if (await store.change(m, { event: 'not-waiting' }, now())) await remove(m);
    }
    for (const { call, at, ...announced } of msgs) {
      const { m } = announced;
      await store.announced(receivedMessage(contactId, announced, call, at, now()), now());
      const known = await this.#theirs(m);
      if (!known) continue;
      if (known.state !== 'announced') this.#has(m);
      else if (known.size === announced.size && known.hash === announced.hash) await this.#fetch(known);
    }
  }

  knows(id: string): boolean {
    return this.#told.has(id) || this.#wanted.has(id);
  }

  hear(word: FileWord): void {
    if (!this.#told.has(word.id)) this.#receiving.hear(word);
    // Fetched in an earlier call whose last word was lost, or not wanted at all.
    else if (word.t === 'verdict' && word.same && !this.#sending.knows(word.id)) this.#run(this.#delivered(word.id));
    else this.#sending.hear(word);
  }

  take(frame: FileFrame): void {
    this.#receiving.take(frame);
  }

  sent(id: string, length: number): void {
    this.#sending.sent(id, length);
  }

  linked(): void {
    this.#isLinked = true;
    this.#sending.linked();
    this.#receiving.linked();
    for (const m of this.#had) this.#has(m);
  }

  unlinked(): void {
    this.#isLinked = false;
    this.#sending.unlinked();
    this.#receiving.unlinked();
  }

  async #fetch(message: LeftMessage): Promise<void> {
    const { store, read } = this.#parts;
    if (this.#wanted.has(message.m) || !(await store.hasRoomFor(message))) return;
    this.#wanted.add(message.m);
    const written = await read(message.m).then(
      ({ size }) => size,
      () => 0,
    );
    this.#receiving.expect(factsOf(message), written);
  }

  #has(m: string): void {
    this.#had.add(m);
    if (this.#isLinked) this.#parts.channel.say({ t: 'verdict', id: m, same: true });
  }

  async #theirs(m: string): Promise<LeftMessage | undefined> {
    const message = await this.#parts.store.get(m);
    return message?.direction === 'in' && message.contactId === this.#parts.contactId ? message : undefined;
  }

  async #waiting(m: string): Promise<LeftMessage | undefined> {
    const message = await this.#parts.store.get(m);
    const isTheirs = message?.direction === 'out' && message.contactId === this.#parts.contactId;
    return isTheirs && message.state === 'waiting' ? message : undefined;
  }

  /** What came counts when it is what was announced: that is written down before the other side hears that it has arrived. */
  async #checked(m: string): Promise<string> {
    const { disk, store, now, onNews } = this.#parts;
    const hash = await disk.hash(m);
    if ((await this.#theirs(m))?.hash !== hash) return '';
    if (await store.change(m, { event: 'arrived' }, now())) onNews('arrived');
    return hash;
  }

  async #sentOn({ facts, state }: FileView): Promise<void> {
    if (state === 'done') return this.#delivered(facts.id);
    if (state !== 'wanted' || !(await this.#waiting(facts.id))) return;
    this.#sending.continueWith(facts.id, await this.#parts.read(facts.id));
  }

  async #delivered(m: string): Promise<void> {
    const { store, now, remove, onNews } = this.#parts;
    if (!(await this.#waiting(m)) || !(await store.change(m, { event: 'delivered' }, now()))) return;
    onNews('delivered');
    await remove(m);
  }

  async #gotOn({ facts, state }: FileView): Promise<void> {
    const { store, now } = this.#parts;
    // What they told at the end of it is not what they had announced.
    if (state === 'damaged' && (await this.#theirs(facts.id))?.state === 'arrived')
      await store.change(facts.id, { event: 'deleted' }, now());
  }

  #run(work: Promise<void>): void {
    work.catch((error: unknown) => this.#parts.fault(error));
  }
}
