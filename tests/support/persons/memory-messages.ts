// A message store in memory: the product's rules, without a database.
import {
  hasRoomFor,
  type LeftMessage,
  mayBeKnown,
  type ReceivedMessage,
} from '../../../src/core/messages/left-message.ts';
import { type MessageEvent, stepMessage } from '../../../src/core/messages/message-machine.ts';

export class MemoryMessages {
  readonly kept = new Map<string, LeftMessage>();
  /** Calls that were known already, of which a message was told. */
  readonly told: string[] = [];

  get all(): readonly LeftMessage[] {
    return [...this.kept.values()];
  }

  async get(m: string): Promise<LeftMessage | undefined> {
    return this.kept.get(m);
  }

  async of(contactId: string): Promise<readonly LeftMessage[]> {
    return this.all.filter((one) => one.contactId === contactId);
  }

  async announced(message: ReceivedMessage, now: number): Promise<boolean> {
    const isNew = mayBeKnown(this.all, message, now);
    if (isNew) this.kept.set(message.m, message);
    return isNew;
  }

  async change(m: string, event: MessageEvent, now: number): Promise<LeftMessage | undefined> {
    const message = this.kept.get(m);
    const next = message && stepMessage(message, event, now);
    if (!next || next === message) return undefined;
    this.kept.set(m, next);
    return next;
  }

  async hasRoomFor(message: Pick<LeftMessage, 'm' | 'contactId' | 'size'>): Promise<boolean> {
    return hasRoomFor(this.all, message);
  }
}
