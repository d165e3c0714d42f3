// What the page of messages shows, and what can be done there.
import { type Signal, signal } from '@preact/signals';
import { toHex } from '../../core/base/bytes.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { LeftMessage } from '../../core/messages/left-message.ts';
import { openMessage } from '../../link/messages/sealed-message.ts';
import { removeMessage, sealedFile } from '../../platform/messages/message-files.ts';
import { MessageStore } from '../../platform/messages/message-store.ts';
import { ContactStore } from '../../platform/store/contact-store.ts';
import type { Database } from '../../platform/store/database.ts';
import { IdentityStore } from '../../platform/store/identity-store.ts';
import { NoteStore } from '../../platform/store/note-store.ts';
import { runningRecordings } from '../../platform/store/recording-life.ts';

export type Playing =
  | { readonly state: 'none' }
  | { readonly state: 'opening' | 'broken'; readonly m: string }
  | { readonly state: 'ready'; readonly m: string; readonly url: string };

export class MessagesModel {
  /** Newest first; undefined while they are read. */
  readonly messages: Signal<readonly LeftMessage[] | undefined> = signal(undefined);
  readonly contacts: Signal<ReadonlyMap<string, Contact>> = signal(new Map());
  /** Those that are being recorded in another page. */
  readonly running: Signal<ReadonlySet<string>> = signal(new Set());
  readonly playing: Signal<Playing> = signal({ state: 'none' });
  readonly database: Database;
  readonly store: MessageStore;

  constructor(database: Database) {
    this.database = database;
    this.store = new MessageStore(database);
  }

  async read(): Promise<void> {
    const contacts = await new ContactStore(this.database).all();
    this.contacts.value = new Map(contacts.map((contact) => [contact.id, contact]));
    this.running.value = await runningRecordings();
    const shown = (await this.store.all()).filter(({ state }) => state !== 'over');
    this.messages.value = shown.sort((one, other) => other.at - one.at);
  }

  /** The own id, as contacts know it. */
  async ownId(): Promise<string> {
    const read = await new IdentityStore(this.database).read();
    if (read.state !== 'present') throw new Error('no identity');
    return toHex(read.identity.keys.ed25519Public);
  }

  async play(m: string): Promise<void> {
    this.stop();
    const message = await this.store.get(m);
    if (!message || message.state === 'over' || message.state === 'draft' || message.state === 'announced') return;
    this.playing.value = { state: 'opening', m };
    const opened = await openMessage(await sealedFile(m), message, await this.ownId()).catch(() => undefined);
    // Another one was asked for meanwhile.
    if (this.playing.value.state !== 'opening' || this.playing.value.m !== m) return;
    this.playing.value = opened ? { state: 'ready', m, url: URL.createObjectURL(opened) } : { state: 'broken', m };
    if (opened) await this.store.change(m, { event: 'heard' }, Date.now());
    await this.read();
  }

  stop(): void {
    if (this.playing.value.state === 'ready') URL.revokeObjectURL(this.playing.value.url);
    this.playing.value = { state: 'none' };
  }

  /** Deletes what came, takes back what waits, throws away what was not sent. */
  async delete({ m, callId, direction, state }: LeftMessage): Promise<void> {
    if (this.playing.value.state !== 'none' && this.playing.value.m === m) this.stop();
    if (state === 'draft') await this.store.forget(m);
    else await this.store.change(m, { event: 'deleted' }, Date.now());
    if (direction === 'out') await new NoteStore(this.database).withoutMessage(callId);
    await removeMessage(m);
    await this.read();
  }
}
