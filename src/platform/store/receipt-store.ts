// Keeps what is owed to people whose notes of missed calls were taken: a receipt, once, later. Forgotten after a day, by when nobody waits for it.
import { isOwedMore, type OwedReceipt } from '../../core/signaling/missed-note.ts';
import type { Database } from './database.ts';

const keptMs = 24 * 3_600_000;

export class ReceiptStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Owes one more, unless so many are or were owed to this person within the last day. @returns whether it is owed. */
  async owe(receipt: OwedReceipt, most: number): Promise<boolean> {
    const transaction = this.#database.transaction('receipts', 'readwrite');
    const all = await transaction.store.getAll();
    for (const { callId, at } of all) if (receipt.at - at >= keptMs) await transaction.store.delete(callId);
    const ofThem = all.filter((one) => one.contactId === receipt.contactId && receipt.at - one.at < keptMs);
    const isOwed = isOwedMore(ofThem, receipt, most);
    if (isOwed) await transaction.store.put(receipt);
    await transaction.done;
    return isOwed;
  }

  /** Those whose time has come, marked as sent. */
  async takeDue(now: number): Promise<readonly OwedReceipt[]> {
    // Asked every half a minute, and nearly always there is nothing: no write is begun for that.
    if ((await this.#database.count('receipts')) === 0) return [];
    const transaction = this.#database.transaction('receipts', 'readwrite');
    const due = (await transaction.store.getAll()).filter(
      (one) => !one.isSent && now >= one.dueAt && now - one.at < keptMs,
    );
    for (const one of due) await transaction.store.put({ ...one, isSent: true });
    await transaction.done;
    return due;
  }
}
