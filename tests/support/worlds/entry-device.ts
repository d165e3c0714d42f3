// A device of test identity 1 with its own database: what it has, and how it brings that to another one.
import { expect } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { formatEntry, parseEntry } from '../../../src/core/devices/kept-entry.ts';
import { valuesOf } from '../../../src/core/devices/own-values.ts';
import { ContactStore } from '../../../src/platform/store/contact-store.ts';
import { type Database, openDatabase, ownKey } from '../../../src/platform/store/database.ts';
import { OwnEntryStore } from '../../../src/platform/store/devices/own-entry-store.ts';
import { HistoryStore } from '../../../src/platform/store/history-store.ts';
import { SettingsStore } from '../../../src/platform/store/settings-store.ts';
import { testIdentity } from '../samples/test-identity.ts';

export class EntryDevice {
  readonly database: Database;
  readonly entries: OwnEntryStore;
  readonly contacts: ContactStore;
  readonly settings: SettingsStore;
  readonly history: HistoryStore;

  private constructor(database: Database, dev: string) {
    this.database = database;
    this.entries = new OwnEntryStore(database, dev);
    this.contacts = new ContactStore(database);
    this.settings = new SettingsStore(database);
    this.history = new HistoryStore(database);
  }

  static async make(name: string, createdAt: number): Promise<EntryDevice> {
    const database = await openDatabase(name);
    const dev = new TextEncoder().encode(name.padEnd(8, '.'));
    const { keys } = await testIdentity(1);
    await database.put('identity', { keys, name: 'Alice', dev, createdAt, wordsChecked: true }, ownKey);
    return new EntryDevice(database, toBase64url(dev));
  }

  /** Everything that this one has, as it goes over the wire. */
  async bring(to: EntryDevice, now: number): Promise<boolean> {
    await this.entries.look(now);
    const texts = [...(await this.entries.all())].map(([key, entry]) => formatEntry(key, entry));
    const read = texts.flatMap((text) => parseEntry(text, now) ?? []);
    expect(read).toHaveLength(texts.length);
    return to.entries.take(read, now);
  }

  async state() {
    const settings = await this.settings.read();
    const own = await this.database.get('identity', ownKey);
    const [contacts, history] = await Promise.all([this.contacts.all(), this.history.recent()]);
    return [...valuesOf({ name: own?.name ?? '', settings, contacts, history })].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
