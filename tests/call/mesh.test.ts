// What one page believes and hands on for others: groups that become one, envelopes that reach whom they are for and do not go in circles,
// words of strangers and floods that come to nothing.
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Mesh } from '../../src/call/mesh.ts';
import { MeshPool } from '../../src/call/mesh-pool.ts';
import { PageHold } from '../../src/call/page-hold.ts';
import { toBase64url, toHex } from '../../src/core/bytes.ts';
import type { MeshWord } from '../../src/core/mesh-word.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { sealer, type TestIdentity, testIdentity } from '../support/test-identity.ts';

class Member {
  readonly id: string;
  readonly mesh: Mesh;
  readonly envelopes: string[] = [];
  readonly said: MeshWord[] = [];
  changes = 0;

  constructor(identity: TestIdentity, name: string, clock: ManualClock) {
    const { ed25519, x25519, signer } = identity;
    this.id = toHex(ed25519);
    this.mesh = new Mesh({
      sealer,
      signer,
      clock,
      self: { id: this.id, ed25519, x25519, name, relays: [] },
      onChange: () => {
        this.changes += 1;
      },
      onEnvelope: (_topic, body) => void this.envelopes.push(new TextDecoder().decode(body)),
      onReaction: () => undefined,
      onForward: () => undefined,
    });
  }
}

/** Links two, as a channel in order. */
function link(a: Member, b: Member): void {
  const say = (from: Member, to: Member) => (word: MeshWord) => {
    from.said.push(word);
    setImmediate(() => to.mesh.heard(from.id, word));
    return true;
  };
  a.mesh.linkUp(b.id, say(a, b));
  b.mesh.linkUp(a.id, say(b, a));
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}

const topic = 'd'.repeat(64);
const body = new TextEncoder().encode('sealed') as Uint8Array<ArrayBuffer>;
let identities: readonly TestIdentity[];
let clock: ManualClock;
let members: Member[];

beforeAll(async () => {
  identities = await Promise.all([1, 2, 3, 4].map((seed) => testIdentity(seed)));
});

beforeEach(() => {
  clock = new ManualClock();
  members = identities.map((identity, i) => new Member(identity, `P${i}`, clock));
});

const at = (i: number): Member => members[i] as Member;

describe('a group', () => {
  test('is that of whoever founds it; a newcomer takes it over', async () => {
    at(0).mesh.found();
    link(at(0), at(1));
    await settle();
    expect(at(1).mesh.group).toEqual(at(0).mesh.group);
    expect([...at(1).mesh.people()]).toEqual([at(0).id]);
    expect(at(1).mesh.entry(at(0).id)?.name).toBe('P0');
  });

  test('two groups that meet become one, with everybody in it', async () => {
    at(0).mesh.found();
    at(2).mesh.found();
    link(at(0), at(1));
    link(at(2), at(3));
    await settle();
    link(at(1), at(2));
    await settle();
    const groups = new Set(members.map(({ mesh }) => toBase64url(mesh.group ?? new Uint8Array())));
    expect(groups.size).toBe(1);
    for (const { mesh } of members) expect(mesh.people().size).toBe(3);
  });
});

describe('an envelope', () => {
  beforeEach(async () => {
    at(0).mesh.found();
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [2, 3],
    ] as const)
      link(at(a), at(b));
    await settle();
  });

  test('reaches somebody over two others, once', async () => {
    expect(at(0).mesh.pass(at(3).id, topic, body)).toBe(true);
    await settle();
    expect(at(3).envelopes).toEqual(['sealed']);
    expect([at(1).envelopes, at(2).envelopes]).toEqual([[], []]);
  });

  test('goes to whoever listens on its topic, and to nobody else', async () => {
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
    link(at(0), at(3));
    link(at(1), at(3));
    await settle();
    const before = members.reduce((sum, { said }) => sum + said.length, 0);
    at(0).mesh.pass('e'.repeat(64), topic, body);
    await settle();
    expect(members.reduce((sum, { said }) => sum + said.length, 0) - before).toBeLessThanOrEqual(12);
  });

  test('is not taken where there is nobody', () => {
    const alone = new Member(identities[0] as TestIdentity, 'alone', clock);
    expect(alone.mesh.pass(at(1).id, topic, body)).toBe(false);
  });

  test('of a flood comes to nothing after the first few hundred', async () => {
    const word = (id: number): MeshWord => {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setUint32(0, id);
      return { t: 'pass', id: toBase64url(bytes), to: at(1).id, topic, body: 'AA', hops: 0 };
    };
    for (let i = 0; i < 5_000; i++) at(1).mesh.heard(at(0).id, word(i));
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
    const pool = new MeshPool(
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
    const call = (callId: string) => ({ callId, contactId: 'x', direction: 'outgoing', linked: true }) as const;
    hold.hold(call('one'));
    hold.hold(call('two'));
    hold.openToGuests('door');
    hold.release('one');
    hold.release('two');
    expect(told).toEqual(['one', 'one door', 'two door', undefined]);
  });
});
