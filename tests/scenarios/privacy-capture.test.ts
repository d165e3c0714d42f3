// Three days in the lives of three people, and everything that relays get to see of them (docs/protocol.md#topics,
// docs/hostile-cases.md#e54).
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bytes, fromBase64url, toHex } from '../../src/core/base/bytes.ts';
import { sharedInboxSecret } from '../../src/core/identity/inboxes.ts';
import { callTopics, inboxTopic, unusedTopics } from '../../src/core/identity/topics.ts';
import { envelopeSizes } from '../../src/core/signaling/envelope.ts';
import { limitMs } from '../../tools/machine/limits.mjs';
import { FakeLinks } from '../support/doubles/fake-links.ts';
import { Person } from '../support/persons/person.ts';
import { SimulatedWorld } from '../support/worlds/simulated-world.ts';

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const begin = Date.UTC(2026, 10, 21, 9);
const overlap = 2 * hour;

const world = new SimulatedWorld(54, { relays: 2, startMs: begin });
const links = new FakeLinks(world.clock);
const people: Person[] = [];
/** Where answers to notes of missed calls are waited for. */
const noteTopics = new Set<string>();
/** When somebody was doing something. */
const busy: { readonly from: number; readonly to: number }[] = [];

type Ending = 'talk' | 'miss' | 'decline' | 'cancel' | 'away';

async function callFrom(caller: Person, callee: Person, how: Ending): Promise<void> {
  const from = world.clock.now();
  callee.onRing = (callId) => {
    world.clock.after(5 * second, () => {
      if (how === 'talk') void callee.accept(caller, callId);
      else if (how === 'decline') void callee.decline(callId);
    });
  };
  if (how === 'away') callee.killBackground();
  const page = await caller.call(callee);
  if (how === 'talk') {
    await world.until(() => page.state().state === 'connected', 'the call connects');
    await world.pass(10 * minute);
    page.hangUp();
  } else if (how === 'cancel') world.clock.after(8 * second, () => page.hangUp());
  await world.until(() => page.state().state === 'ended', 'the call ends');
  await world.pass(5 * second);
  busy.push({ from, to: world.clock.now() });
  if (how === 'away') await tellLater(caller, callee, page.callId);
}

/** The call reached nobody: the caller's browser tells of it every quarter of an hour until there is somebody. */
async function tellLater(caller: Person, callee: Person, callId: string): Promise<void> {
  const note = caller.notes.all.get(callId);
  if (!note) throw new Error(`${caller.name} has left no note`);
  noteTopics.add((await callTopics(world.sealer, fromBase64url(note.st) ?? new Uint8Array())).b2a);
  for (let quarters = 1; caller.notes.all.size > 0; quarters++) {
    if (quarters === 3) await callee.wake();
    const from = world.clock.now();
    await world.pass(27 * minute);
    busy.push({ from, to: world.clock.now() });
  }
}

/** Lives until a time of day, in hours since the beginning's midnight. */
async function liveUntil(hours: number): Promise<void> {
  await world.pass(begin - (begin % day) + hours * hour - world.clock.now());
}

beforeAll(async () => {
  const [alice, roberta, carol] = [
    await Person.make(world, links, 'Alice'),
    await Person.make(world, links, 'Roberta', { clockSkewMs: 40 * minute }),
    await Person.make(world, links, 'Caroline', { clockSkewMs: -25 * minute }),
  ];
  people.push(alice, roberta, carol);
  for (const one of people) for (const two of people) if (one !== two) one.knows(two);
  const plan: readonly [hours: number, caller: Person, callee: Person, how: Ending][] = [
    [9.5, alice, roberta, 'talk'],
    [11, roberta, alice, 'miss'],
    [14, carol, alice, 'decline'],
    [22.5, alice, carol, 'talk'],
    [23.99, roberta, carol, 'talk'],
    [25, carol, roberta, 'cancel'],
    [33, alice, roberta, 'away'],
    [35, alice, roberta, 'talk'],
    [47.9, roberta, alice, 'decline'],
    [48.1, carol, alice, 'talk'],
    [60, alice, carol, 'miss'],
    [70, carol, roberta, 'talk'],
    [72.5, roberta, alice, 'away'],
    [80, alice, roberta, 'talk'],
  ];
  for (const [number, [hours, caller, callee, how]] of plan.entries()) {
    await liveUntil(hours);
    // Browsers are closed and opened, workers die and wake.
    if (number % 3 === 0) await people[number % people.length]?.wake();
    await callFrom(caller, callee, how);
  }
  await liveUntil(9 + 72);
}, limitMs(40_000));

/** Of the link's inbox, of the one of own devices and of those that are kept for contacts. */
const inboxSecretsOf = async ({ keys, signer, inboxes, contacts }: Person): Promise<readonly Bytes[]> => [
  keys.inboxSecret,
  await sharedInboxSecret(world.sealer, signer),
  ...(await inboxes.listened([...contacts.values()])).flatMap(({ secrets }) => secrets),
];

/** Texts and bytes in which a secret or a key could be seen. */
function formsOf(bytes: Bytes): readonly Buffer[] {
  const buffer = Buffer.from(bytes);
  const texts = [buffer.toString('hex'), buffer.toString('base64').replace(/=+$/, ''), buffer.toString('base64url')];
  return [buffer, ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text.toUpperCase())])];
}

const captured = (): Buffer =>
  Buffer.concat(
    world.frames.flatMap(({ topicHex, payload }) => [Buffer.from(topicHex), payload, Buffer.from(topicHex, 'hex')]),
  );

// README.md#protects-relays
describe('what relays see in three days', () => {
  test('is a life with calls in it', () => {
    expect(world.frames.length).toBeGreaterThan(200);
    const outcomes = people.flatMap(({ recorded }) => recorded.map(({ outcome }) => outcome));
    expect([...new Set(outcomes)].sort()).toEqual(['caller-cancelled', 'declined', 'missed-while-away']);
    expect(links.connected).toBe(7);
  });

  // Seen to fail with the identity key as inbox topic.
  test('holds no key, no secret and no name of anybody (E.54)', async () => {
    const capture = captured();
    for (const person of people) {
      const { ed25519Public, x25519Public } = person.keys;
      for (const bytes of [ed25519Public, x25519Public, ...(await inboxSecretsOf(person))])
        for (const form of formsOf(bytes)) expect(capture.includes(form)).toBe(false);
      expect(capture.includes(person.name)).toBe(false);
    }
    // What is really there is found.
    const [frame] = world.frames;
    if (frame)
      for (const form of formsOf(frame.payload.slice(40, 72)).slice(0, 1)) expect(capture.includes(form)).toBe(true);
  });

  // Seen to fail with the envelope as long as its body.
  test('has the four sizes only (E.54)', () => {
    expect(
      [...new Set(world.frames.map(({ payload }) => payload.length))].filter((size) => !envelopeSizes.includes(size)),
    ).toEqual([]);
    expect([...envelopeSizes]).toEqual([1074, 4146, 16434, 32818]);
  });

  test('repeats no encapsulated key and no call secret: nothing ties one message to the next (E.54)', () => {
    const messages = new Map(
      world.frames.map(({ topicHex, payload }) => [topicHex + toHex(payload), toHex(payload.slice(2, 34))]),
    );
    expect(new Set(messages.values()).size).toBe(messages.size);
  });

  // Seen to fail with inbox topics that do not depend on the day, and with overlapMs at three hours.
  test('shows each inbox topic on its day and two hours around it, and no other topic longer than a call (E.54)', async () => {
    const inboxes = new Map<string, { readonly epoch: number; readonly skewMs: number }>();
    for (const person of people)
      for (const secret of await inboxSecretsOf(person))
        for (let epoch = Math.floor(begin / day) - 1; epoch <= Math.floor(begin / day) + 5; epoch++)
          inboxes.set(await inboxTopic(world.sealer, secret, person.keys.ed25519Public, epoch), {
            epoch,
            skewMs: person.clock.now() - world.clock.now(),
          });
    // Three people with an inbox for the link, one for own devices and one for each of two contacts, and the topics of four days.
    expect([...world.topics.keys()].filter((topic) => inboxes.has(topic)).length).toBe(3 * 4 * 4);
    // What nobody writes to looks the same.
    for (const person of people)
      for (let epoch = Math.floor(begin / day) - 1; epoch <= Math.floor(begin / day) + 5; epoch++)
        for (const topic of await unusedTopics(world.sealer, await person.inboxes.padding(), [epoch], 1))
          inboxes.set(topic, { epoch, skewMs: person.clock.now() - world.clock.now() });
    for (const [topic, { from, to }] of world.topics) {
      const inbox = inboxes.get(topic);
      if (inbox) {
        expect(from + inbox.skewMs).toBeGreaterThanOrEqual(inbox.epoch * day - overlap);
        expect(to + inbox.skewMs).toBeLessThanOrEqual((inbox.epoch + 1) * day + overlap);
      } else expect(to - from).toBeLessThan(noteTopics.has(topic) ? day : 5 * minute);
    }
    const firstFrame = new Map<string, number>();
    for (const { topicHex, at } of world.frames) {
      const inbox = inboxes.get(topicHex);
      if (!firstFrame.has(topicHex)) firstFrame.set(topicHex, at);
      if (inbox) expect(Math.abs(at - (inbox.epoch + 0.5) * day)).toBeLessThanOrEqual(day / 2 + overlap);
      else expect(at - (firstFrame.get(topicHex) ?? 0)).toBeLessThan(5 * minute);
    }
  });

  // Seen to fail with the secret of a call taken from the contact instead of from chance.
  test('has no topic that two calls share, but the inboxes (E.54)', () => {
    const calls = new Map<string, Set<string>>();
    for (const frame of world.frames) {
      const signal = world.signalIn(frame);
      if (!signal || ['invite', 'cancel', 'taken', 'missed'].includes(signal.t)) continue;
      calls.set(frame.topicHex, (calls.get(frame.topicHex) ?? new Set()).add(signal.id));
    }
    expect(calls.size).toBeGreaterThan(10);
    expect([...calls.values()].filter((ids) => ids.size > 1)).toEqual([]);
  });

  // Seen to fail with a message published at each change of topics.
  test('is silent while nobody does anything (E.54)', () => {
    const idle = world.frames.filter(({ at }) => !busy.some(({ from, to }) => at >= from && at <= to));
    expect(idle).toEqual([]);
  });
});
