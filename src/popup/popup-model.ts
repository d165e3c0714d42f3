// What the popup shows and what a person can do there. Reads the stores and the background's view; asks the background to act.
import { computed, type Signal, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { RelayState } from '../core/base/ports.ts';
import type { RingView } from '../core/call/requests.ts';
import type { HistoryEntry } from '../core/data/history-entry.ts';
import { missedCalls } from '../core/data/recent-calls.ts';
import { defaultSettings, type Settings } from '../core/data/settings.ts';
import { maxPeople } from '../core/group/roster.ts';
import type { CallMedia, Contact } from '../core/identity/contact.ts';
import type { KeptRequest } from '../core/identity/contact-request.ts';
import { ownLink } from '../platform/crypto/own-link.ts';
import { WebCryptoSealer } from '../platform/crypto/web-crypto-sealer.ts';
import { request } from '../platform/extension/messenger.ts';
import { watchView } from '../platform/extension/session-view.ts';
import { ContactStore } from '../platform/store/contact-store.ts';
import { onStoreChanged, openDatabase, type StoreName } from '../platform/store/database.ts';
import { HistoryStore } from '../platform/store/history-store.ts';
import { type IdentityState, IdentityStore } from '../platform/store/identity-store.ts';
import { RingStore } from '../platform/store/ring-store.ts';
import { SettingsStore } from '../platform/store/settings-store.ts';
import { type Ability, missingAbilities } from '../ui/abilities/missing-abilities.tsx';
import { Drafts } from '../ui/drafts.ts';
import { toPerson } from '../ui/invite/to-person.ts';
import { announce } from '../ui/live-region.tsx';
import { somebodyLooks } from '../ui/look-for-devices.ts';
import { matching } from '../ui/name-search.ts';
import { reloadBackground } from '../ui/reload-background.ts';
import { text } from '../ui/texts/text.ts';
import { ContactBook } from './contact-book.ts';
import { SavedGroups } from './groups/saved-groups.ts';
import { isShown, watchedElsewhere, watchedHeldCall } from './held-call.ts';
import type { PopupDialog } from './popup-dialog.ts';
import { QuietControl } from './quiet-control.ts';

const recentShown = 30;
/** Most people that can be called together: the person here is one more. */
export const mostCalled = maxPeople - 1;
/** With more contacts than these there is a search field. */
const searchAbove = 5;
/** A missed call that nobody called back on stands on top for so long. */
const missedShownMs = 86_400_000;

/** A search or a choice of people that was left for longer would only stand in the way. */
const givenUpAfterMs = 600_000;

/** True in the toolbar popup, false when the same page is open in a tab. */
export const isToolbarPopup = browser.extension.getViews({ type: 'popup' }).includes(window);

export class PopupModel {
  readonly identity = signal<IdentityState | undefined>(undefined);
  readonly contacts = signal<readonly Contact[]>([]);
  readonly requests = signal<readonly KeptRequest[]>([]);
  readonly history = signal<readonly HistoryEntry[]>([]);
  readonly settings = signal<Settings>(defaultSettings);
  readonly relayStates = signal<readonly RelayState[]>([]);
  readonly ring = signal<RingView | undefined>(undefined);
  readonly heldCall = watchedHeldCall();
  readonly callsElsewhere = watchedElsewhere();
  readonly dialog = signal<PopupDialog>({ show: 'none' });
  readonly myLink = signal('');
  readonly search: Signal<string>;
  /** When missed calls were put away last, ms since the epoch, as text so that it can be kept. */
  readonly #missedRead: Signal<string>;
  /** The same as text, so that it can be kept: ids, each after a blank. */
  readonly #chosen: Signal<string>;
  /** While several people are chosen for one call: those who are chosen so far, by id. */
  readonly chosen = computed<ReadonlySet<string> | undefined>(() =>
    this.#chosen.value === '' ? undefined : new Set(this.#chosen.value.split(' ').filter((id) => this.contactById(id))),
  );
  /** What was typed here before this popup closed. */
  readonly drafts: Drafts;
  /** Calls missed since the list was last looked at: marked for as long as this page is open. */
  readonly freshlyMissed = signal<ReadonlySet<string>>(new Set());
  /** What this browser lacks for calls. */
  readonly missing = signal<readonly Ability[]>([]);
  readonly problem = signal<string | undefined>(undefined);

  readonly offersSearch = computed(() => this.contacts.value.length > searchAbove);
  readonly offersGroupCall = computed(() => this.contacts.value.filter(({ blocked }) => !blocked).length > 1);
  /** Contacts that match the search: favourites first, the blocked ones last; those who can be chosen while some are. */
  readonly shownContacts = computed(() => {
    const found = matching(this.contacts.value, this.offersSearch.value ? this.search.value : '');
    const open = found.filter(({ blocked }) => !blocked);
    return [
      ...open.filter(({ favourite }) => favourite),
      ...open.filter(({ favourite }) => !favourite),
      ...(this.chosen.value ? [] : found.filter(({ blocked }) => blocked)),
    ];
  });
  /** Missed calls of the last day, newest first, of people with whom there was no call since; none that was put away. */
  readonly missedCalls = computed(() =>
    missedCalls(this.history.value, {
      after: Math.max(Number(this.#missedRead.value), Date.now() - missedShownMs),
    }),
  );
  readonly invitation = computed(() => {
    const own = this.identity.value;
    return toPerson(this.myLink.value, own?.state === 'present' ? own.identity.name : '', this.settings.value);
  });
  readonly ringing = computed(() => (this.ring.value?.phase === 'ringing' ? this.ring.value : undefined));

  readonly book: ContactBook;
  readonly quiet = new QuietControl(this.settings, (change, said) => this.#change(change, said));
  readonly groups = new SavedGroups(this.settings, this.contacts, (change, said) => this.#change(change, said));
  readonly #identityStore: IdentityStore;
  readonly #contactStore: ContactStore;
  readonly #historyStore: HistoryStore;
  readonly #settingsStore: SettingsStore;
  readonly #sealer = new WebCryptoSealer();

  private constructor(database: Awaited<ReturnType<typeof openDatabase>>, drafts: Drafts) {
    this.drafts = drafts;
    this.search = drafts.text('search', '', givenUpAfterMs);
    this.#chosen = drafts.text('chosen', '', givenUpAfterMs);
    this.#missedRead = drafts.text('missed-read', '0', missedShownMs);
    this.#identityStore = new IdentityStore(database);
    this.#contactStore = new ContactStore(database);
    this.#historyStore = new HistoryStore(database);
    this.#settingsStore = new SettingsStore(database);
    const identity = () => (this.identity.value?.state === 'present' ? this.identity.value.identity : undefined);
    const ownRelays = async () => (await this.#settingsStore.read()).relays;
    this.book = new ContactBook(this.#contactStore, this.#sealer, identity, ownRelays, new RingStore(database));
  }

  /** Reads everything once and keeps it fresh. `query` is the page's own, for `?add=<contact link>`. */
  static async open(query: URLSearchParams): Promise<PopupModel> {
    const [database, drafts] = await Promise.all([openDatabase(), Drafts.open()]);
    const model = new PopupModel(database, drafts);
    await Promise.all([model.#readPerson(), model.#readContacts(), model.#readRequests(), model.#readHistory()]);
    void missingAbilities().then((missing) => {
      model.missing.value = missing;
    });
    onStoreChanged((store) => void model.#readAgain(store));
    model.quiet.watch();
    watchView('relayStates', (states) => {
      model.relayStates.value = states ?? [];
    });
    watchView('ring', (ring) => {
      model.ring.value = ring;
    });
    if (model.identity.value?.state === 'present') somebodyLooks();
    const link = query.get('add');
    if (link !== null && model.identity.value?.state === 'present') {
      const told = query.get('from');
      const from = told === 'scan' || told === 'image' ? told : 'link';
      model.dialog.value = { show: 'add', link, from };
    }
    return model;
  }

  show(dialog: PopupDialog): void {
    this.problem.value = undefined;
    this.dialog.value = dialog;
  }

  async call(contactId: string, media: CallMedia): Promise<void> {
    await this.#ask(() => request('startCall', { contactId, media }));
  }

  /** Calls one person, or several together. */
  async callAgain(contactIds: readonly string[], media: CallMedia): Promise<void> {
    const [first] = contactIds;
    if (first === undefined) return;
    if (contactIds.length === 1) await this.call(first, media);
    else await this.#ask(() => request('startGroupCall', { contactIds: contactIds.slice(0, mostCalled), media }));
  }

  /** Begins to choose several people for one call, or gives that up. */
  chooseSeveral(begins: boolean): void {
    this.#chosen.value = begins ? ' ' : '';
  }

  choose(contactId: string, isChosen: boolean): void {
    const chosen = new Set(this.chosen.value);
    if (!isChosen) chosen.delete(contactId);
    else if (chosen.size < mostCalled) chosen.add(contactId);
    this.#chosen.value = ` ${[...chosen].join(' ')}`;
  }

  /** Opens one page that calls all who are chosen. */
  async callChosen(media: CallMedia): Promise<void> {
    const contactIds = [...(this.chosen.value ?? [])];
    if (contactIds.length < 2) return;
    await this.callAgain(contactIds, media);
    if (this.problem.value === undefined) this.chooseSeveral(false);
  }

  async answer(media: CallMedia): Promise<void> {
    const callId = this.ring.value?.callId;
    if (callId !== undefined) await this.#ask(() => request('answerRing', { callId, media, inPage: false }));
  }

  async decline(): Promise<void> {
    const callId = this.ring.value?.callId;
    if (callId === undefined) return;
    try {
      await request('declineRing', { callId });
    } catch {
      this.problem.value = text('popupNoAnswerFromBackground');
    }
  }

  /** Opens a page that asks to be let into the call of this link. A running call is shown instead. */
  async askToJoin(guestLink: string): Promise<void> {
    await this.#ask(() => request('askToJoin', { guestLink }));
  }

  /** Opens a page for guests, with nobody in it yet. A running call is shown instead. */
  async openDoor(): Promise<void> {
    await this.#ask(() => request('openDoor', undefined));
  }

  async moveHere(dev: string): Promise<void> {
    await this.#ask(() => request('moveHere', { dev }));
  }

  async returnToCall(): Promise<void> {
    if (await isShown(this.heldCall.value)) this.#leave();
    else this.problem.value = text('popupCallTabGone');
  }

  /** The notice of missed calls has been read. */
  putMissedAway(): void {
    this.#missedRead.value = String(Date.now());
  }

  async forgetCalls(callIds: readonly string[]): Promise<void> {
    await this.#historyStore.remove(callIds);
    announce(text('popupCallForgotten'));
  }

  /** Opens the options page, or one part of it. */
  async openOptions(hash?: 'scan' | 'network' | 'words'): Promise<void> {
    if (hash === undefined) await browser.runtime.openOptionsPage();
    else await browser.tabs.create({ url: browser.runtime.getURL(`src/options/index.html#${hash}`) });
    this.#leave();
  }

  contactById(id: string): Contact | undefined {
    return this.contacts.value.find((contact) => contact.id === id);
  }

  async #change(change: Partial<Settings>, said: string): Promise<void> {
    await this.#settingsStore.change(change);
    await this.#readPerson();
    announce(said);
    await reloadBackground();
  }

  async #readAgain(store: StoreName): Promise<void> {
    if (store === 'contacts') await this.#readContacts();
    else if (store === 'requests') await this.#readRequests();
    else if (store === 'history') await this.#readHistory();
    else if (store === 'identity' || store === 'settings') await this.#readPerson();
  }

  async #readPerson(): Promise<void> {
    const [identity, settings] = await Promise.all([this.#identityStore.read(), this.#settingsStore.read()]);
    this.settings.value = settings;
    this.identity.value = identity;
    if (identity.state === 'present') this.myLink.value = await ownLink(identity.identity, settings, this.#sealer);
  }

  async #readContacts(): Promise<void> {
    this.contacts.value = await this.#contactStore.all();
  }

  async #readRequests(): Promise<void> {
    this.requests.value = await this.#contactStore.requests(Date.now());
    await this.#contactStore.requestsSeen();
  }

  async #readHistory(): Promise<void> {
    const entries = await this.#historyStore.recent(recentShown);
    const missed = entries.filter((entry) => entry.outcome === 'missed' && !entry.seen).map((entry) => entry.callId);
    this.history.value = entries;
    if (missed.length === 0) return;
    this.freshlyMissed.value = new Set([...this.freshlyMissed.value, ...missed]);
    await request('missedSeen', undefined).catch(() => undefined);
  }

  /** Asks for something that opens another page, and makes room for it. */
  async #ask(ask: () => Promise<unknown>): Promise<void> {
    this.problem.value = undefined;
    try {
      await ask();
      this.dialog.value = { show: 'none' };
      this.#leave();
    } catch {
      this.problem.value = text('popupNoAnswerFromBackground');
    }
  }

  #leave(): void {
    if (isToolbarPopup) window.close();
  }
}
