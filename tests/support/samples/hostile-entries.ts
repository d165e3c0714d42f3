// Entries as a hostile member of a call makes them, signed by real keys.
import { beforeAll } from 'vitest';
import { toBase64url, toHex } from '../../../src/core/base/bytes.ts';
import type { MeshMessage } from '../../../src/core/group/mesh-message.ts';
import type { RosterEntry, SignedEntry } from '../../../src/core/group/roster.ts';
import type { MeshWorld } from '../worlds/mesh-world.ts';
import { type TestIdentity, testIdentity } from './test-identity.ts';

export const day = 86_400_000;
let identities: readonly TestIdentity[];
export let sybils: readonly TestIdentity[];

beforeAll(async () => {
  identities = await Promise.all([31, 32, 33, 34, 35].map((seed) => testIdentity(seed)));
  sybils = await Promise.all(Array.from({ length: 90 }, (_, i) => testIdentity(900 + i)));
});

export const identity = (at: number): TestIdentity => identities[at] as TestIdentity;
export const text16 = (value: number) => toBase64url(new Uint8Array(16).fill(value));

export function entryOf(one: TestIdentity, change: Partial<RosterEntry>): RosterEntry {
  const { ed25519, x25519 } = one;
  const words = { here: true, links: [], lacks: [], calling: [], hand: false, locked: false };
  const id = toHex(ed25519);
  return {
    id,
    ed25519,
    x25519,
    ek: x25519,
    ask: text16(1),
    heard: [],
    n: 1,
    name: 'S',
    relays: [],
    ...words,
    ...change,
  };
}

/** The newest entry that somebody has signed, as it went over the links. */
export function newest(world: MeshWorld, { ed25519 }: TestIdentity): SignedEntry {
  const own = world.entries.filter(({ e }) => JSON.parse(e).ed === toBase64url(ed25519));
  const entry = own.sort((a, b) => JSON.parse(a.e).n - JSON.parse(b.e).n).at(-1);
  if (!entry) throw new Error('nothing signed');
  return entry;
}

/** All questions that anybody has asked. */
export const asks = (world: MeshWorld) => [...new Set(world.entries.map(({ e }) => JSON.parse(e).ask as string))];

/** An envelope for somebody, of so many characters. */
export function passTo(to: string, id: number, characters: number): MeshMessage {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, id);
  return { t: 'pass', id: toBase64url(bytes), to, topic: 'd'.repeat(64), body: 'A'.repeat(characters), hops: 3 };
}
