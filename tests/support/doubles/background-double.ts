// One life of a person's background: the product's listener, ring runner and outbox, wired as background/listening.ts wires them. It can die
// at any moment: nothing that it still had to do has any effect then, and only what was stored is left for the next life.
import { InboxListener } from '../../../src/background/inbox-listener.ts';
import { MissedNotes } from '../../../src/background/missed-notes.ts';
import { Outbox } from '../../../src/background/outbox.ts';
import type { RingStorePort } from '../../../src/background/ring-book.ts';
import { RingRunner } from '../../../src/background/ring-runner.ts';
import type { Clock, Opener, RelayPool, Sealer, Signer } from '../../../src/core/base/ports.ts';
import type { OwnInboxes } from '../../../src/core/identity/inboxes.ts';
import { type Recipient, sealSignal } from '../../../src/core/signaling/mail.ts';
import type { Signal } from '../../../src/core/signaling/signal.ts';
import type { Person } from '../worlds/person.ts';

export interface BackgroundParts {
  readonly person: Person;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** On the own relays. */
  readonly pool: RelayPool;
  /** On somebody else's. */
  readonly openPool: (urls: readonly string[]) => RelayPool;
  readonly inboxes: OwnInboxes;
  readonly signer: Signer;
  readonly opener: Opener;
  /** Dies at this call to the world outside, counted from 1; lives on if undefined. */
  readonly diesAtCall: number | undefined;
}

const alarmMs = 30_000;

export class BackgroundDouble {
  readonly runner: RingRunner;
  readonly outbox: Outbox;
  /** Resolves when it dies. */
  readonly death: Promise<void>;
  readonly #listener: InboxListener;
  readonly #notes: MissedNotes;
  #calls: number;
  #isDead = false;
  #died: () => void = () => undefined;

  constructor({ person, sealer, clock, pool, openPool, signer, opener, inboxes, diesAtCall }: BackgroundParts) {
    this.#calls = diesAtCall ?? Number.POSITIVE_INFINITY;
    this.death = new Promise((resolve) => {
      this.#died = resolve;
    });
    const outside = <Result>(call: () => Result): Promise<Result> => this.#outside(call);
    const mortalClock = this.#mortal(clock);
    const rings: RingStorePort = {
      all: () => outside(() => [...person.stored.values()]),
      put: (record) => outside(() => void person.stored.set(record.callId, record)),
      finish: (callId) =>
        outside(() => {
          person.stored.delete(callId);
          person.finished.add(callId);
        }),
      isFinished: (callId) => outside(() => person.finished.has(callId)),
    };
    const contact = (id: string) => outside(() => person.contacts.get(id));
    const mail = async (topicHex: string, to: Recipient, signal: Signal): Promise<void> => {
      const message = await sealSignal({ sealer, signer, to, topicHex, signal });
      await outside(() => undefined);
      await pool.publish(topicHex, message, 30);
    };
    this.runner = new RingRunner({
      sealer,
      clock: mortalClock,
      ownDev: person.dev,
      rings,
      contact,
      settings: () => outside(() => person.settings),
      heldCall: () => outside(() => person.held),
      alerts: {
        start: (view) => outside(() => person.ringStarted(view.callId)),
        stop: (callId) => outside(() => person.ringStopped(callId)),
        missed: ({ callId }) => outside(() => void person.toldMissed.add(callId)),
      },
      record: ({ callId }, outcome) => outside(() => person.record(callId, outcome)),
      strangerCalled: (senderId, invite) => outside(() => person.strangerCalled(senderId, invite)),
      showView: (view) => outside(() => person.show(view)),
      openCall: (view) => outside(() => person.show(view)),
      crossOver: (outgoingId, call) => outside(() => person.crossOver(outgoingId, call)),
      mail,
      topicsChanged: (topics) => this.#listener.setRingTopics(topics),
      log: () => undefined,
    });
    const notes = new MissedNotes({
      sealer,
      clock: mortalClock,
      ownDev: person.dev,
      contact,
      settings: () => outside(() => person.settings),
      rings,
      receipts: person.receipts,
      missed: (_from, callId) => outside(() => person.record(callId, 'missed-while-away')),
      mail,
    });
    this.#notes = notes;
    this.outbox = new Outbox({
      sealer,
      clock: mortalClock,
      signer,
      opener,
      ownDev: person.dev,
      notes: person.notes,
      contact,
      openPool: ({ relays }) => openPool(relays),
    });
    this.#listener = new InboxListener({
      sealer,
      clock: mortalClock,
      pool,
      opener,
      ownEd25519: person.keys.ed25519Public,
      inboxes,
      onSignal: (senderId, signal, inbox) => {
        if (signal.t !== 'missed') void this.runner.receive(senderId, signal, inbox !== undefined);
        else if (inbox !== undefined) void notes.receive(senderId, signal);
      },
    });
    this.#alarm(clock);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** The revival alarm, as background/keepalive.ts sets it. */
  #alarm(clock: Clock): void {
    clock.after(alarmMs, () => {
      if (this.#isDead) return;
      void this.runner.tick();
      void this.#notes.tick();
      this.#alarm(clock);
    });
  }

  /** Resolves when it listens and has taken up what the life before has left, or is dead again. */
  async start(): Promise<void> {
    await Promise.race([this.death, this.#listener.start().then(() => this.runner.restore())]);
  }

  setInboxes(inboxes: OwnInboxes): Promise<void> {
    return this.#listener.setInboxes(inboxes);
  }

  /** The browser ends it without a word. */
  kill(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#listener.close();
    this.#died();
  }

  /** A dead background's calls are never answered. */
  #outside<Result>(call: () => Result): Promise<Result> {
    if (--this.#calls <= 0) this.kill();
    return this.#isDead ? new Promise<never>(() => undefined) : Promise.resolve(call());
  }

  #mortal(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      after: (ms, run) =>
        clock.after(ms, () => {
          if (!this.#isDead) run();
        }),
    };
  }
}
