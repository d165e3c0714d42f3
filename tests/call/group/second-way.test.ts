// Invites that people keep to themselves: when our own relays are listened to, at which inbox, for how long, and how much is read.
import { beforeEach, describe, expect, test } from 'vitest';
import { SecondWay } from '../../../src/call/group/second-way.ts';
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { inboxTopicsAround } from '../../../src/core/identity/topics.ts';
import { type People, PeoplePool, secondWayMs } from '../../../src/link/signaling/people-pool.ts';
import { testIdentity } from '../../support/samples/test-identity.ts';
import { SimulatedWorld } from '../../support/worlds/simulated-world.ts';

let world: SimulatedWorld;
let way: SecondWay;
let secret: Bytes;
let ed25519: Bytes;
let opened: number;
let heard: string[];

beforeEach(async () => {
  world = new SimulatedWorld();
  ({ ed25519 } = await testIdentity(1));
  secret = new Uint8Array(16).fill(7);
  opened = 0;
  heard = [];
  way = new SecondWay({
    clock: world.clock,
    sealer: world.sealer,
    self: { ed25519 },
    inboxSecret: () => secret,
    openRelays: async () => {
      opened += 1;
      return world.pool();
    },
    onInvite: (_topic, message) => void heard.push(message.join()),
  });
});

const inbox = async () => (await inboxTopicsAround(world.sealer, secret, ed25519, world.clock.now()))[0] ?? '';
const arrives = async (...payloads: readonly number[]) => {
  const topicHex = await inbox();
  for (const byte of payloads) world.deliver({ topicHex, payload: new Uint8Array([byte]) });
};

describe('E.68 M4 whose call is awaited', () => {
  test('is heard over relays as well after a while, and then relays are needed for them', async () => {
    way.look(new Set(['bob']));
    await world.pass(secondWayMs - 1);
    expect([opened, way.isNeeded('bob')]).toEqual([0, false]);
    await world.pass(1);
    expect([opened, way.isNeeded('bob'), way.isNeeded('carol')]).toEqual([1, true, false]);
    await arrives(1);
    expect(heard).toEqual(['1']);
  });

  test('and not once they are here: relays are left', async () => {
    way.look(new Set(['bob']));
    await world.pass(secondWayMs);
    way.look(new Set());
    await arrives(1);
    expect(heard).toEqual([]);
    // What is under way with them needs relays until there is a link.
    expect(way.isNeeded('bob')).toBe(true);
    way.linked('bob');
    expect(way.isNeeded('bob')).toBe(false);
  });

  test('in time asks no relay at all', async () => {
    way.look(new Set(['bob']));
    await world.pass(secondWayMs - 1);
    way.look(new Set());
    await world.pass(60_000);
    expect(opened).toBe(0);
  });

  test('is awaited at the inbox of the group as it is now', async () => {
    way.look(new Set(['bob']));
    await world.pass(secondWayMs);
    const former = await inbox();
    secret = new Uint8Array(16).fill(8);
    way.look(new Set(['bob']));
    await world.pass(1);
    world.deliver({ topicHex: former, payload: new Uint8Array([1]) });
    await arrives(2);
    expect([heard, opened]).toEqual([['2'], 1]);
  });

  test('E.67 a flood at that inbox is read by a budget', async () => {
    way.look(new Set(['bob']));
    await world.pass(secondWayMs);
    for (let round = 0; round < 4; round++) await arrives(...Array.from({ length: 250 }, (_, i) => i));
    expect(heard.length).toBeLessThanOrEqual(30);
  });

  test('nothing is heard or waited for after the end', async () => {
    way.look(new Set(['bob', 'carol']));
    await world.pass(secondWayMs);
    way.close();
    await arrives(1);
    await world.pass(60_000);
    expect([heard, opened]).toEqual([[], 1]);
  });
});

describe('E.68 M4 a pool of people that goes over relays as well', () => {
  const people: People = {
    needsRelays: () => false,
    pass: () => true,
    listen: () => () => undefined,
    canReach: () => false,
    countBeside: () => 0,
    namesBeside: () => [],
    onChange: () => () => undefined,
  };

  test('listens there for what it listened for before, publishes, is ready by them, and closes them', async () => {
    const relays = world.pool();
    const pool = new PeoplePool(people, 'bob');
    const topic = 'a'.repeat(64);
    const got: string[] = [];
    pool.onMessage((_topic, payload) => void got.push(payload.join()));
    pool.setTopics(new Set([topic]));
    const ready = pool.ready(60_000);
    pool.widen(relays);
    expect(await ready).toBe(true);
    world.deliver({ topicHex: topic, payload: new Uint8Array([1]) });
    expect(got).toEqual(['1']);
    await pool.publish('b'.repeat(64), new Uint8Array([2]), 6);
    expect(world.frames.map(({ payload }) => payload.join())).toEqual(['2']);
    pool.close();
    expect(pool.isClosed).toBe(true);
    world.deliver({ topicHex: topic, payload: new Uint8Array([3]) });
    expect(got).toEqual(['1']);
  });
});
