// Keeps what is known of messages that were left; their bytes lie in files (message-files.ts). Each change is one transaction: two pages and the
// background may want one at the same time.
import {
  hasRoomFor,
  isForgotten,
  type LeftMessage,
  mayBeKnown,
  type ReceivedMessage,
  type SentMessage,
} from '../../core/messages/left-message.ts';
import { type MessageEvent, stepMessage } from '../../core/messages/message-machine.ts';
import { type Database, tellStoreChanged } from '../store/database.ts';

export class MessageStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  all(): Promise<readonly LeftMessage[]> {
    return this.#database.getAll('messages');
  }

  get(m: string): Promise<LeftMessage | undefined> {
    return this.#database.get('messages', m);
  }

  async of(contactId: string): Promise<readonly LeftMessage[]> {
    return (await this.all()).filter((one) => one.contactId === contactId);
  }

  /** One that is being recorded. */
  async begin(draft: SentMessage): Promise<void> {
    await this.#database.put('messages', draft);
    tellStoreChanged('messages');
  }

  /** A draft is thrown away: nobody ever heard of it. */
  async forget(m: string): Promise<void> {
    await this.#database.delete('messages', m);
    tellStoreChanged('messages');
  }

  /** A contact tells of a message. @returns whether it was not known, and is now. */
  async announced(message: ReceivedMessage, now: number): Promise<boolean> {
    const transaction = this.#database.transaction('messages', 'readwrite');
    const isNew = mayBeKnown(await transaction.store.getAll(), message, now);
    if (isNew) await transaction.store.put(message);
    await transaction.done;
    if (isNew) tellStoreChanged('messages');
    return isNew;
  }

  /** @returns the message if this has changed it. */
  async change(m: string, event: MessageEvent, now: number): Promise<LeftMessage | undefined> {
    const transaction = this.#database.transaction('messages', 'readwrite');
    const message = await transaction.store.get(m);
    const next = message && stepMessage(message, event, now);
    const hasChanged = next !== undefined && next !== message;
    if (hasChanged) await transaction.store.put(next);
    await transaction.done;
    if (!hasChanged) return undefined;
    tellStoreChanged('messages');
    return next;
  }

  async hasRoomFor(message: Pick<LeftMessage, 'm' | 'contactId' | 'size'>): Promise<boolean> {
    return hasRoomFor(await this.all(), message);
  }

  /** How many have come and were not played yet. */
  async unheard(): Promise<number> {
    return (await this.all()).filter(({ state }) => state === 'arrived').length;
  }

  /** What is too old goes. @returns those whose files are still wanted. */
  async sweep(now: number): Promise<readonly LeftMessage[]> {
    for (const message of await this.all())
      if (isForgotten(message, now)) await this.forget(message.m);
      else await this.change(message.m, { event: 'time' }, now);
    return this.all();
  }
}
