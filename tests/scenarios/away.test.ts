// Calls to someone who is not there: the caller's outbox (docs/protocol.md#missed-calls).
import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64url } from '../../src/core/bytes.ts';
import type { MissedNote } from '../../src/core/missed-note.ts';
import { FakeLinks } from '../support/fake-links.ts';
import { Person } from '../support/person.ts';
import { SimulatedWorld } from '../support/simulated-world.ts';

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

/** A quarter of an hour goes by and the alarm rings. */
async function quarter(): Promise<void> {
  await world.pass(15 * 60_000);
  const tick = alice.outbox.tick();
  await world.pass(25_000);
  await tick;
}

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
    const noted = new Set<string>();
    // The answers go to topics that Alice has not published on.
    world.swallow = ({ topicHex }) => noted.has(topicHex) || (bob.recorded.length > 0 && Boolean(noted.add(topicHex)));
    await quarter();
    world.swallow = () => false;
    await quarter();
    expect(bob.recorded).toEqual([{ callId, outcome: 'missed-while-away' }]);
    expect(alice.notes.all.size).toBe(0);
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
    page.dispatch({ event: 'hang-up' });
    await world.until(() => bob.recorded.length > 0, 'Bob stops');
    leaveNote('', { callId: page.callId });
    await quarter();
    expect(bob.recorded).toEqual([{ callId: page.callId, outcome: 'caller-cancelled' }]);
    expect(alice.notes.all.size).toBe(0);
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
    expect(world.frames).toHaveLength(1);
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
