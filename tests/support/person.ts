// A person in a scenario: identity, background (listener and ring runner) and call pages, wired as the product wires them, over the
// simulated relay. The media link is a double that connects when offer and answer have met.
import { InviteListener } from '../../src/background/invite-listener.ts';
import { MissedNotes } from '../../src/background/missed-notes.ts';
import { Outbox } from '../../src/background/outbox.ts';
import { RingRunner } from '../../src/background/ring-runner.ts';
import { toBase64url, toHex, utf8 } from '../../src/core/bytes.ts';
import { type Contact, defaultSettings, type Settings } from '../../src/core/contact.ts';
import { friendsInboxSecret, linkInboxSecret, type OwnInboxes } from '../../src/core/inboxes.ts';
import { type Recipient, sealSignal } from '../../src/core/mail.ts';
import { isNoteDue, type MissedNote } from '../../src/core/missed-note.ts';
import type { Opener, Signer } from '../../src/core/ports.ts';
import type { HeldCall, RingView, TakenCall } from '../../src/core/requests.ts';
import type { RingRecord } from '../../src/core/ring-machine.ts';
import type { Signal } from '../../src/core/signal.ts';
import { deriveIdentityKeys, type IdentityKeys } from '../../src/platform/identity-keys.ts';
import { WebCryptoOpener, WebCryptoSigner } from '../../src/platform/web-crypto-sealer.ts';
import { Page, type PageParts } from './call-page-double.ts';
import type { FakeLinks } from './fake-links.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** The note store's contract, in memory. */
class MemoryNotes {
  readonly all = new Map<string, MissedNote>();

  async takeDue(now: number, all: boolean): Promise<readonly MissedNote[]> {
    const due = [...this.all.values()].filter((note) => all || isNoteDue(note, now));
    for (const note of due) this.all.set(note.callId, { ...note, triedAt: now });
    return due;
  }

  async remove(callId: string): Promise<void> {
    this.all.delete(callId);
  }
}

export class Person {
  readonly name: string;
  readonly keys: IdentityKeys;
  readonly dev: string;
  readonly contacts = new Map<string, Contact>();
  readonly requests: string[] = [];
  readonly recorded: { callId: string; outcome: string }[] = [];
  readonly rings: string[] = [];
  readonly views: RingView[] = [];
  readonly crossovers: { outgoingId: string; call: TakenCall }[] = [];
  readonly stored = new Map<string, RingRecord>();
  readonly finished = new Set<string>();
  settings: Settings = defaultSettings;
  held: HeldCall | undefined;
  runner!: RingRunner;
  outbox!: Outbox;
  /** What the outbox still has to tell. */
  readonly notes = new MemoryNotes();
  /** Pages of calls that were made here, by the id of the call they began with. */
  readonly pages: Page[] = [];
  /** A page's word that it holds a call takes up to this long to reach the background. */
  holdDelayMs = 0;
  readonly #world: SimulatedWorld;
  readonly #links: FakeLinks;
  readonly #signer: Signer;
  readonly #opener: Opener;
  #listener: InviteListener | undefined;

  private constructor(world: SimulatedWorld, links: FakeLinks, name: string, device: string, keys: IdentityKeys) {
    this.#world = world;
    this.#links = links;
    this.name = name;
    this.keys = keys;
    this.dev = toBase64url(utf8(device.padEnd(8, '.').slice(0, 8)));
    this.#signer = world.countSigner(new WebCryptoSigner(keys.ed25519Private, keys.ed25519Public));
    this.#opener = world.countOpener(new WebCryptoOpener(keys.x25519Private, keys.x25519Public));
  }

  /** @param device another name here is another device with the same words. */
  static async make(world: SimulatedWorld, links: FakeLinks, name: string, device = name): Promise<Person> {
    const entropy = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(name)));
    const person = new Person(world, links, name, device, await deriveIdentityKeys(entropy));
    await person.wake();
    return person;
  }

  get id(): string {
    return toHex(this.keys.ed25519Public);
  }

  get signer(): Signer {
    return this.#signer;
  }

  knows(other: Person, change: Partial<Contact> = {}): void {
    const { ed25519Public, x25519Public, inboxSecret } = other.keys;
    this.contacts.set(other.id, {
      id: other.id,
      name: other.name,
      ed25519: ed25519Public,
      x25519: x25519Public,
      inboxSecret,
      relays: [],
      addedAt: 0,
      addedFrom: 'link',
      blocked: false,
      verification: { state: 'unverified' },
      ...change,
    });
  }

  /** The background starts, or starts again after its death: only what was stored is left. */
  async wake(): Promise<void> {
    const { clock, sealer } = this.#world;
    const pool = this.#world.pool();
    const rings = {
      all: async () => [...this.stored.values()],
      put: async (record: RingRecord) => void this.stored.set(record.callId, record),
      finish: async (callId: string) => {
        this.stored.delete(callId);
        this.finished.add(callId);
      },
      isFinished: async (callId: string) => this.finished.has(callId),
    };
    const mail = async (topicHex: string, to: Recipient, signal: Signal): Promise<void> =>
      pool.publish(topicHex, await sealSignal({ sealer, signer: this.#signer, to, topicHex, signal }), 30);
    this.runner = new RingRunner({
      sealer,
      clock,
      ownDev: this.dev,
      rings,
      contact: async (id) => this.contacts.get(id),
      settings: async () => this.settings,
      heldCall: async () => this.held,
      alerts: {
        start: async (view) => void this.rings.push(view.callId),
        stop: async () => undefined,
        missed: async () => undefined,
      },
      record: async ({ callId }, outcome) => void this.recorded.push({ callId, outcome }),
      strangerCalled: async (senderId) => void this.requests.push(senderId),
      showView: async (view) => {
        if (view) this.views.push(view);
      },
      openCall: async (view) => void this.views.push(view),
      crossOver: async (outgoingId, call) => {
        this.crossovers.push({ outgoingId, call });
        const page = this.pages.find(({ callId }) => callId === outgoingId);
        if (page) void this.#world.count(page.crossOver(call));
      },
      mail,
      topicsChanged: (topics) => listener.setRingTopics(topics),
      log: () => undefined,
    });
    const contact = async (id: string) => this.contacts.get(id);
    const missedNotes = new MissedNotes({
      sealer,
      clock,
      ownDev: this.dev,
      contact,
      rings,
      missed: async (_from, callId) => void this.recorded.push({ callId, outcome: 'missed-while-away' }),
      mail,
    });
    this.outbox = new Outbox({
      sealer,
      clock,
      signer: this.#signer,
      opener: this.#opener,
      ownDev: this.dev,
      notes: this.notes,
      contact,
      openPool: () => this.#world.pool(),
    });
    const listener = new InviteListener({
      sealer,
      clock,
      pool,
      opener: this.#opener,
      ownEd25519: this.keys.ed25519Public,
      inboxes: await this.#inboxes(),
      onSignal: (senderId, signal, isInbox) =>
        void this.#world.count(
          signal.t === 'missed'
            ? missedNotes.receive(senderId, signal)
            : this.runner.receive(senderId, signal, isInbox),
        ),
    });
    this.#listener = listener;
    await listener.start();
    await this.runner.restore();
  }

  async #inboxes(): Promise<OwnInboxes> {
    const friends = await friendsInboxSecret(this.#world.sealer, this.#signer);
    const { linkCalls, linkGeneration } = this.settings;
    const link = await linkInboxSecret(this.#world.sealer, this.#signer, this.keys.inboxSecret, linkGeneration);
    return linkCalls ? { link, friends } : { friends };
  }

  /** The settings were changed while running. */
  async change(settings: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    await this.#listener?.setInboxes(await this.#inboxes());
  }

  /** The browser ends the background without a word. */
  killBackground(): void {
    this.#listener?.close();
  }

  async call(other: Person): Promise<Page> {
    const page = new Page(this.#pageParts(other));
    this.pages.push(page);
    await page.start();
    return page;
  }

  /** The person accepts the ring on this device. */
  async accept(from: Person, callId: string): Promise<Page> {
    if (!(await this.runner.answer(callId, 'video'))) throw new Error(`${this.name} has no such ring`);
    const call = await this.runner.take(callId);
    if (!call) throw new Error('the ring is over');
    const page = new Page(this.#pageParts(from));
    this.pages.push(page);
    await page.accept(call);
    return page;
  }

  #pageParts(other: Person): PageParts {
    const contact = this.contacts.get(other.id);
    if (!contact) throw new Error(`${this.name} does not know ${other.name}`);
    return {
      world: this.#world,
      links: this.#links,
      contact,
      signer: this.#signer,
      identityOpener: this.#opener,
      dev: this.dev,
      learnInbox: (friendsInbox) => {
        const known = this.contacts.get(contact.id);
        if (known) this.contacts.set(contact.id, { ...known, friendsInbox, hasOurInbox: true });
      },
      hold: (callId, direction, linked) => {
        this.#world.clock.after(this.#world.chance(this.holdDelayMs + 1), () => {
          this.held = { callId, contactId: contact.id, direction, linked, tabId: 1 };
          void this.#world.count(this.runner.held());
        });
      },
      release: (callId) => {
        if (this.held?.callId === callId) this.held = undefined;
      },
    };
  }
}
