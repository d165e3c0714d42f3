// Calls to someone who is not there: the caller's outbox (docs/protocol.md#missed-calls).
import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64url } from '../../src/core/base/bytes.ts';
import { epochDay, inboxTopic } from '../../src/core/identity/topics.ts';
import { sealSignal } from '../../src/core/signaling/mail.ts';
import type { MissedNote } from '../../src/core/signaling/missed-note.ts';
import { FakeLinks } from '../support/doubles/fake-links.ts';
import { setBlocked } from '../support/persons/contact-steps.ts';
import { Person } from '../support/persons/person.ts';
import { SimulatedWorld } from '../support/worlds/simulated-world.ts';

let world: SimulatedWorld;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = new SimulatedWorld(11);
  const links = new FakeLinks(world.clock);
  [alice, bob] = await Promise.all([Person.make(world, links, 'Alice'), Person.make(world, links, 'Bob')]);
  alice.knows(bob);
  bob.knows(alice);
});

/** A call to Bob that reached nobody, as the call page leaves it. */
function leaveNote(name: string, change: Partial<MissedNote> = {}): string {
  const callId = toBase64url(new TextEncoder().encode(name.padEnd(16, '.').slice(0, 16)));
  const st = toBase64url(world.sealer.randomBytes(32));
  const now = world.clock.now();
  const note: MissedNote = { callId, contactId: bob.id, media: 'video', at: now, st, triedAt: now, ...change };
  alice.notes.all.set(note.callId, note);
  return note.callId;
}

/** A quarter of an hour goes by and the alarm rings; then Alice waits for an answer for as long as she does. */
async function quarter(): Promise<void> {
  await world.pass(15 * 60_000);
  const tick = alice.outbox.tick();
  await world.pass(12 * 60_000);
  await tick;
}

/** How many words from Bob the relays carried. */
const answers = (): number => world.frames.filter((frame) => world.signalIn(frame)?.t === 'noted').length;

describe('a callee who was offline', () => {
  // README.md#leaves-notes, README.md#leaves-receipts
  // Seen to fail with the receipt left out of MissedNotes: the note is sent all day.
  test('sees one missed call when back, and the caller stops telling', async () => {
    bob.killBackground();
    const callId = leaveNote('first');
    await quarter();
    expect(alice.notes.all.size).toBe(1);
    await bob.wake();
    await quarter();
    expect(bob.recorded).toEqual([{ callId, outcome: 'missed-while-away' }]);
    expect(alice.notes.all.size).toBe(0);
    const frames = world.frames.length;
    await quarter();
    expect(world.frames.length).toBe(frames);
  });

  test('sees it once although the receipt is lost and the note comes again', async () => {
    const callId = leaveNote('lost receipt');
    world.swallow = (frame) => world.signalIn(frame)?.t === 'noted';
    await quarter();
    world.swallow = () => false;
    await quarter();
    expect(bob.recorded).toEqual([{ callId, outcome: 'missed-while-away' }]);
    // A second answer would tell when Bob is there: Alice tells him until the day is over.
    expect(answers()).toBe(1);
    expect(alice.notes.all.size).toBe(1);
  });

  test('is told of several calls in one go', async () => {
    for (const name of ['one', 'two', 'three']) leaveNote(name);
    await quarter();
    expect(bob.recorded).toHaveLength(3);
    expect(alice.notes.all.size).toBe(0);
  });

  // Seen to fail without the look at finished calls in MissedNotes.
  test('does not see a call twice that rang', async () => {
    const page = await alice.call(bob);
    await world.until(() => bob.rings.length > 0, 'Bob rings');
    page.hangUp();
    await world.until(() => bob.recorded.length > 0, 'Bob stops');
    leaveNote('', { callId: page.callId });
    await quarter();
    expect(bob.recorded).toEqual([{ callId: page.callId, outcome: 'caller-cancelled' }]);
    expect(answers()).toBe(0);
  });
});

describe('who is told and answered', () => {
  test('nothing is sent before its time, nor after a day', async () => {
    leaveNote('young');
    await alice.outbox.tick();
    expect(world.frames).toEqual([]);
    alice.notes.all.clear();
    leaveNote('old', { at: world.clock.now() - 24 * 3_600_000, triedAt: 0 });
    await alice.outbox.tick();
    expect(world.frames).toEqual([]);
  });

  test.each([
    ['a stranger', () => bob.contacts.clear()],
    ['somebody blocked', () => bob.knows(alice, { blocked: true })],
  ])('%s gets no receipt and leaves no trace', async (_who, make) => {
    make();
    leaveNote('silence');
    await quarter();
    expect(bob.recorded).toEqual([]);
    // One frame: the note itself.
    expect(world.frames).toHaveLength(1);
  });

  test('a note of a call that lies days back or ahead is no missed call', async () => {
    leaveNote('ahead', { at: world.clock.now() + 5 * 3_600_000, triedAt: world.clock.now() - 3_600_000 });
    await quarter();
    expect(world.frames.length).toBeGreaterThan(0);
    expect(answers()).toBe(0);
    expect(bob.recorded).toEqual([]);
  });

  test('a contact who was removed meanwhile is not told', async () => {
    leaveNote('removed');
    alice.contacts.clear();
    await quarter();
    expect(world.frames).toEqual([]);
    expect(alice.notes.all.size).toBe(0);
  });
});

// M1: P9 turned round. Whoever asks shall not see when a browser is on.
describe('a receipt', () => {
  /** Alice's own words, without her outbox: asks as often as she likes. */
  async function ask(callId: string, n: number): Promise<void> {
    const now = world.clock.now();
    const topicHex = await inboxTopic(world.sealer, bob.keys.inboxSecret, bob.keys.ed25519Public, epochDay(now));
    const note = { v: 1, id: callId, dev: toBase64url(new Uint8Array(8)), n, ts: now, t: 'missed' } as const;
    const signal = { ...note, at: now, media: 'video', st: toBase64url(new Uint8Array(32).fill(7)) } as const;
    const to = { ed25519: bob.keys.ed25519Public, x25519: bob.keys.x25519Public };
    const message = await sealSignal({ sealer: world.sealer, signer: alice.signer, to, topicHex, signal });
    world.deliver({ topicHex, payload: message });
  }
  const idOf = (name: string) => toBase64url(new TextEncoder().encode(name.padEnd(16, '.').slice(0, 16)));
  const minute = 60_000;

  // Seen to fail with an answer to each note: twelve within two minutes.
  test('is sent once, however often the same call is asked about', async () => {
    for (let i = 0; i < 12; i++) {
      await ask(idOf('stalker'), 70_000 + i);
      await world.pass(10_000);
    }
    await world.pass(20 * minute);
    expect(answers()).toBe(1);
    for (let i = 0; i < 12; i++) await ask(idOf('stalker'), 80_000 + i);
    await world.pass(20 * minute);
    expect(answers()).toBe(1);
  });

  test('of a hundred made-up calls at once twenty are missed, and twelve are answered in a day', async () => {
    for (let i = 0; i < 100; i++) await ask(idOf(`made up ${i}`), 70_000 + i);
    await world.pass(20 * minute);
    expect(bob.recorded).toHaveLength(20);
    expect(answers()).toBe(12);
  });

  test('is not sent for a call that is over here', async () => {
    bob.finished.add(idOf('over'));
    for (let i = 0; i < 20; i++) await ask(idOf('over'), 70_000 + i);
    await world.pass(20 * minute);
    expect(answers()).toBe(0);
  });

  // Seen to fail without the wait.
  test('comes two to ten minutes later, never twice after the same time', async () => {
    const waits = new Set<number>();
    for (let i = 0; i < 6; i++) {
      const [before, from] = [answers(), world.clock.now()];
      await ask(idOf(`call ${i}`), 70_000);
      await world.until(() => answers() > before, 'the receipt', 11 * minute);
      waits.add(world.clock.now() - from);
    }
    expect(waits.size).toBe(6);
    for (const ms of waits) {
      expect(ms).toBeGreaterThanOrEqual(2 * minute);
      expect(ms).toBeLessThanOrEqual(10 * minute + 1_000);
    }
  });

  // Seen to fail with the settings not asked.
  test('waits for the end of do-not-disturb', async () => {
    await bob.change({ doNotDisturb: true });
    await ask(idOf('quiet'), 70_000);
    await world.pass(60 * minute);
    expect(answers()).toBe(0);
    expect(bob.recorded).toEqual([{ callId: idOf('quiet'), outcome: 'missed-while-away' }]);
    await bob.change({ doNotDisturb: false });
    await world.pass(minute);
    expect(answers()).toBe(1);
  });

  // Seen to fail with receipts kept in memory.
  test('goes out although the background died in between', async () => {
    await ask(idOf('mortal'), 70_000);
    await world.pass(1_000);
    await bob.wake();
    await world.pass(11 * minute);
    expect(answers()).toBe(1);
  });

  test('is sent twelve times a day to one contact, and no more', async () => {
    for (let i = 0; i < 20; i++) await ask(idOf(`many ${i}`), 70_000);
    await world.pass(20 * minute);
    expect(answers()).toBe(12);
    expect(bob.recorded).toHaveLength(20);
  });

  test('is not sent to whoever was blocked meanwhile', async () => {
    await ask(idOf('blocked'), 70_000);
    await world.pass(1_000);
    await setBlocked(bob, alice, true);
    await world.pass(20 * minute);
    expect(answers()).toBe(0);
  });
});
