// Keeps the settings, and what was learned of each relay's dialect.

import type { RelayDialect } from '../../core/base/ports.ts';
import { defaultSettings, type Settings } from '../../core/data/settings.ts';
import { type Database, ownKey, tellStoreChanged } from './database.ts';

/** Another relay or another inbox makes another link, which has to be told from those that were given away before. */
function linkMoment(before: Settings, after: Settings): Pick<Settings, 'linkMadeAt'> {
  const isSame = before.linkGeneration === after.linkGeneration && before.relays.join('\n') === after.relays.join('\n');
  return { linkMadeAt: isSame ? before.linkMadeAt : Math.max(Date.now(), before.linkMadeAt + 1) };
}

export class SettingsStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  async read(): Promise<Settings> {
    return { ...defaultSettings, ...(await this.#database.get('settings', ownKey)) };
  }

  async change(change: Partial<Settings>): Promise<void> {
    const transaction = this.#database.transaction('settings', 'readwrite');
    const before = { ...defaultSettings, ...(await transaction.store.get(ownKey)) };
    await transaction.store.put({ ...before, ...linkMoment(before, { ...before, ...change }), ...change }, ownKey);
    await transaction.done;
    tellStoreChanged('settings');
  }

  async dialectOf(url: string): Promise<RelayDialect | undefined> {
    return (await this.#database.get('relayDialects', url))?.dialect;
  }

  async rememberDialect(url: string, dialect: RelayDialect): Promise<void> {
    await this.#database.put('relayDialects', { url, dialect });
  }
}
