// Everything that runs while there is an identity, wired: the pool on the own relays, the listener on the inboxes, the runner of rings, notes,
// knocks. Knows no browser and no store: the world it lives in is handed in.
import { type Bytes, fromBase64url, fromHex, toBase64url } from '../core/base/bytes.ts';
import type { Opener, RelayPool, RelayState, Signer } from '../core/base/ports.ts';
import type { KnockAnswer, KnockView, RingView, TakenCall } from '../core/call/requests.ts';
import type { OwnWord } from '../core/devices/own-word.ts';
import type { Contact } from '../core/identity/contact.ts';
import type { OwnInboxes } from '../core/identity/inboxes.ts';
import { callTopics } from '../core/identity/topics.ts';
import { type Recipient, sealSignal } from '../core/signaling/mail.ts';
import type { Signal } from '../core/signaling/signal.ts';
import type { CallRecords } from './call-records.ts';
import { AskedMoves, type AskedMovesParts } from './devices/asked-moves.ts';
import { OwnDevices, type OwnDevicesParts } from './devices/own-devices.ts';
import { GuestKnocks } from './doors/guest-knocks.ts';
import { InboxListener } from './inbox-listener.ts';
import { MissedNotes, type MissedNotesParts } from './missed-notes.ts';
import { Outbox, type OutboxParts } from './outbox.ts';
import type { RingParts } from './rings/ring-parts.ts';
import { RingRunner } from './rings/ring-runner.ts';
import { routeSignal } from './signal-routing.ts';

/** How long a relay may take to accept a message of ours before it is given up, in seconds. */
const mailTtlSec = 30;

type RingsOfTheWorld =
  | 'sealer'
  | 'clock'
  | 'ownDev'
  | 'rings'
  | 'contact'
  | 'settings'
  | 'heldCalls'
  | 'alerts'
  | 'openCall';

/** The world that the background lives in. */
export interface BackgroundWorld extends Pick<RingParts, RingsOfTheWorld | 'crossOver' | 'log'> {
  readonly signer: Signer;
  readonly opener: Opener;
  readonly ownEd25519: Bytes;
  /** The own relays: connected to at once and for as long as it is open. */
  readonly openPool: () => Promise<RelayPool>;
  /** The relays of a contact. */
  readonly openPoolOf: (contact: Contact) => Promise<RelayPool>;
  /** Addresses of the own relays, as they are set now. */
  readonly relays: () => Promise<readonly string[]>;
  /** Where one may be called now. */
  readonly inboxes: () => Promise<OwnInboxes>;
  readonly receipts: MissedNotesParts['receipts'];
  readonly notes: OutboxParts['notes'];
  readonly devices: OwnDevicesParts['devices'];
  readonly callsElsewhere: OwnDevicesParts['callsElsewhere'];
  readonly mayHaveOthers: boolean;
  readonly entries: OwnDevicesParts['entries'];
  readonly messages: MissedNotesParts['messages'];
  /** Another own device asks for the call of a page. */
  readonly askedMove: AskedMovesParts['tell'];
  readonly records: Pick<CallRecords, 'ring' | 'missedWhileAway' | 'messageLeft' | 'strangerCalled'>;
  /** The own contact link as it is now. */
  readonly ownLink: OutboxParts['ownLink'];
  /** What pages show. */
  readonly show: {
    ring(view: RingView | undefined): Promise<void>;
    knocks(knocks: readonly KnockView[]): Promise<void>;
    relayStates(states: readonly RelayState[]): Promise<void>;
  };
  readonly fault: (what: string, error: unknown) => void;
}

type Mail = (topicHex: string, to: Recipient, signal: Signal | OwnWord) => Promise<void>;

export class Listening {
  readonly runner: RingRunner;
  readonly knocks: GuestKnocks;
  readonly outbox: Outbox;
  readonly devices: OwnDevices;
  readonly #world: BackgroundWorld;
  readonly #pool: RelayPool;
  readonly #listener: InboxListener;
  readonly #notes: MissedNotes;

  private constructor(world: BackgroundWorld, pool: RelayPool, inboxes: OwnInboxes) {
    const { sealer, signer, clock, records, show } = world;
    this.#world = world;
    this.#pool = pool;
    const mail: Mail = async (topicHex, to, signal) =>
      pool.publish(topicHex, await sealSignal({ sealer, signer, to, topicHex, signal }), mailTtlSec);
    pool.onState((states) => void show.relayStates(states));
    this.runner = new RingRunner({
      ...world,
      record: (call, outcome) => records.ring(call, outcome),
      strangerCalled: (senderId, { id, link }) => records.strangerCalled(senderId, id, link, clock.now()),
      showView: (view) => show.ring(view),
      mail,
      topicsChanged: (topics) => this.#listener.setRingTopics(topics),
    });
    this.#notes = new MissedNotes({
      ...world,
      missed: (from, { id, media }, at, left) => records.missedWhileAway(from, id, media, at, left),
      left: (from, message) => records.messageLeft(from, message),
      strangerCalled: (senderId, callId, link, at) => records.strangerCalled(senderId, callId, link, at),
      mail,
    });
    this.knocks = new GuestKnocks({
      clock,
      isBlocked: async (id) => (await world.contact(id))?.blocked ?? false,
      show: (list) => show.knocks(list),
      tell: (call, says) => this.#tellGuest(call, says, mail),
    });
    this.outbox = new Outbox({ ...world, openPool: (contact) => world.openPoolOf(contact) });
    this.devices = new OwnDevices({ ...world, mail, onTaken: () => this.followSettings() });
    const moves = new AskedMoves({ ...world, tell: world.askedMove });
    const takers = { moves, devices: this.devices, rings: this.runner, knocks: this.knocks, notes: this.#notes };
    this.#listener = new InboxListener({
      ...world,
      pool,
      inboxes,
      openers: () => this.devices.same.openers,
      onSignal: (...arrived) =>
        void routeSignal(takers, ...arrived).catch((error: unknown) => world.fault('signal', error)),
    });
  }

  /** The word is by no device of ours: whoever is not in the call learns of none. */
  async #tellGuest({ callId, contactId, st, ek }: TakenCall, says: KnockAnswer | 'refused', mail: Mail): Promise<void> {
    const { sealer, clock, fault } = this.#world;
    const [secret, ed25519, x25519] = [fromBase64url(st), fromHex(contactId), fromBase64url(ek)];
    if (!secret || !ed25519 || !x25519) return;
    const { b2a } = await callTopics(sealer, secret);
    const head = { v: 1, id: callId, dev: toBase64url(sealer.randomBytes(8)), n: 1, ts: clock.now() } as const;
    const signal: Signal =
      says === 'shown'
        ? { ...head, t: 'shown' }
        : { ...head, t: 'decline', ...(says === 'refused' ? {} : { why: says }) };
    // Not awaited: a relay that hangs must not hold up the next knock.
    void mail(b2a, { ed25519, x25519 }, signal).catch((error: unknown) => fault('knock', error));
  }

  /** Begins to listen, and takes up what the background before has left. */
  static async start(world: BackgroundWorld): Promise<Listening> {
    const [pool, inboxes] = await Promise.all([world.openPool(), world.inboxes()]);
    const listening = new Listening(world, pool, inboxes);
    await listening.#listener.start();
    await listening.runner.restore();
    // What was changed while no background ran.
    listening.devices.same.changed();
    return listening;
  }

  /** Relays were edited (kept ones stay connected), or the inboxes changed. */
  async followSettings(): Promise<void> {
    this.#pool.setUrls(await this.#world.relays());
    await this.followInboxes();
    await this.#world.show.relayStates(this.#pool.states());
  }

  /** The held call is open to guests or is not any more, or contacts have changed. */
  async followInboxes(): Promise<void> {
    await this.#listener.setInboxes(await this.#world.inboxes());
  }

  /** Nothing is sent while all are connected: no relay learns when somebody looks. */
  retryRelays(): void {
    if (this.#pool.states().some(({ phase }) => phase === 'down')) this.#pool.retryNow();
  }

  /** Time has passed: rings end, notes are told, receipts go out. */
  async tick(): Promise<void> {
    await Promise.all([this.runner.tick(), this.#notes.tick(), this.outbox.tick()]);
  }

  close(): void {
    this.devices.same.close();
    this.#listener.close();
  }
}
