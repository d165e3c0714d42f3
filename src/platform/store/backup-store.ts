// Takes everything that belongs in a backup out of the stores, and puts it back: one transaction each, all or nothing.

import { equalBytes } from '../../core/base/bytes.ts';
import { type BackupContents, settingsThatGo } from '../../core/data/backup.ts';
import { mergeContact, mergeHistory, mergeRequests, mergeSettings } from '../../core/data/backup-merge.ts';
import { defaultSettings } from '../../core/data/settings.ts';
import { maxRequests, requestsThatGo } from '../../core/identity/contact-request.ts';
import { type Database, ownKey, type StoreName, tellStoreChanged } from './database.ts';
import { maxEntries } from './history-store.ts';

/**
 * What becomes of each store. 'travels': in the backup. 'name only': keys come back by the 24 words, and each device has its own
 * id. 'stays': of this browser and this day (rings under way, ids of calls that are over, what relays were found to speak, notes
 * and receipts that this device is about to send, words that are not written down yet, doors for guests, at which this browser listens, other
 * devices as this one has heard of them, messages that were left, whose bytes are too many).
 */
const fate: Readonly<Record<StoreName, 'travels' | 'name only' | 'stays'>> = {
  identity: 'name only',
  contacts: 'travels',
  requests: 'travels',
  history: 'travels',
  settings: 'travels',
  rings: 'stays',
  finishedCalls: 'stays',
  relayDialects: 'stays',
  notes: 'stays',
  receipts: 'stays',
  unwrittenWords: 'stays',
  portraits: 'stays',
  doors: 'stays',
  ownDevices: 'stays',
  ownEntries: 'stays',
  messages: 'stays',
};
const stores = (Object.keys(fate) as StoreName[]).filter((store) => fate[store] !== 'stays');

/** The identity that a backup belongs to is not the one that is here, or there is none. */
export class OtherOwnerError extends Error {
  readonly code = 'other-owner';
  constructor() {
    super('the backup belongs to another identity');
    this.name = 'OtherOwnerError';
  }
}

/** A request that failed has ended the transaction already; then there is nothing left to end. */
function giveUp(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}

export class BackupStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Everything as it is at one moment; undefined without an identity. `now` is ms since the epoch. */
  async collect(now: number): Promise<BackupContents | undefined> {
    const transaction = this.#database.transaction(stores);
    const [identity, kept, contacts, requests, history] = await Promise.all([
      transaction.objectStore('identity').get(ownKey),
      transaction.objectStore('settings').get(ownKey),
      transaction.objectStore('contacts').getAll(),
      transaction.objectStore('requests').getAll(),
      transaction.objectStore('history').index('at').getAll(),
    ]);
    await transaction.done;
    if (!identity) return undefined;
    return {
      madeAt: now,
      owner: identity.keys.ed25519Public,
      name: identity.name,
      settings: settingsThatGo({ ...defaultSettings, ...kept }),
      contacts,
      requests: requestsThatGo(requests),
      history,
    };
  }

  /**
   * Puts a backup back: contacts, requests and calls join those that are here, settings and the own name are replaced.
   * @throws OtherOwnerError, or what the database says; then nothing was changed.
   */
  async restore(contents: BackupContents): Promise<void> {
    const transaction = this.#database.transaction(stores, 'readwrite');
    // A transaction that is given up says so here as well; the cause is what gets thrown.
    const done = transaction.done.then(
      () => undefined,
      (error: unknown) => error,
    );
    try {
      const [identities, settings, contacts, requests, history] = [
        transaction.objectStore('identity'),
        transaction.objectStore('settings'),
        transaction.objectStore('contacts'),
        transaction.objectStore('requests'),
        transaction.objectStore('history'),
      ];
      const identity = await identities.get(ownKey);
      if (!identity || !equalBytes(identity.keys.ed25519Public, contents.owner)) throw new OtherOwnerError();
      await identities.put({ ...identity, name: contents.name }, ownKey);
      const here = { ...defaultSettings, ...(await settings.get(ownKey)) };
      await settings.put(mergeSettings(here, contents.settings), ownKey);

      for (const contact of contents.contacts)
        await contacts.put(mergeContact(await contacts.get(contact.id), contact, here.inboxFloor));
      const contactIds = new Set(await contacts.getAllKeys());

      const keptRequests = mergeRequests(await requests.getAll(), contents.requests, contactIds, maxRequests);
      await requests.clear();
      for (const request of keptRequests) await requests.put(request);

      const keptHistory = mergeHistory(await history.getAll(), contents.history, maxEntries);
      await history.clear();
      for (const entry of keptHistory) await history.put(entry);
    } catch (error) {
      // A put that fails before it becomes a request leaves the earlier ones standing, unless they are taken back.
      giveUp(transaction);
      await done;
      throw error;
    }
    const failure = await done;
    if (failure !== undefined) throw failure;
    for (const store of stores) tellStoreChanged(store);
  }
}
