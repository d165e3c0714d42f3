// What a call page gets from the rest of the product: identity, relays, stores, the background. The session asks; this file knows where.
import browser from 'webextension-polyfill';
import { type CheckStep, checkSteps, findOut } from '../../connectivity/find-out.ts';
import { connectedRelays } from '../../connectivity/relay-findings.ts';
import { toBase64url } from '../../core/base/bytes.ts';
import type { RelayPool } from '../../core/base/ports.ts';
import type { CallEvent } from '../../core/call/call-machine.ts';
import { callOutcomes } from '../../core/call/end-reason.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import { maxOthers } from '../../core/data/history-entry.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { CallMedia, Contact, Verification } from '../../core/identity/contact.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import { askableServers } from '../../core/network/ice-server.ts';
import type { NetworkFindings } from '../../core/network/network-findings.ts';
import type { CallConnection } from '../../link/connection/call-connection.ts';
import { type IceChoice, prepareMaterial } from '../../link/connection/call-material.ts';
import { watchForTurn } from '../../link/connection/turn-watch.ts';
import type { ControlWords } from '../../link/proven/control-words.ts';
import { SimplePeerLink } from '../../link/proven/simple-peer-link.ts';
import type { FlowParts } from '../../link/signaling/call-flow.ts';
import { CalleeFlow } from '../../link/signaling/callee-flow.ts';
import { CallerFlow } from '../../link/signaling/caller-flow.ts';
import { type People, PeoplePool, secondWayMs } from '../../link/signaling/people-pool.ts';
import type { OwnIdentity } from '../../platform/crypto/own-identity.ts';
import { ownLink, passingLink } from '../../platform/crypto/own-link.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { readyServers } from '../../platform/crypto/turn-password.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { request } from '../../platform/extension/messenger.ts';
import { givePermit } from '../../platform/extension/page-permit.ts';
import type { Facts, Logger } from '../../platform/logger.ts';
import { openRelayPool, openRelaysOf } from '../../platform/relay/open-relay-pool.ts';
import type { ContactStore } from '../../platform/store/contact-store.ts';
import type { HistoryStore } from '../../platform/store/history-store.ts';
import type { SettingsStore } from '../../platform/store/settings-store.ts';
import { systemClock } from '../../platform/system-clock.ts';
import type { CallHiding } from '../group/call-hiding.ts';
import type { CallModel } from '../model/call-model.ts';
import type { CallSupplies, FinishedCall, FlowEvents } from '../pair/call-supplies.ts';
import type { PageHold } from './page-hold.ts';

/** Loads this page anew, and there the call starts by itself: it was clicked for here. */
async function loadAndStart(query: URLSearchParams): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await givePermit(tab.id, { does: 'start', query: String(query) });
  location.assign(`${location.pathname}?${query}`);
}

/** After a failed call both sides wait for each other's findings: this has to be over well before. */
const findOutMs = 5_000;

export interface SuppliesParts {
  readonly identity: OwnIdentity;
  readonly contact: Contact;
  readonly settings: Settings;
  readonly contacts: ContactStore;
  readonly history: HistoryStore;
  readonly settingsStore: SettingsStore;
  readonly model: CallModel;
  readonly logger: Logger;
  readonly hold: PageHold;
  /** Those who are in the call already. */
  readonly people: People;
  /** Whether this call hides our address from anybody. */
  readonly hiding: Pick<CallHiding, 'isOn'>;
  /** Whom the page was opened to call, by id: calling again calls all of them. */
  readonly together: readonly string[];
  /** Which page this is, for the history and as a sign of life. */
  readonly page: string;
  /** How the first words get there: over relays, or through people who are linked to both of us. */
  readonly route: 'relays' | 'people';
  /** What features say over the link. */
  readonly words: ControlWords;
  /** The connection that will carry the call: devices put their tracks on it. */
  readonly attach: (connection: CallConnection) => void;
}

export class PageSupplies implements CallSupplies {
  readonly #parts: SuppliesParts;
  readonly #sealer = new WebCryptoSealer();
  /** Our address stays hidden in this call, as far as it was decided. */
  #hides: boolean;
  /** Of somebody who is no contact: begins to hide in mid-call. */
  #hideNow: (() => void) | undefined;

  constructor(parts: SuppliesParts) {
    this.#parts = parts;
    this.#hides = addressHiding(parts.settings, parts.contact) !== 'off';
  }

  /** A caller comes to the relays where the contact listens. */
  async caller(dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CallerFlow> {
    const { contact, settings, route } = this.#parts;
    // Whom others brought here may name a relay of their own, which would see the address.
    const isSafe = (relay: string) => route === 'relays' || !this.#hides || settings.relays.includes(relay);
    return CallerFlow.prepare(await this.#flowParts(contact.relays.filter(isSafe), dispatch, events));
  }

  /** A callee answers over its own relays only: never connects to an address that a caller supplied. */
  async callee(call: TakenCall, dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CalleeFlow> {
    return CalleeFlow.prepare(await this.#flowParts('own', dispatch, events), call);
  }

  /** Says which call this page is in. `linked`: both sides have agreed on it. */
  hold(callId: string, direction: 'incoming' | 'outgoing', linked: boolean): void {
    this.#parts.hold.hold({ callId, contactId: this.#parts.contact.id, direction, linked });
  }

  release(callId: string): void {
    this.#parts.hold.release(callId);
  }

  async answerRing(callId: string, media: CallMedia): Promise<boolean> {
    return (await request('answerRing', { callId, media, inPage: true })).answered;
  }

  async declineRing(callId: string): Promise<boolean> {
    return (await request('declineRing', { callId })).declined;
  }

  /** A ring that was answered has come to nothing: the background needs to keep it no longer. */
  async forgetRing(callId: string): Promise<void> {
    const { contact, page } = this.#parts;
    await request('holdCall', { callId, contactId: contact.id, direction: 'incoming', linked: false, page });
    await request('holdCall', undefined);
  }

  /** A call of its own, with its entry in the history; not one more person in a running one. */
  get isOwnCall(): boolean {
    return this.#parts.route === 'relays';
  }

  async record({ reason, ...call }: FinishedCall): Promise<void> {
    if (!this.isOwnCall || !(await this.#parts.settingsStore.read()).keepHistory) return;
    const outcome = callOutcomes[reason];
    const others = outcome === 'answered' ? this.#parts.people.namesBeside(call.contactId) : [];
    const group = others.length > 0 ? { others: others.slice(0, maxOthers) } : {};
    await this.#parts.history.put({ ...call, ...group, page: this.#parts.page, outcome, seen: outcome !== 'missed' });
  }

  /** The call reached nobody: the background tells the contact of it later. */
  leaveNote(callId: string, media: CallMedia, at: number): void {
    if (this.isOwnCall) this.#ask(request('leaveNote', { callId, contactId: this.#parts.contact.id, media, at }));
  }

  remember(contactId: string, verification: Verification): Promise<void> {
    return this.#parts.contacts.change(contactId, { verification });
  }

  /** Somebody has come from whom we hide: nobody who is no contact is told an address any more. */
  hideFromStranger(): void {
    this.#hideNow?.();
  }

  /** What `findOut` looks at. */
  get checkSteps(): readonly CheckStep[] {
    return checkSteps(this.#parts.settings.iceServers, this.#hides);
  }

  /** Looks at the own network: asks the own relays and the servers of the call, nobody else. */
  async findOut(onStep: (step: CheckStep) => void): Promise<NetworkFindings> {
    const { settings, settingsStore } = this.#parts;
    const open = (urls: readonly string[]) => openRelayPool(urls, settingsStore);
    return findOut({
      servers: (await this.#iceChoice(this.#hides)).servers,
      hidesAddress: this.#hides,
      withinMs: findOutMs,
      relays: connectedRelays(settings.relays, open, systemClock, findOutMs),
      onStep,
    });
  }

  callAgain(contactId: string, media: CallMedia): void {
    const { together } = this.#parts;
    const ids = together.length > 1 ? together : [contactId];
    const query = new URLSearchParams([...ids.map((id) => ['to', id]), ['media', media]]);
    this.#ask(loadAndStart(query));
  }

  closePage(): void {
    void browser.tabs
      .getCurrent()
      .then((tab) => (tab?.id === undefined ? window.close() : browser.tabs.remove(tab.id)));
  }

  openSettings(part?: 'network'): void {
    if (part === undefined) void browser.runtime.openOptionsPage();
    else void browser.tabs.create({ url: browser.runtime.getURL(`src/options/index.html#${part}`) });
  }

  note(event: string, facts: Facts): void {
    this.#parts.logger.info(event, facts);
  }

  fault(event: string, error: unknown): void {
    this.#parts.logger.fault(event, error);
  }

  async #flowParts(
    theirs: readonly string[] | 'own',
    dispatch: (event: CallEvent) => void,
    events: FlowEvents,
  ): Promise<FlowParts> {
    const { identity, contact, contacts, words, attach, hiding } = this.#parts;
    const { signer, opener } = ownPorts(identity);
    let isFirst = true;
    const openPool = () => {
      const pool = this.#openPool(theirs, isFirst);
      isFirst = false;
      return pool;
    };
    const [open, hidden, link, known] = await Promise.all([
      this.#iceChoice(false),
      this.#iceChoice(true),
      this.#linkInInvites(),
      contacts.get(contact.id),
    ]);
    // Whoever is no contact is hidden from as soon as anybody in this call is.
    if (!known && hiding.isOn) this.#hides = true;
    const ice = () => (this.#hides ? hidden : open);
    const material = await prepareMaterial(this.#sealer, ice());
    let current = material.connection;
    if (!known)
      this.#hideNow = () => {
        this.#hides = true;
        current.hideAddress(hidden.servers);
      };
    // While the material was made, somebody may have come from whom we hide.
    if (!known && hiding.isOn) this.#hideNow?.();
    attach(material.connection);
    const noRelay = { event: 'no-relay-address' } as const;
    const hasNoRelay = this.#hides
      ? watchForTurn(material.connection, systemClock, () => dispatch(noRelay))
      : () => false;
    return {
      ...events,
      dispatch: (event) => dispatch(event.event === 'link-failed' && hasNoRelay() ? noRelay : event),
      sealer: this.#sealer,
      clock: systemClock,
      signer,
      identityOpener: opener,
      dev: toBase64url(identity.dev),
      ownLink: link,
      words,
      contact,
      others: () => this.#parts.people.countBeside(contact.id),
      material,
      openLink: (opening, events) => {
        const connection = opening.isFresh ? material.renew(ice()) : material.connection;
        current = connection;
        if (opening.isFresh) {
          attach(connection);
          if (opening.role === 'offer') connection.prepareOffer();
        }
        return new SimplePeerLink({ connection, opening, sealer: this.#sealer, clock: systemClock, events });
      },
      openPool,
    };
  }

  /** Whoever is no contact gets no lasting way to reach us by an invite either; in a running call everybody knows everybody's keys. */
  async #linkInInvites(): Promise<string> {
    const { identity, settings, contact, contacts, route } = this.#parts;
    if (route === 'people') return '';
    const known = await contacts.get(contact.id);
    if (known && !known.blocked) return ownLink(identity, settings, this.#sealer);
    return passingLink(identity, settings, this.#sealer, systemClock.now());
  }

  async #iceChoice(relayOnly: boolean): Promise<IceChoice> {
    const { iceServers } = await this.#parts.settingsStore.read();
    const servers = askableServers(iceServers, relayOnly);
    return { servers: await readyServers(servers, Date.now()), relayOnly };
  }

  /**
   * A call that has lost its way is helped by everybody who may know one: people and relays. A new one between two who are in the call goes
   * through people first, and over relays as well when that takes long.
   */
  #openPool(theirs: readonly string[] | 'own', isFirst: boolean): RelayPool {
    const { people, contact, route, model, settings, settingsStore } = this.#parts;
    const open = (): RelayPool => {
      const pool =
        theirs === 'own'
          ? openRelayPool(settings.relays, settingsStore)
          : openRelaysOf({ relays: theirs }, settings.relays, settingsStore);
      pool.onState((states) => {
        if (states.some(({ phase }) => phase === 'up')) model.relaysUp.value = true;
        else model.relaysUp.value = people.canReach(contact.id) && route === 'people';
      });
      return pool;
    };
    if (isFirst && route === 'relays') return open();
    const mesh = new PeoplePool(people, contact.id);
    if (!isFirst || !people.canReach(contact.id) || people.needsRelays(contact.id)) mesh.widen(open());
    else {
      model.relaysUp.value = true;
      // Whoever hands over may keep to themselves what they are given.
      systemClock.after(secondWayMs, () => {
        if (!mesh.isClosed) mesh.widen(open());
      });
    }
    return mesh;
  }

  #ask(asked: Promise<unknown>): void {
    asked.catch((error: unknown) => this.fault('request', error));
  }
}
