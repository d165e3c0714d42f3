// A person in a scenario: identity, background and call pages, wired as the product wires them, over simulated relays. The media link
// is a double that connects when offer and answer have met.
import type { CallRecords } from '../../../src/background/call-records.ts';
import type { OwnDevices } from '../../../src/background/devices/own-devices.ts';
import type { Outbox } from '../../../src/background/outbox.ts';
import type { RingRunner } from '../../../src/background/rings/ring-runner.ts';
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import { type Bytes, toBase64url, toHex, utf8 } from '../../../src/core/base/bytes.ts';
import type { Clock, Opener, Signer } from '../../../src/core/base/ports.ts';
import type { AskedMove, HeldCall, RingView, TakenCall } from '../../../src/core/call/requests.ts';
import type { RingRecord } from '../../../src/core/call/ring-machine.ts';
import { defaultSettings, type Settings } from '../../../src/core/data/settings.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { ContactInboxMaker, type OwnInboxes } from '../../../src/core/identity/inboxes.ts';
import type { NetworkFindings } from '../../../src/core/network/network-findings.ts';
import type { IdentityKeys } from '../../../src/platform/crypto/identity-keys.ts';
import type { FakeLinks } from '../doubles/fake-links.ts';
import { lastingOpener, NodeSigner } from '../doubles/node-keys.ts';
import { contactOf, namedKeys } from '../samples/named-people.ts';
import { ownNetwork } from '../samples/sample-findings.ts';
import type { SimulatedWorld } from '../worlds/simulated-world.ts';
import { BackgroundDouble } from './background-double.ts';
import { Page } from './call-page-double.ts';
import { linkOf, ownInboxesOf, recordsOf } from './contact-steps.ts';
import { MemoryDevices } from './memory-devices.ts';
import { MemoryEntries } from './memory-entries.ts';
import { MemoryMessages } from './memory-messages.ts';
import { MemoryNotes, MemoryReceipts, MemoryRequests } from './memory-notes.ts';
import type { PersonChoices } from './person-choices.ts';
import { personWorld } from './person-world.ts';

/** What a dishonest page makes of its world. */
type Bring = ((world: CallWorld) => CallWorld) | undefined;

export class Person {
  readonly name: string;
  readonly keys: IdentityKeys;
  readonly dev: string;
  readonly relays: readonly string[];
  readonly clock: Clock;
  readonly signer: Signer;
  readonly opener: Opener;
  readonly contacts = new Map<string, Contact>();
  /** Who has called without being a contact, and of whom a notification told. */
  readonly requests = new MemoryRequests();
  readonly toldRequests: string[] = [];
  /** While a call of theirs is open to guests: the secret of that inbox. */
  guests: Bytes | undefined;
  link = '';
  readonly records: CallRecords;
  readonly recorded: { callId: string; outcome: string }[] = [];
  /** Calls of which a missed-call notification told. */
  readonly toldMissed = new Set<string>();
  /** Ids of calls that rang, in order. */
  readonly rings: string[] = [];
  /** When each ring began and, if it is over, how long it lasted. */
  readonly rang = new Map<string, { readonly from: number; ms?: number }>();
  /** What the person does when it rings. */
  onRing: (callId: string) => void = () => undefined;
  onAskedMove: (asked: AskedMove) => void = () => undefined;
  readonly views: RingView[] = [];
  readonly crossovers: { outgoingId: string; call: TakenCall }[] = [];
  readonly stored = new Map<string, RingRecord>();
  readonly finished = new Set<string>();
  settings: Settings = defaultSettings;
  /** What looking at the own network brings, after a moment of the world's time. */
  network: NetworkFindings = ownNetwork();
  lookMs = 3_000;
  held: HeldCall | undefined;
  /** What the outbox still has to tell. */
  readonly notes = new MemoryNotes();
  readonly messages = new MemoryMessages();
  /** What its background still owes to others. */
  readonly receipts = new MemoryReceipts();
  /** Other devices with the same words. */
  readonly devices: MemoryDevices;
  /** What is the same on all of them. */
  readonly entries: MemoryEntries;
  /** Pages of calls that were made here, by the id of the call they began with. */
  readonly pages: Page[] = [];
  /** Call pages that want to know when contacts or settings change. */
  readonly watchers: (() => void)[] = [];
  /** A page's word that it holds a call takes up to this long to reach the background. */
  holdDelayMs = 0;
  readonly #world: SimulatedWorld;
  readonly #links: FakeLinks;
  #background: BackgroundDouble | undefined;
  readonly inboxes: ContactInboxMaker;

  private constructor(
    world: SimulatedWorld,
    links: FakeLinks,
    name: string,
    keys: IdentityKeys,
    { device = name, relays, clockSkewMs = 0, fromWords = false, quantum = false }: PersonChoices,
  ) {
    this.#world = world;
    this.#links = links;
    this.name = name;
    this.keys = keys;
    this.relays = relays ?? world.relays.map(({ url }) => url);
    this.devices = new MemoryDevices(fromWords);
    this.clock = world.skewedClock(clockSkewMs);
    this.dev = toBase64url(utf8(device.padEnd(8, '.').slice(0, 8)));
    this.entries = new MemoryEntries(this.dev);
    this.signer = world.countSigner(new NodeSigner(keys.ed25519Private, keys.ed25519Public));
    this.inboxes = new ContactInboxMaker(world.sealer, this.signer);
    this.opener = world.countOpener(lastingOpener(keys, quantum));
    this.records = recordsOf(this, world.sealer);
  }

  static async make(
    world: SimulatedWorld,
    links: FakeLinks,
    name: string,
    choices: PersonChoices = {},
  ): Promise<Person> {
    const person = new Person(world, links, name, await namedKeys(name), choices);
    person.link = await linkOf(person);
    await person.wake();
    return person;
  }

  get id(): string {
    return toHex(this.keys.ed25519Public);
  }

  get runner(): RingRunner {
    return this.#current.runner;
  }

  get outbox(): Outbox {
    return this.#current.outbox;
  }

  get ownDevices(): OwnDevices {
    return this.#current.devices;
  }

  get #current(): BackgroundDouble {
    if (!this.#background) throw new Error(`${this.name} has not begun`);
    return this.#background;
  }

  knows(other: Person, change: Partial<Contact> = {}): void {
    this.contacts.set(other.id, { ...contactOf(other), ...change });
    void this.followContacts();
  }

  /**
   * The background starts, or starts again after its death: only what was stored is left.
   * @param diesAtCall after so many of its calls to the world outside it dies again.
   */
  async wake(diesAtCall?: number): Promise<void> {
    this.killBackground();
    this.#background = new BackgroundDouble({
      person: this,
      sealer: this.#world.sealer,
      openPool: (urls) => this.#world.pool(urls),
      diesAtCall,
    });
    await this.#background.start();
  }

  /** Where this person may be called now. */
  ownInboxes(): Promise<OwnInboxes> {
    return ownInboxesOf(this, this.#world.sealer);
  }

  /** The background is told that contacts have changed. */
  async followContacts(): Promise<void> {
    for (const tell of this.watchers) tell();
    await this.reload();
  }

  /** A page says that contacts have changed. */
  async reload(): Promise<void> {
    await this.#background?.followInboxes();
  }

  /** The inbox that this person keeps for somebody, as it is handed over in a call. */
  inboxFor(other: Person): Promise<Bytes> {
    return this.inboxes.secret(other.keys.ed25519Public, 0);
  }

  /** The settings were changed while running. */
  async change(settings: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    await this.followContacts();
  }

  /** The browser ends the background without a word. */
  killBackground(): void {
    this.#background?.kill();
  }

  /** Calls all of them at once, on one page. */
  callTogether(...others: readonly [Person, ...Person[]]): Promise<Page> {
    return this.#start(this.#page(others));
  }

  async #start(page: Page): Promise<Page> {
    await page.start();
    return page;
  }

  /** @param bring what a dishonest page brings to the call in place of what it should. */
  call(other: Person, bring?: Bring): Promise<Page> {
    return this.#start(this.#page([other], { bring }));
  }

  /** The person accepts the ring on this device. A background that sleeps is woken by it. */
  async accept(from: Person, callId: string, bring?: Bring): Promise<Page> {
    const call = await this.ask(async (runner) =>
      (await runner.answer(callId, 'video', { inPage: false })) ? await runner.take(callId) : undefined,
    );
    if (!call) throw new Error(`${this.name} has no such ring`);
    const page = this.#page([from], { bring });
    await page.accept(call);
    return page;
  }

  /** The person accepts in the page of the ring: it goes on by itself, and tells the background, which may be slow to hear it. */
  async acceptInPage(from: Person, callId: string, toldAfterMs: number): Promise<Page> {
    const page = this.#page([from], { toldAfterMs });
    await page.answer(await this.#taken(callId));
    return page;
  }

  /** The page of a ring is shown, and nobody decides anything on it. */
  async look(from: Person, callId: string): Promise<void> {
    await this.#page([from]).prepare(await this.#taken(callId));
  }

  async #taken(callId: string): Promise<TakenCall> {
    const call = await this.ask((runner) => runner.take(callId));
    if (!call) throw new Error(`${this.name} has no such ring`);
    return call;
  }

  decline(callId: string): Promise<boolean> {
    return this.ask((runner) => runner.decline(callId));
  }

  /** A call page with these contacts. */
  #page(others: readonly Person[], { bring, toldAfterMs = 0 }: { bring?: Bring; toldAfterMs?: number } = {}): Page {
    const parts = { person: this, world: this.#world, links: this.#links, toldAfterMs };
    const world = personWorld({ ...parts, onHeld: (holding) => page.held(holding) });
    const ids = others.map(({ id }) => id);
    const page = new Page(ids, bring?.(world) ?? world);
    this.pages.push(page);
    return page;
  }

  findOut(): Promise<NetworkFindings> {
    return new Promise((resolve) => this.#world.clock.after(this.lookMs, () => resolve(this.network)));
  }

  // What the background does to the world.

  ringStarted(callId: string): void {
    this.rings.push(callId);
    this.rang.set(callId, { from: this.#world.clock.now() });
    this.onRing(callId);
  }

  ringStopped(callId: string): void {
    const ring = this.rang.get(callId);
    if (ring) ring.ms ??= this.#world.clock.now() - ring.from;
  }

  /** As the history keeps it: a second entry for the same call replaces the first. */
  record(callId: string, outcome: string): void {
    const known = this.recorded.findIndex((entry) => entry.callId === callId);
    if (known === -1) this.recorded.push({ callId, outcome });
    else this.recorded[known] = { callId, outcome };
  }

  show(view: RingView | undefined): void {
    if (!view) return;
    this.views.push(view);
    // As the page of the ring does once it is answered.
    if (view.phase === 'over' && view.outcome === 'answered-elsewhere')
      this.pages.find(({ callId }) => callId === view.callId)?.answeredElsewhere();
  }

  crossOver(outgoingId: string, call: TakenCall): void {
    this.crossovers.push({ outgoingId, call });
    this.pages.find(({ callId }) => callId === outgoingId)?.crossOver(outgoingId, call);
  }

  /** A page's request wakes a background that is dead, and is made once more if it dies over it. */
  async ask<Result>(what: (runner: RingRunner) => Promise<Result>): Promise<Result> {
    if (this.#current.isDead) await this.wake();
    const background = this.#current;
    const dead = Symbol();
    const answer = await Promise.race([what(background.runner), background.death.then(() => dead)]);
    return answer === dead ? this.ask(what) : (answer as Result);
  }
}
