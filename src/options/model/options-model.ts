// What the options page shows and changes. Every change is written at once, told to the background and said in the live region.
import { computed, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import { findOut } from '../../connectivity/find-out.ts';
import { servingRelays } from '../../connectivity/relay-findings.ts';
import { type Bytes, toHex } from '../../core/base/bytes.ts';
import { cleanDisplayName } from '../../core/base/display-name.ts';
import type { RelayState } from '../../core/base/ports.ts';
import { defaultSettings, type Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { entropyFromWords, type RefusedWords } from '../../core/identity/recovery-words.ts';
import type { CheckStep } from '../../core/network/check-steps.ts';
import { askableServers } from '../../core/network/ice-server.ts';
import type { NetworkFindings } from '../../core/network/network-findings.ts';
import { deriveIdentityKeys, type IdentityKeys } from '../../platform/crypto/identity-keys.ts';
import { ownLink } from '../../platform/crypto/own-link.ts';
import { readyServers } from '../../platform/crypto/turn-password.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { watchView } from '../../platform/extension/session-view.ts';
import { removeAllMessages } from '../../platform/messages/remove-messages.ts';
import { relayDeps } from '../../platform/relay/open-relay-pool.ts';
import { parseRelayUrl, type RelayUrlRefusal } from '../../platform/relay/relay-url.ts';
import { type RelayReport, testRelay } from '../../platform/relay/test-relay.ts';
import { ContactStore } from '../../platform/store/contact-store.ts';
import {
  type Database,
  onStoreChanged,
  openDatabase,
  type StoreName,
  tellStoreChanged,
} from '../../platform/store/database.ts';
import { HistoryStore } from '../../platform/store/history-store.ts';
import { type IdentityState, IdentityStore } from '../../platform/store/identity-store.ts';
import { OwnDeviceStore } from '../../platform/store/own-device-store.ts';
import { PortraitStore } from '../../platform/store/portrait-store.ts';
import { deleteAllRecordings } from '../../platform/store/recording-store.ts';
import { SettingsStore } from '../../platform/store/settings-store.ts';
import { Drafts } from '../../ui/drafts.ts';
import { keepStorage } from '../../ui/durable-storage.ts';
import { announce } from '../../ui/live-region.tsx';
import { lookForDevices } from '../../ui/look-for-devices.ts';
import { reloadBackground } from '../../ui/reload-background.ts';
import { text } from '../../ui/texts/text.ts';
import { BackupModel } from './backup-model.ts';
import { GuestPageModel } from './guest-page-model.ts';
import { IceServersModel } from './ice-servers-model.ts';
import { OwnDevicesModel } from './own-devices-model.ts';
import { OwnServersModel } from './own-servers-model.ts';
import { PortraitModel } from './portrait-model.ts';
import { WordsModel } from './words-model.ts';

/** How long servers and relays may take to answer the self-test: a slow network is no broken one. */
const serverMs = 8_000;
const relayMs = 12_000;

/** Why a typed relay address was not taken. */
export type RelayRefusal = RelayUrlRefusal | 'known' | 'loopback';

/** Reads a typed relay address against a list. */
export function readRelayAddress(typed: string, list: readonly string[]): { url: string } | { refused: RelayRefusal } {
  const address = parseRelayUrl(typed);
  if ('refused' in address) return address;
  // The content security policy can name no other address of this machine.
  const { protocol, hostname } = new URL(address.url);
  if (protocol === 'ws:' && hostname !== 'localhost' && hostname !== '127.0.0.1') return { refused: 'loopback' };
  const known = list.some((url) => {
    const other = parseRelayUrl(url);
    return !('refused' in other) && other.canonical === address.canonical;
  });
  return known ? { refused: 'known' } : { url: address.canonical };
}

export class OptionsModel {
  readonly identity = signal<IdentityState>({ state: 'none' });
  readonly settings = signal<Settings>(defaultSettings);
  readonly relayStates = signal<readonly RelayState[]>([]);
  readonly contacts = signal<readonly Contact[]>([]);
  readonly historyCount = signal(0);
  readonly myLink = signal('');
  /** The browser may clear what we store when the disk runs full. */
  readonly mayBeCleared = signal(false);
  /** The part of the page asked for by the address: `#scan`. */
  readonly hash = signal(location.hash);

  readonly blocked = computed(() => this.contacts.value.filter((contact) => contact.blocked));

  /** What was typed here before this page was closed. */
  readonly drafts: Drafts;
  readonly backups: BackupModel;
  readonly words: WordsModel;
  readonly portrait: PortraitModel;
  readonly ownDevices: OwnDevicesModel;
  readonly iceServers = new IceServersModel(this);
  readonly ownServers = new OwnServersModel(this);
  readonly guestPage = new GuestPageModel(this);
  readonly #database: Database;
  readonly #identityStore: IdentityStore;
  readonly #contactStore: ContactStore;
  readonly #historyStore: HistoryStore;
  readonly #settingsStore: SettingsStore;
  readonly #sealer = new WebCryptoSealer();
  /** Reads and changes of the person's settings are numbered: what is shown is the outcome of the one begun last. */
  #turn = 0;
  #shownTurn = 0;

  private constructor(database: Database, drafts: Drafts) {
    this.drafts = drafts;
    this.#database = database;
    this.#identityStore = new IdentityStore(database);
    this.#contactStore = new ContactStore(database);
    this.#historyStore = new HistoryStore(database);
    this.#settingsStore = new SettingsStore(database);
    this.words = new WordsModel(this.#identityStore, () => this.#readPerson());
    const ownId = () => {
      const own = this.identity.value;
      return own.state === 'present' ? toHex(own.identity.keys.ed25519Public) : undefined;
    };
    this.portrait = new PortraitModel(new PortraitStore(database), ownId, this);
    this.ownDevices = new OwnDevicesModel(new OwnDeviceStore(database));
    this.backups = new BackupModel(
      database,
      () => this.identity.value,
      () => this.#readAll(),
    );
  }

  static async open(): Promise<OptionsModel> {
    const [database, drafts] = await Promise.all([openDatabase(), Drafts.open()]);
    const model = new OptionsModel(database, drafts);
    await model.#readAll();
    onStoreChanged((store) => void model.#readAgain(store));
    void keepStorage().then((isDurable) => {
      model.mayBeCleared.value = isDurable === false;
    });
    watchView('relayStates', (states) => {
      model.relayStates.value = states ?? [];
    });
    if (model.identity.value.state === 'present') void lookForDevices();
    window.addEventListener('hashchange', () => {
      model.hash.value = location.hash;
    });
    return model;
  }

  /**
   * Writes a new or recovered identity with its relays.
   * @param entropy of a new one: its words are yet to be written down.
   */
  async writeIdentity(
    keys: IdentityKeys,
    name: string,
    relays: readonly string[],
    entropy: Bytes | undefined,
  ): Promise<void> {
    await this.#settingsStore.change({ relays });
    const dev = crypto.getRandomValues(new Uint8Array(8));
    const identity = { keys, name, dev, createdAt: Date.now(), wordsChecked: entropy === undefined };
    const own = entropy === undefined ? { ...identity, fromWords: true as const } : identity;
    await this.#identityStore.write(own, entropy);
    // Told before anything is shown: whoever closes the page at once can be called all the same.
    const told = reloadBackground();
    await this.#readAll();
    await told;
    await lookForDevices();
  }

  /** @returns false when nothing is left of the name. */
  async rename(typed: string): Promise<boolean> {
    const name = cleanDisplayName(typed);
    const own = this.identity.value;
    if (name === '' || own.state !== 'present') return false;
    if (name === own.identity.name) return true;
    await this.#identityStore.rename(name);
    announce(text('optionsNameSaved', name));
    await reloadBackground();
    return true;
  }

  /** Checks typed words against the own public key and remembers when they are right. */
  async checkWords(typed: string): Promise<RefusedWords | 'other-identity' | 'right'> {
    const read = entropyFromWords(typed);
    if ('refused' in read) return read;
    const keys = await deriveIdentityKeys(read.entropy);
    read.entropy.fill(0);
    if (!this.isOwnKey(keys.ed25519Public)) return 'other-identity';
    await this.words.written();
    return 'right';
  }

  /** Whether a public key is the one that this browser has, or had before its keys were lost. */
  isOwnKey(publicKey: Bytes): boolean {
    const own = this.identity.value;
    if (own.state === 'none') return false;
    const known = own.state === 'present' ? toHex(own.identity.keys.ed25519Public) : own.publicKeyHex;
    return known === toHex(publicKey);
  }

  async change(change: Partial<Settings>, said: string): Promise<void> {
    await this.#settingsStore.change(change);
    this.#shownTurn = ++this.#turn;
    this.settings.value = { ...this.settings.value, ...change };
    announce(said);
    await reloadBackground();
  }

  /** Makes a new contact link: the inbox of the old one is left, and contacts are handed new inboxes in the next call with each. */
  async makeNewLink(): Promise<void> {
    const { linkGeneration } = await this.#settingsStore.read();
    await this.#contactStore.renewInboxes();
    await this.change({ linkGeneration: linkGeneration + 1 }, text('optionsNewLinkMade'));
    await this.#readPerson();
  }

  async test(address: string): Promise<RelayReport> {
    return await testRelay(address, relayDeps(this.#settingsStore));
  }

  /** The self-test of the network: asks the relays and servers that are set, nobody else. */
  async checkConnection(onStep: (step: CheckStep) => void, signal: AbortSignal): Promise<NetworkFindings> {
    const { relays, iceServers, hideAddress } = this.settings.value;
    return findOut({
      servers: await readyServers(askableServers(iceServers, hideAddress), Date.now()),
      hidesAddress: hideAddress,
      withinMs: serverMs,
      relays: servingRelays(relays, relayDeps(this.#settingsStore), relayMs),
      onStep,
      signal,
    });
  }

  async unblock(contact: Contact): Promise<void> {
    await this.#contactStore.setBlocked(contact.id, false);
    announce(text('optionsUnblocked', contact.name));
    await reloadBackground();
  }

  /** A contact that was muted or had a tone of its own. */
  async ringAsOthers(id: string, name: string): Promise<void> {
    await this.#contactStore.change(id, { muted: false, ringTone: undefined });
    await this.#readContacts();
    announce(text('optionsRingsAsOthers', name));
  }

  async clearHistory(): Promise<void> {
    await this.#historyStore.clear();
    announce(text('optionsHistoryCleared'));
    await reloadBackground();
  }

  /** Empties the database and everything else that this browser keeps for us. The stores stay open: a running background needs them. */
  async removeEverything(): Promise<void> {
    const stores = [...this.#database.objectStoreNames];
    const transaction = this.#database.transaction(stores, 'readwrite');
    await Promise.all(stores.map((store) => transaction.objectStore(store).clear()));
    await transaction.done;
    await deleteAllRecordings();
    await (await import('../../platform/backup/forget-rooms.ts')).deleteAllRooms();
    await removeAllMessages();
    await browser.storage.local.clear();
    for (const store of stores) tellStoreChanged(store);
    await reloadBackground();
    await browser.storage.session.clear();
    localStorage.clear();
    await this.#readAll();
  }

  async #readAgain(store: StoreName): Promise<void> {
    if (store === 'identity' || store === 'settings') await this.#readPerson();
    else if (store === 'contacts') await this.#readContacts();
    else if (store === 'history') await this.#readHistory();
  }

  async #readAll(): Promise<void> {
    await Promise.all([this.#readPerson(), this.#readContacts(), this.#readHistory()]);
  }

  async #readPerson(): Promise<void> {
    const turn = ++this.#turn;
    const [identity, settings] = await Promise.all([
      this.#identityStore.read(),
      this.#settingsStore.read(),
      this.words.refresh(),
    ]);
    const link = identity.state === 'present' ? await ownLink(identity.identity, settings, this.#sealer) : undefined;
    if (turn < this.#shownTurn) return;
    this.#shownTurn = turn;
    if (link !== undefined) this.myLink.value = link;
    this.settings.value = settings;
    this.identity.value = identity;
  }

  async #readContacts(): Promise<void> {
    this.contacts.value = await this.#contactStore.all();
  }

  async #readHistory(): Promise<void> {
    this.historyCount.value = (await this.#historyStore.recent()).length;
  }
}
