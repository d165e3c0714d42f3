// Members of a room whose pages are open, over relays, with no call: who asks, who answers, what the relays see, and what comes of people who ask
// at once, again, too late, or in another's words.
import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { reachableMembers } from '../../../src/link/members/member.ts';
import { FakeLinks } from '../../support/doubles/fake-links.ts';
import { MemberEnd } from '../../support/worlds/member-end.ts';
import { SimulatedWorld } from '../../support/worlds/simulated-world.ts';

let world: SimulatedWorld;
let links: FakeLinks;
let alice: MemberEnd;
let bob: MemberEnd;

beforeEach(async () => {
  world = new SimulatedWorld();
  links = new FakeLinks(world.clock);
  [alice, bob] = await Promise.all([MemberEnd.open(world, links, 'Alice'), MemberEnd.open(world, links, 'Bob')]);
  await alice.listen();
});

const signalsSent = () => [...new Set(world.frames.map((frame) => world.signalIn(frame)))];
const kindsSent = () => signalsSent().map((signal) => signal?.t);
const bothLinked = () => world.until(() => alice.isLinkedTo(bob) && bob.isLinkedTo(alice), 'a link');

describe('members without a call', () => {
  test('are linked when one asks and the other is there, and both know the same of their link', async () => {
    await bob.listen();
    alice.links.ask([bob.member]);
    await bothLinked();
    expect(alice.proven.map(([id]) => id)).toEqual([bob.member.id]);
    expect(new Set([...alice.proven, ...bob.proven].map(([, transcript]) => transcript)).size).toBe(1);
    expect(kindsSent()).toEqual(['meet', 'accept', 'answer']);
  });

  test('are heard of by nobody who is not there: one message for each, and no more', async () => {
    alice.links.ask([bob.member]);
    await world.pass(3_600_000);
    expect(kindsSent()).toEqual(['meet']);
    expect(alice.linked.size).toBe(0);
  });

  test('are linked once when both ask at the same moment', async () => {
    await bob.listen();
    alice.links.ask([bob.member]);
    bob.links.ask([alice.member]);
    await bothLinked();
    await world.pass(60_000);
    expect(links.connected).toBe(1);
    expect([alice.linked.size, bob.linked.size]).toEqual([1, 1]);
  });

  test.each([
    ['Alice', () => [alice, bob] as const],
    ['Bob', () => [bob, alice] as const],
  ])('are linked when %s comes while the other still waits for an answer', async (_, order) => {
    const [late, early] = order();
    alice.vanish();
    alice = await MemberEnd.open(world, links, 'Alice');
    const here = () => (early.name === 'Alice' ? alice : early);
    await here().listen();
    here().links.ask([late.member]);
    await world.pass(10_000);
    const comes = late.name === 'Alice' ? alice : late;
    await comes.listen();
    comes.links.ask([here().member]);
    await bothLinked();
    expect(links.connected).toBe(1);
  });

  test('meet again at once when the page of one was loaded anew', async () => {
    await bob.listen();
    alice.links.ask([bob.member]);
    await bothLinked();
    bob.vanish();
    bob = await MemberEnd.open(world, links, 'Bob');
    await bob.listen();
    bob.links.ask([alice.member]);
    await bothLinked();
    expect(alice.linked.size).toBe(1);
  });

  test('who may not be met are neither asked nor answered', async () => {
    await bob.listen();
    alice.way = 'no';
    alice.links.ask([bob.member]);
    bob.links.ask([alice.member]);
    await world.pass(10_000);
    expect(kindsSent()).toEqual(['meet']);
    expect(links.all).toEqual([]);
  });

  test('are left as soon as they may not be met any more', async () => {
    await bob.listen();
    alice.links.ask([bob.member]);
    await bothLinked();
    alice.way = 'no';
    await alice.links.lookAgain();
    await world.until(() => bob.linked.size === 0, 'the goodbye');
    expect(alice.linked.size).toBe(0);
  });

  test('from whom the address is hidden are met over relay candidates alone', async () => {
    await bob.listen();
    bob.way = 'hidden';
    alice.links.ask([bob.member]);
    await bothLinked();
    expect(alice.made).toEqual([false]);
    expect(bob.made).toEqual([true]);
  });

  test('are left as soon as the address is to be hidden from them', async () => {
    await bob.listen();
    alice.links.ask([bob.member]);
    await bothLinked();
    alice.way = 'hidden';
    await alice.links.lookAgain();
    expect(alice.linked.size).toBe(0);
  });

  test('say nothing over relays once they are linked', async () => {
    await bob.listen();
    alice.links.ask([bob.member]);
    await bothLinked();
    await world.pass(1_000);
    const before = world.frames.length;
    await world.pass(3_600_000);
    expect(world.frames.length).toBe(before);
  });

  test('find each other again after their network was cut', async () => {
    await bob.listen();
    alice.links.ask([bob.member]);
    await bothLinked();
    links.cut();
    await world.until(() => alice.linked.size === 0, 'the cut');
    links.mend();
    await bothLinked();
    expect(links.connected).toBe(1);
  });

  test('are asked eight at a time, the first ones first', async () => {
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, number) => MemberEnd.open(world, links, `Person ${number}`)),
    );
    alice.links.ask(others.map(({ member }) => member));
    await world.pass(5_000);
    expect(kindsSent()).toHaveLength(8);
    await world.pass(60_000);
    expect(kindsSent()).toHaveLength(16);
    await world.pass(600_000);
    expect(kindsSent()).toHaveLength(20);
  });
});

describe('an asking', () => {
  /** Carries the first asking to Bob again, as a relay could. */
  const again = () => {
    const frame = world.frames.find((one) => world.signalIn(one)?.t === 'meet');
    if (frame) world.deliver(frame);
  };

  test('is answered once, however often relays bring it', async () => {
    world.poolsRememberCopies = false;
    bob.vanish();
    bob = await MemberEnd.open(world, links, 'Bob');
    await bob.listen();
    alice.links.ask([bob.member]);
    await bothLinked();
    for (let i = 0; i < 5; i++) again();
    await world.pass(10_000);
    expect(bob.heard.length).toBeGreaterThan(1);
    expect(links.all).toHaveLength(2);
    expect(bob.isLinkedTo(alice)).toBe(true);
  });

  test('that is older than clocks can be wrong is not answered', async () => {
    alice.links.ask([bob.member]);
    await world.pass(3 * 3_600_000);
    await bob.listen();
    again();
    await world.pass(10_000);
    expect(bob.heard).toHaveLength(1);
    expect(kindsSent()).toEqual(['meet']);
  });

  test('of one member who asks without end is answered six times, and once in ten seconds', async () => {
    await bob.listen();
    for (let i = 0; i < 30; i++) {
      const page = await MemberEnd.open(world, links, 'Alice');
      page.links.ask([bob.member]);
      await world.pass(100);
      page.vanish();
    }
    expect(bob.heard.length).toBe(30);
    expect(bob.made.length).toBeLessThanOrEqual(7);
  });
});

describe('members that a room names', () => {
  const member = (reach: object | undefined) => ({
    ...{ id: 'x', role: 'member', name: '', letInBy: undefined, comparedBy: new Set() },
    reach,
  });
  const key = (fill: number, length = 32) => toBase64url(new Uint8Array(length).fill(fill));
  const reach = { x: toBase64url(new Uint8Array(32).fill(9)), relays: [], inbox: key(3, 16) };
  const reachable = (members: readonly [string, object | undefined][]) =>
    reachableMembers({ members: new Map(members.map(([id, one]) => [id, member(one) as never])) }, key(1));

  test('are reached where they have said how, and not oneself', () => {
    const found = reachable([
      [key(1), reach],
      [key(2), reach],
      [key(3), undefined],
    ]);
    expect(found.map(({ id }) => id)).toEqual(['02'.repeat(32)]);
  });

  test('are not sealed to by a key that opens for everybody (E.16)', () => {
    expect(reachable([[key(2), { ...reach, x: key(0) }]])).toEqual([]);
  });
});
