// Fills the stores that the popup and the settings read, afresh for each state: these pages then run as they are.
import browser from 'webextension-polyfill';
import { toHex } from '../core/base/bytes.ts';
import type { SessionView } from '../core/call/requests.ts';
import type { HistoryEntry } from '../core/data/history-entry.ts';
import type { Settings } from '../core/data/settings.ts';
import type { OwnDevice } from '../core/devices/own-device.ts';
import type { Contact, ContactRequest } from '../core/identity/contact.ts';
import type { KeptDoor } from '../core/identity/kept-door.ts';
import type { LeftMessage } from '../core/messages/left-message.ts';
import { deriveIdentityKeys } from '../platform/crypto/identity-keys.ts';
import { writeView } from '../platform/extension/session-view.ts';
import { drawPortrait } from '../platform/media/draw-portrait.ts';
import { openDatabase } from '../platform/store/database.ts';
import { HistoryStore } from '../platform/store/history-store.ts';
import { IdentityStore } from '../platform/store/identity-store.ts';
import { PortraitStore } from '../platform/store/portrait-store.ts';
import { SettingsStore } from '../platform/store/settings-store.ts';
import { followPortraits } from '../ui/portraits/follow-portraits.ts';
import { galleryNow, idOf } from './fixtures/people.ts';
import { portraitOf } from './fixtures/pictures.ts';

export interface Stored {
  /** 'lost': there was one, and its keys are gone. 'unwritten': its words can be shown; 'unchecked': not any more. */
  readonly identity?: 'none' | 'lost' | 'unchecked' | 'unwritten';
  /** Of the person here. */
  readonly name?: string;
  readonly contacts?: readonly Contact[];
  readonly requests?: readonly ContactRequest[];
  readonly history?: readonly HistoryEntry[];
  /** Those who have a portrait, by their places; 0 is the person here. */
  readonly portraits?: readonly number[];
  readonly settings?: Partial<Settings>;
  readonly doors?: readonly KeptDoor[];
  readonly ownDevices?: readonly OwnDevice[];
  readonly messages?: readonly LeftMessage[];
  readonly view?: Partial<SessionView>;
}

const relays = ['wss://relay.example', 'wss://second.example'];

/** Empties every store and writes what a state has. */
export async function seed(stored: Stored): Promise<void> {
  const database = await openDatabase();
  const stores = [...database.objectStoreNames];
  const transaction = database.transaction(stores, 'readwrite');
  await Promise.all(stores.map((store) => transaction.objectStore(store).clear()));
  await transaction.done;
  const identities = new IdentityStore(database);
  if (stored.identity !== 'none') {
    const entropy = new Uint8Array(32).fill(7);
    const own = {
      keys: await deriveIdentityKeys(entropy),
      name: stored.name ?? 'Alice',
      dev: new Uint8Array(8).fill(1),
      createdAt: galleryNow,
      wordsChecked: stored.identity !== 'unchecked' && stored.identity !== 'unwritten',
    };
    await identities.write(own, stored.identity === 'unwritten' ? entropy : undefined);
    if (stored.identity === 'lost') await database.clear('identity');
  } else await browser.storage.local.clear();
  await new SettingsStore(database).change({ relays, linkMadeAt: galleryNow, ...stored.settings });
  for (const contact of stored.contacts ?? []) await database.put('contacts', contact);
  for (const request of stored.requests ?? []) await database.put('requests', request);
  for (const door of stored.doors ?? []) await database.put('doors', door);
  for (const device of stored.ownDevices ?? []) await database.put('ownDevices', device);
  for (const message of stored.messages ?? []) await database.put('messages', message);
  const history = new HistoryStore(database);
  for (const entry of stored.history ?? []) await history.put(entry);
  for (const place of stored.portraits ?? []) {
    const own = await identities.read();
    const id = place === 0 && own.state === 'present' ? toHex(own.identity.keys.ed25519Public) : idOf(place);
    await new PortraitStore(database).put(id, { jpeg: await drawPortrait(await portraitOf(place)) });
  }
  if (stored.portraits) await followPortraits();
  const up = relays.map((url) => ({ url, phase: 'up' as const }));
  for (const [key, value] of Object.entries({ relayStates: up, ...stored.view }))
    await writeView(key as keyof SessionView, value);
  database.close();
}
