// One life of a person's background: the product's own, in a world of the scenario. It can die at any moment: nothing that it still had to do
// has any effect then, and only what was stored is left for the next life.

import type { OwnDevices } from '../../../src/background/devices/own-devices.ts';
import { type BackgroundWorld, Listening } from '../../../src/background/listening.ts';
import type { Outbox } from '../../../src/background/outbox.ts';
import type { RingRunner } from '../../../src/background/rings/ring-runner.ts';
import type { Clock, RelayPool, Sealer } from '../../../src/core/base/ports.ts';
import type { Person } from './person.ts';

export interface BackgroundParts {
  readonly person: Person;
  readonly sealer: Sealer;
  readonly openPool: (urls: readonly string[]) => RelayPool;
  /** Dies at this call to the world outside, counted from 1; lives on if undefined. */
  readonly diesAtCall: number | undefined;
}

const alarmMs = 30_000;

export class BackgroundDouble {
  /** Resolves when it dies. */
  readonly death: Promise<void>;
  readonly #parts: BackgroundParts;
  #listening: Listening | undefined;
  #pool: RelayPool | undefined;
  #calls: number;
  #isDead = false;
  #died: () => void = () => undefined;

  constructor(parts: BackgroundParts) {
    this.#parts = parts;
    this.#calls = parts.diesAtCall ?? Number.POSITIVE_INFINITY;
    this.death = new Promise((resolve) => {
      this.#died = resolve;
    });
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  get runner(): RingRunner {
    return this.#alive.runner;
  }

  get outbox(): Outbox {
    return this.#alive.outbox;
  }

  get #alive(): Listening {
    if (!this.#listening) throw new Error('the background has not begun');
    return this.#listening;
  }

  /** Resolves when it listens and has taken up what the life before has left, or is dead again. */
  async start(): Promise<void> {
    this.#alarm(this.#parts.person.clock);
    const started = Listening.start(this.#world()).then((listening) => {
      this.#listening = listening;
    });
    await Promise.race([this.death, started]);
  }

  get devices(): OwnDevices {
    return this.#alive.devices;
  }

  async followInboxes(): Promise<void> {
    await this.#listening?.followInboxes();
  }

  /** The browser ends it without a word. */
  kill(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#listening?.close();
    this.#pool?.close();
    this.#died();
  }

  #world(): BackgroundWorld {
    const { person, sealer, openPool } = this.#parts;
    const outside = <Result>(call: () => Result | Promise<Result>): Promise<Result> => this.#outside(call);
    return {
      sealer,
      clock: this.#mortal(person.clock),
      signer: person.signer,
      opener: person.opener,
      ownDev: person.dev,
      ownEd25519: person.keys.ed25519Public,
      openPool: async () => this.#mortalPool(openPool(person.relays)),
      openPoolOf: async ({ relays }) => openPool(relays),
      relays: () => outside(() => person.relays),
      inboxes: () => outside(() => person.ownInboxes()),
      ownLink: async () => person.link,
      rings: {
        all: () => outside(() => [...person.stored.values()]),
        put: (record) => outside(() => void person.stored.set(record.callId, record)),
        finish: (callId) =>
          outside(() => {
            person.stored.delete(callId);
            person.finished.add(callId);
          }),
        isFinished: (callId) => outside(() => person.finished.has(callId)),
      },
      notes: person.notes,
      messages: {
        announced: (message, now) => outside(() => person.messages.announced(message, now)),
        get: (m) => outside(() => person.messages.get(m)),
      },
      receipts: person.receipts,
      devices: person.devices,
      entries: person.entries,
      mayHaveOthers: person.devices.mayHaveOthers,
      callsElsewhere: {
        read: async () => person.devices.callsElsewhere,
        write: async (calls) => {
          person.devices.callsElsewhere = calls;
        },
      },
      contact: (id) => outside(() => person.contacts.get(id)),
      settings: () => outside(() => person.settings),
      heldCalls: () => outside(() => (person.held ? [person.held] : [])),
      alerts: {
        start: (view) => outside(() => person.ringStarted(view.callId)),
        stop: (callId) => outside(() => person.ringStopped(callId)),
        missed: ({ callId }) => outside(() => void person.toldMissed.add(callId)),
      },
      records: {
        ring: ({ callId }, outcome) => outside(() => person.record(callId, outcome)),
        missedWhileAway: (_from, callId, _media, _at, left) =>
          outside(() => person.record(callId, left ? 'message-left' : 'missed-while-away')),
        messageLeft: (_from, { callId }) => outside(() => void person.messages.told.push(callId)),
        strangerCalled: (senderId, callId, link, at) =>
          outside(() => person.records.strangerCalled(senderId, callId, link, at)),
      },
      show: {
        ring: (view) => outside(() => person.show(view)),
        knocks: async () => undefined,
        relayStates: async () => undefined,
      },
      openCall: (view) => outside(() => person.show(view)),
      askedMove: (asked) => outside(() => person.onAskedMove(asked)),
      crossOver: (outgoingId, call) => outside(() => person.crossOver(outgoingId, call)),
      log: () => undefined,
      fault: (what, error) => {
        throw new Error(what, { cause: error });
      },
    };
  }

  /** The revival alarm, as background/keepalive.ts sets it. */
  #alarm(clock: Clock): void {
    clock.after(alarmMs, () => {
      if (this.#isDead) return;
      void this.#listening?.tick();
      this.#alarm(clock);
    });
  }

  /** A dead background's calls are never answered. */
  #outside<Result>(call: () => Result | Promise<Result>): Promise<Result> {
    if (--this.#calls <= 0) this.kill();
    return this.#isDead ? new Promise<never>(() => undefined) : Promise.resolve(call());
  }

  /** What is published is a call to the world outside. */
  #mortalPool(pool: RelayPool): RelayPool {
    this.#pool = pool;
    const publish: RelayPool['publish'] = async (...message) => {
      await this.#outside(() => undefined);
      return pool.publish(...message);
    };
    // Its methods are those of a class: they are found where they were.
    return new Proxy(pool, {
      get: (of, name) => {
        if (name === 'publish') return publish;
        const value: unknown = Reflect.get(of, name);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
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
