// Keeps what all devices of the person have the same (core/devices/): finds out what has changed in the stores here, and puts into them what was
// changed elsewhere. One transaction each.
import { toHex } from '../../../core/base/bytes.ts';
import { defaultSettings, type Settings } from '../../../core/data/settings.ts';
import {
  goneSince,
  isLongGone,
  type KeptEntry,
  lookedEntry,
  mergedEntry,
  mostGone,
  textOf,
} from '../../../core/devices/kept-entry.ts';
import {
  callIn,
  contactIn,
  firstSetAt,
  groupsWith,
  growthOf,
  isKnownField,
  isSamePerson,
  nameIn,
  settingsIn,
  thingOf,
  valuesOf,
} from '../../../core/devices/own-values.ts';
import { floorWithout } from '../../../core/identity/contact-inbox.ts';
import { type Database, ownKey, type StoreName, tellStoreChanged } from '../database.ts';
import { maxEntries } from '../history-store.ts';

const touched = ['identity', 'settings', 'contacts', 'history', 'requests', 'portraits', 'ownEntries'] as const;
/** Entries of later versions, which nobody here can read. */
const mostUnknown = 500;

/** Whether something in this store is the same on all devices of the person. */
export function isShared(store: StoreName): boolean {
  return store === 'identity' || store === 'settings' || store === 'contacts' || store === 'history';
}

type Entries = Map<string, KeptEntry>;
const begin = (database: Database) => database.transaction(touched, 'readwrite');
type Transaction = ReturnType<typeof begin>;

export class OwnEntryStore {
  readonly #database: Database;
  /** This device, base64url. */
  readonly #by: string;

  constructor(database: Database, by: string) {
    this.#database = database;
    this.#by = by;
  }

  /** Takes note of what has changed here. @returns whether anything has. @param now ms since the epoch. */
  async look(now: number): Promise<boolean> {
    const transaction = begin(this.#database);
    const { changed } = await this.#look(transaction, now);
    await transaction.done;
    return changed;
  }

  async all(): Promise<ReadonlyMap<string, KeptEntry>> {
    return new Map((await this.#database.getAll('ownEntries')).map(({ key, entry }) => [key, entry]));
  }

  /** What other devices have. @returns whether anything came of it here. */
  async take(given: readonly { readonly key: string; readonly entry: KeptEntry }[], now: number): Promise<boolean> {
    const transaction = begin(this.#database);
    const { kept } = await this.#look(transaction, now);
    const own = await transaction.objectStore('identity').get(ownKey);
    if (!own) return false;
    const taking = new Taking(transaction, kept, toHex(own.keys.ed25519Public));
    for (const { key, entry } of given) {
      const before = kept.get(key);
      const merged = mergedEntry(before, entry, growthOf(key));
      if (before && textOf(before as never) === textOf(merged as never)) continue;
      if (!(await taking.take(key, merged))) continue;
      kept.set(key, merged);
      await transaction.objectStore('ownEntries').put({ key, entry: merged });
    }
    await taking.end();
    await transaction.done;
    for (const store of taking.changed) tellStoreChanged(store);
    return taking.changed.size > 0;
  }

  async #look(transaction: Transaction, now: number): Promise<{ readonly kept: Entries; readonly changed: boolean }> {
    const entries = transaction.objectStore('ownEntries');
    const [own, settings, contacts, history, all] = await Promise.all([
      transaction.objectStore('identity').get(ownKey),
      transaction.objectStore('settings').get(ownKey),
      transaction.objectStore('contacts').getAll(),
      transaction.objectStore('history').getAll(),
      entries.getAll(),
    ]);
    const kept: Entries = new Map(all.map(({ key, entry }) => [key, entry]));
    if (!own) return { kept, changed: false };
    const isFirst = kept.size === 0;
    const values = valuesOf({ name: own.name, settings: { ...defaultSettings, ...settings }, contacts, history });
    const oldest = history.length < maxEntries ? 0 : Math.min(...history.map(({ at }) => at));
    let changed = false;
    for (const key of new Set([...kept.keys(), ...values.keys()])) {
      const [before, there] = [kept.get(key), values.get(key)];
      if (thingOf(key).thing === 'unknown') continue;
      const looked = lookedEntry(before, there, {
        by: this.#by,
        at: (field) => (isFirst && there ? firstSetAt(key, field, there, own.createdAt) : now),
        isKnown: (field) => isKnownField(key, field),
        grows: growthOf(key).grows,
      });
      const call = there || !before ? undefined : callIn(key, before);
      // Pushed out by newer ones, and not taken away by anybody.
      if (call && call.at <= oldest) {
        kept.delete(key);
        await entries.delete(key);
      } else if (looked) {
        changed = true;
        kept.set(key, looked);
        await entries.put({ key, entry: looked });
      }
    }
    await this.#forget(transaction, kept, now);
    return { kept, changed };
  }

  /** What was taken away long ago, or before many other things. */
  async #forget(transaction: Transaction, kept: Entries, now: number): Promise<void> {
    const gone = [...kept].filter(([, entry]) => goneSince(entry) !== undefined);
    gone.sort(([, a], [, b]) => (goneSince(b) ?? 0) - (goneSince(a) ?? 0));
    for (const [place, [key, entry]] of gone.entries())
      if (place >= mostGone || isLongGone(entry, now)) {
        kept.delete(key);
        await transaction.objectStore('ownEntries').delete(key);
      }
  }
}

/** What other devices have, on its way into the stores. */
class Taking {
  readonly changed = new Set<StoreName>();
  readonly #transaction: Transaction;
  readonly #kept: Entries;
  readonly #ownId: string;
  #settings: Settings | undefined;

  constructor(transaction: Transaction, kept: Entries, ownId: string) {
    this.#transaction = transaction;
    this.#kept = kept;
    this.#ownId = ownId;
  }

  /** @returns false for an entry that is none, and is not kept. */
  async take(key: string, entry: KeptEntry): Promise<boolean> {
    const { thing, id } = thingOf(key);
    switch (thing) {
      case 'contact':
        return this.#contact(key, id, entry);
      case 'call':
        return this.#call(key, id, entry);
      case 'me':
        return this.#name(nameIn(entry));
      case 'settings':
        this.#change(settingsIn(await this.#read(), this.#kept.get(key), entry));
        return true;
      case 'group': {
        const settings = await this.#read();
        this.#change({ ...settings, savedGroups: groupsWith(settings.savedGroups, key, entry) });
        return true;
      }
      case 'unknown':
        return [...this.#kept.keys()].filter((one) => thingOf(one).thing === 'unknown').length < mostUnknown;
    }
  }

  /** Whatever waited to be written at once. */
  async end(): Promise<void> {
    if (this.#settings) await this.#transaction.objectStore('settings').put(this.#settings, ownKey);
    if (!this.changed.has('history')) return;
    const history = this.#transaction.objectStore('history');
    const surplus = (await history.count()) - maxEntries;
    if (surplus <= 0) return;
    for (const callId of await history.index('at').getAllKeys(null, surplus)) await history.delete(callId);
  }

  async #contact(key: string, id: string, entry: KeptEntry): Promise<boolean> {
    const contacts = this.#transaction.objectStore('contacts');
    const here = await contacts.get(id);
    if (goneSince(entry) !== undefined) {
      if (!here) return true;
      const settings = await this.#read();
      this.#change({ ...settings, inboxFloor: floorWithout(here, settings) });
      await contacts.delete(id);
      await this.#transaction.objectStore('portraits').delete(id);
      this.changed.add('contacts').add('portraits');
      return true;
    }
    const contact = contactIn(key, entry);
    if (!contact || !isSamePerson(here, contact, this.#ownId)) return false;
    await contacts.put(contact);
    // Whoever is a contact asks for nothing any more.
    await this.#transaction.objectStore('requests').delete(id);
    this.changed.add('contacts').add('requests');
    return true;
  }

  async #call(key: string, callId: string, entry: KeptEntry): Promise<boolean> {
    const history = this.#transaction.objectStore('history');
    if (goneSince(entry) !== undefined) await history.delete(callId);
    else {
      const call = callIn(key, entry);
      if (!call) return false;
      await history.put(call);
    }
    this.changed.add('history');
    return true;
  }

  async #name(name: string | undefined): Promise<boolean> {
    const identities = this.#transaction.objectStore('identity');
    const own = await identities.get(ownKey);
    if (!own || name === undefined) return false;
    if (own.name !== name) {
      await identities.put({ ...own, name }, ownKey);
      this.changed.add('identity');
    }
    return true;
  }

  async #read(): Promise<Settings> {
    return this.#settings ?? { ...defaultSettings, ...(await this.#transaction.objectStore('settings').get(ownKey)) };
  }

  #change(settings: Settings): void {
    this.#settings = settings;
    this.changed.add('settings');
  }
}
