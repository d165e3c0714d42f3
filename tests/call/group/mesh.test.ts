// What one page believes and hands on for others: groups that become one, envelopes that reach whom they are for and do not go in circles,
// words of strangers and floods that come to nothing.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pageInbox } from '../../../src/call/group/passing.ts';
import { PageHold } from '../../../src/call/page/page-hold.ts';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import type { MeshMessage } from '../../../src/core/group/mesh-message.ts';
import { epochDay, inboxTopic } from '../../../src/core/identity/topics.ts';
import { PeoplePool } from '../../../src/link/signaling/people-pool.ts';
import { sealer, type TestIdentity, testIdentity } from '../../support/samples/test-identity.ts';
import { type MeshMember, MeshWorld } from '../../support/worlds/mesh-world.ts';

const topic = 'd'.repeat(64);
const body = new TextEncoder().encode('sealed') as Uint8Array<ArrayBuffer>;
let identities: readonly TestIdentity[];
let world: MeshWorld;
let members: MeshMember[];

beforeAll(async () => {
  identities = await Promise.all([1, 2, 3, 4].map((seed) => testIdentity(seed)));
});

beforeEach(() => {
  world = new MeshWorld();
  members = identities.map((identity, i) => world.member(identity, `P${i}`));
});

const at = (i: number): MeshMember => members[i] as MeshMember;
const link = (a: MeshMember, b: MeshMember): void => world.link(a, b);
const settle = (): Promise<void> => world.settle();

/** The topic of the inbox for first words of this page. */
async function inboxTopicOf({ mesh, identity }: MeshMember): Promise<string> {
  const { publicKey } = await mesh.pairKey;
  return inboxTopic(sealer, pageInbox(publicKey), identity.ed25519, epochDay(world.clock.now()));
}

describe('a group', () => {
  test('is those who are linked, and needs nobody who founds it', async () => {
    link(at(0), at(1));
    await settle();
    expect([at(0).sees, at(1).sees]).toEqual([['P1'], ['P0']]);
  });

  test('two groups that meet become one, with everybody in it', async () => {
    link(at(0), at(1));
    link(at(2), at(3));
    await settle();
    link(at(1), at(2));
    await settle();
    expect(members.map(({ sees }) => sees.length)).toEqual([3, 3, 3, 3]);
  });

  test('is seen alike by people whose clocks are two hours wrong, one way and the other', async () => {
    members = identities.map((identity, i) => world.member(identity, `P${i}`, (i % 2 === 0 ? 1 : -1) * 2 * 3_600_000));
    link(at(0), at(1));
    link(at(1), at(2));
    link(at(2), at(3));
    await settle();
    at(3).mesh.state({ hand: true });
    await settle();
    for (const { mesh } of members.slice(0, 3)) expect(mesh.entry(at(3).id)?.hand).toBe(true);
    await world.pass(10 * 60_000);
    expect(members.map(({ sees }) => sees.length)).toEqual([3, 3, 3, 3]);
  });
});

describe('an envelope', () => {
  beforeEach(async () => {
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [2, 3],
    ] as const)
      link(at(a), at(b));
    await settle();
  });

  test('reaches somebody over two others, once', async () => {
    expect(at(0).mesh.pass(at(3).id, await inboxTopicOf(at(3)), body)).toBe(true);
    await settle();
    expect(at(3).envelopes).toEqual(['sealed']);
    expect([at(1).envelopes, at(2).envelopes]).toEqual([[], []]);
  });

  test('on a topic that is not one of this page comes to nothing: it may be of another call (M3)', async () => {
    at(0).mesh.pass(at(3).id, topic, body);
    at(0).mesh.pass(at(3).id, await inboxTopicOf(at(2)), body);
    await settle();
    expect(at(3).envelopes).toEqual([]);
  });

  test('goes to whoever listens on its topic, and to nobody else', async () => {
    const topic = await inboxTopicOf(at(3));
    const heard: string[] = [];
    const stop = at(3).mesh.listen(topic, (text) => void heard.push(new TextDecoder().decode(text)));
    at(0).mesh.pass(at(3).id, topic, body);
    await settle();
    stop();
    at(0).mesh.pass(at(3).id, topic, body);
    await settle();
    expect([heard, at(3).envelopes]).toEqual([['sealed'], ['sealed']]);
  });

  test('does not go in circles', async () => {
    link(at(0), at(2));
    link(at(1), at(3));
    await settle();
    const passed = () => members.flatMap(({ said }) => said).filter(({ t }) => t === 'pass').length;
    at(0).mesh.pass(at(3).id, await inboxTopicOf(at(3)), body);
    await settle();
    expect(at(3).envelopes).toEqual(['sealed']);
    expect(passed()).toBeLessThanOrEqual(6);
    at(0).mesh.pass('e'.repeat(64), topic, body);
    await settle();
    expect(passed()).toBeLessThanOrEqual(6);
  });

  test('of somebody else is handed on by two ways at most, however many there are', async () => {
    const far = await Promise.all([5, 6, 7].map(async (seed) => world.member(await testIdentity(seed), `P${seed}`)));
    const [target] = far;
    if (!target) throw new Error('nobody');
    for (const between of [at(2), at(3), ...far.slice(1)]) {
      if (between !== at(2)) link(at(1), between);
      link(between, target);
    }
    await settle();
    expect(at(0).sees).toHaveLength(6);
    at(0).mesh.pass(target.id, await inboxTopicOf(target), body);
    await settle();
    expect(target.envelopes).toEqual(['sealed']);
    expect(at(1).said.filter(({ t }) => t === 'pass')).toHaveLength(2);
  });

  test('is not taken where there is nobody', () => {
    const alone = world.member(identities[0] as TestIdentity, 'alone');
    expect(alone.mesh.pass(at(1).id, topic, body)).toBe(false);
  });

  test('of a flood comes to nothing after the first few hundred', async () => {
    const topic = await inboxTopicOf(at(1));
    const word = (id: number): MeshMessage => {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setUint32(0, id);
      return { t: 'pass', id: toBase64url(bytes), to: at(1).id, topic, body: 'AA', hops: 0 };
    };
    for (let i = 0; i < 5_000; i++) at(1).mesh.heard(at(0).id, word(i));
    await settle();
    expect(at(1).envelopes.length).toBeGreaterThan(100);
    expect(at(1).envelopes.length).toBeLessThanOrEqual(300);
  });

  test('of somebody without a link is not heard', () => {
    at(0).mesh.heard(at(3).id, {
      t: 'pass',
      id: toBase64url(new Uint8Array(8)),
      to: at(0).id,
      topic,
      body: 'AA',
      hops: 0,
    });
    expect(at(0).envelopes).toEqual([]);
  });
});

describe('a pool of people', () => {
  test('is ready once a way to the other one appears, and publishes over it', async () => {
    const watchers = new Set<() => void>();
    const passed: string[] = [];
    let reaches = false;
    const pool = new PeoplePool(
      {
        pass: (to) => {
          if (reaches) passed.push(to);
          return reaches;
        },
        listen: () => () => undefined,
        needsRelays: () => false,
        canReach: () => reaches,
        countBeside: () => 0,
        namesBeside: () => [],
        onChange: (tell) => {
          watchers.add(tell);
          return () => watchers.delete(tell);
        },
      },
      'bob',
      undefined,
    );
    const ready = pool.ready(5_000);
    await expect(pool.publish(topic, body, 1)).rejects.toThrow('publish failed: down');
    reaches = true;
    for (const tell of watchers) tell();
    expect(await ready).toBe(true);
    await pool.publish(topic, body, 1);
    expect([passed, watchers.size]).toEqual([['bob'], 0]);
    pool.close();
  });
});

describe('what the background is told of a page', () => {
  test('is the first of its calls that is alive, and the door for guests', () => {
    const told: (string | undefined)[] = [];
    const hold = new PageHold((holding) =>
      told.push(holding && `${holding.callId} ${holding.guestSecret ?? ''}`.trim()),
    );
    const call = (callId: string) =>
      ({ callId, contactId: 'x', contactName: 'X', direction: 'outgoing', linked: true }) as const;
    hold.hold(call('one'));
    hold.hold(call('two'));
    hold.openToGuests('door');
    hold.release('one');
    hold.release('two');
    expect(told).toEqual(['one', 'one door', 'two door', undefined]);
  });
});
