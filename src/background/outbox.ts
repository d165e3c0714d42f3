// The caller's side of a call that reached nobody: tells the callee of it once it is back, every quarter of an hour for a day; where a message was
// left, less often for a month.
// Connects to the callee's relays only while there is something to tell.
import { type Bytes, fromBase64url } from '../core/base/bytes.ts';
import type { Clock, Opener, RelayPool, Sealer, Signer } from '../core/base/ports.ts';
import { type Contact, mayNotKnowUs } from '../core/identity/contact.ts';
import { callTopics, epochDay, inboxTopic } from '../core/identity/topics.ts';
import { openSignal, sealSignal } from '../core/signaling/mail.ts';
import { longestReceiptMs, type MissedNote, noteEveryMs } from '../core/signaling/missed-note.ts';
import type { Signal } from '../core/signaling/signal.ts';

export interface OutboxParts {
  readonly sealer: Sealer;
  readonly signer: Signer;
  readonly opener: Opener;
  readonly clock: Clock;
  readonly ownDev: string;
  readonly notes: {
    takeDue(now: number, all: boolean): Promise<readonly MissedNote[]>;
    remove(callId: string): Promise<void>;
  };
  readonly contact: (id: string) => Promise<Contact | undefined>;
  /** The own contact link as it is now. */
  readonly ownLink: () => Promise<string>;
  /** A pool of its own on the relays where the contact listens. */
  readonly openPool: (contact: Contact) => RelayPool | Promise<RelayPool>;
}

const readyMs = 10_000;
/** How long the callee's background gets to answer: it lets minutes go by, so that nobody sees when a computer was switched on. */
const answerMs = longestReceiptMs + 60_000;
const noteTtlSec = 10;
/** Counters from here on belong to notes: the call itself never came so far. */
const firstCounter = 65_536;

export class Outbox {
  readonly #parts: OutboxParts;
  #running: Promise<void> | undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  /** Sends what is due, or at the start of the browser everything. One run at a time. */
  async tick(all = false): Promise<void> {
    this.#running ??= this.#run(all).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(all: boolean): Promise<void> {
    const { notes, contact, clock } = this.#parts;
    const byContact = new Map<string, MissedNote[]>();
    for (const note of await notes.takeDue(clock.now(), all))
      byContact.set(note.contactId, [...(byContact.get(note.contactId) ?? []), note]);
    await Promise.all(
      [...byContact].map(async ([contactId, due]) => {
        const to = await contact(contactId);
        if (to && !to.blocked) await this.#deliver(to, due);
        else await Promise.all(due.map(({ callId }) => notes.remove(callId)));
      }),
    );
  }

  /** Sends the notes for one person and waits for their receipts. */
  async #deliver(to: Contact, due: readonly MissedNote[]): Promise<void> {
    const { sealer, signer, opener, clock, notes } = this.#parts;
    const pool = await this.#parts.openPool(to);
    const waiting = new Map<string, string>();
    let allNoted = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      allNoted = resolve;
    });
    const receive = async (topicHex: string, message: Bytes): Promise<void> => {
      const opened = await openSignal({ sealer, opener, ownEd25519: signer.publicKey, topicHex, message });
      const callId = waiting.get(topicHex);
      if (opened?.senderId !== to.id || opened.signal.t !== 'noted' || opened.signal.id !== callId) return;
      waiting.delete(topicHex);
      await notes.remove(callId);
      if (waiting.size === 0) allNoted();
    };
    pool.onMessage((topicHex, payload) => void receive(topicHex, new Uint8Array(payload)));
    try {
      for (const { callId, st } of due)
        waiting.set((await callTopics(sealer, fromBase64url(st) ?? new Uint8Array(32))).b2a, callId);
      pool.setTopics(new Set(waiting.keys()));
      if (!(await pool.ready(readyMs))) return;
      await Promise.all(due.map((note) => this.#send(pool, to, note).catch(() => undefined)));
      await Promise.race([done, new Promise<void>((resolve) => clock.after(answerMs, resolve))]);
    } finally {
      pool.close();
    }
  }

  async #send(pool: RelayPool, to: Contact, { callId, at, media, st, msg }: MissedNote): Promise<void> {
    const { sealer, signer, clock, ownDev, ownLink } = this.#parts;
    const now = clock.now();
    const n = firstCounter + Math.max(0, Math.floor((now - at) / 1_000));
    // By it they can add us, if they have not yet: without it they would not hear of the call at all.
    const link = mayNotKnowUs(to) ? { link: await ownLink() } : {};
    const left = msg && { msg };
    const signal: Signal = { v: 1, id: callId, dev: ownDev, n, ts: now, t: 'missed', at, media, st, ...link, ...left };
    // By turns to both, as invites go: a device of theirs may know of one only.
    const secret = to.theirInbox && Math.floor((now - at) / noteEveryMs) % 2 === 0 ? to.theirInbox : to.inboxSecret;
    const topicHex = await inboxTopic(sealer, secret, to.ed25519, epochDay(now));
    await pool.publish(topicHex, await sealSignal({ sealer, signer, to, topicHex, signal }), noteTtlSec);
  }
}
