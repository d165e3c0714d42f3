// Who is in a call of several: entries that only their author can write, copies that become the same, people whom links lead to.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url, toHex } from '../../../src/core/base/bytes.ts';
import {
  callsFirst,
  claimedBy,
  goBetweens,
  isEntrySigned,
  nextHops,
  parseEntry,
  peopleIn,
  type Roster,
  type RosterEntry,
  type SignedEntry,
  signEntry,
} from '../../../src/core/group/roster.ts';
import { sealer, type TestIdentity, testIdentity } from '../../support/samples/test-identity.ts';

const now = 1_800_000_000_000;
let alice: TestIdentity;
let bob: TestIdentity;
let entry: RosterEntry;
let signed: SignedEntry;

beforeAll(async () => {
  [alice, bob] = await Promise.all([testIdentity(1), testIdentity(2)]);
  entry = {
    id: toHex(alice.ed25519),
    ed25519: alice.ed25519,
    x25519: alice.x25519,
    ek: bob.x25519,
    ask: toBase64url(new Uint8Array(16).fill(7)),
    heard: [toBase64url(new Uint8Array(16).fill(8))],
    n: now,
    name: 'Alice',
    relays: ['wss://relay.example'],
    here: true,
    links: [toHex(bob.ed25519)],
    lacks: [],
    calling: [{ id: 'c'.repeat(64), state: 'ringing' }],
    hand: true,
    locked: false,
  };
  signed = await signEntry(alice.signer, entry);
});

async function read(one: SignedEntry): Promise<RosterEntry | undefined> {
  const parsed = parseEntry(one, now);
  return parsed && (await isEntrySigned(sealer, parsed, one)) ? parsed : undefined;
}

/** The same text with another field, signed by somebody. */
async function changed(change: Record<string, unknown>, signer = alice.signer): Promise<SignedEntry> {
  const e = JSON.stringify({ ...JSON.parse(signed.e), ...change });
  const bytes = new TextEncoder().encode(e);
  const prefix = new TextEncoder().encode('ffc/1 roster\0');
  const message = new Uint8Array([...prefix, ...bytes]);
  return { e, s: toBase64url(await signer.sign(message)) };
}

describe('an entry', () => {
  test('comes back as it was written', async () => {
    expect(await read(signed)).toEqual(entry);
  });

  test.each(['ed', 'x', 'ek'])('with a key of low order for %s is none', async (field) => {
    expect(parseEntry(await changed({ [field]: toBase64url(new Uint8Array(32)) }), now)).toBeUndefined();
  });

  test('may say more than this version knows: that is signed and travels on', async () => {
    expect(await read(await changed({ later: 2 }))).toEqual(entry);
  });

  test('that somebody else signed in our name is worth nothing', async () => {
    expect(await read(await changed({}, bob.signer))).toBeUndefined();
  });

  test('with any other letter in it is worth nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.e.length - 1), fc.integer({ min: 32, max: 126 }), async (at, code) => {
        const letter = String.fromCharCode(code);
        fc.pre(signed.e[at] !== letter);
        expect(await read({ ...signed, e: signed.e.slice(0, at) + letter + signed.e.slice(at + 1) })).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  test('with any other signature is worth nothing', async () => {
    const bytes = fromBase64url(signed.s) ?? new Uint8Array(64);
    for (const at of [0, 31, 32, 63]) {
      const other = bytes.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      expect(await read({ ...signed, s: toBase64url(other) })).toBeUndefined();
    }
    expect(await read({ ...signed, s: '' })).toBeUndefined();
  });

  test.each([
    ['another version', { v: 2 }],
    ['a name with a trick in it', { name: 'Alice\u202e' }],
    ['a relay that may not be named', { relays: ['wss://user:secret@relay.example'] }],
    ['four relays', { relays: Array(4).fill('wss://relay.example') }],
    ['eight links', { links: Array(8).fill('a'.repeat(64)) }],
    ['a link that is no key', { links: ['bob'] }],
    ['a key that anybody could sign for', { ed: toBase64url(new Uint8Array(32)) }],
    ['a number that is none', { n: 1.5 }],
    ['a time further ahead than two clocks can differ', { n: now + 7 * 3_600_000 }],
    ['no key of a page', { ek: undefined }],
    ['a page’s key that everybody knows the secret of', { ek: toBase64url(new Uint8Array(32)) }],
    ['a short question', { ask: toBase64url(new Uint8Array(15)) }],
    ['an answer that is none', { heard: ['yes'] }],
    ['more answers than a call has people on their way', { heard: Array(25).fill(toBase64url(new Uint8Array(16))) }],
  ])('with %s is worth nothing', async (_what, change) => {
    expect(await read(await changed(change))).toBeUndefined();
  });

  test('of somebody whose clock is two hours ahead of ours, which is two hours behind, is read', async () => {
    expect(await read(await changed({ n: now + 4 * 3_600_000 }))).toBeDefined();
  });

  test('of the longest kind is not too long', async () => {
    const ids = (letter: string) => Array(7).fill(letter.repeat(64));
    const longest = await signEntry(alice.signer, {
      ...entry,
      name: '漢'.repeat(42),
      heard: Array(24).fill(entry.ask),
      relays: Array(3).fill(`wss://${'a'.repeat(60)}.${'b'.repeat(50)}.example`),
      links: ids('a'),
      lacks: ids('b'),
      waiting: ids('d'),
      calling: ids('c').map((id) => ({ id, state: 'calling' as const })),
    });
    expect(parseEntry(longest, now)?.links).toHaveLength(7);
  });

  test('is not read when it is too long', async () => {
    expect(await read({ ...signed, e: `${signed.e}${' '.repeat(5_000)}` })).toBeUndefined();
  });
});

const idOf = (person: number) => String(person).padStart(64, '0');
const nothing: SignedEntry = { e: '', s: '' };

function said(person: number, n: number, links: readonly number[] = [], here = true): RosterEntry {
  return { ...entry, id: idOf(person), n, links: links.map(idOf), here };
}

const rosterOf = (...entries: readonly RosterEntry[]): Roster =>
  new Map(entries.map((one) => [one.id, { entry: one, signed: nothing }]));

describe('who is in the call', () => {
  const self = idOf(0);
  const people = (roster: Roster, own: readonly number[]) =>
    [...peopleIn(roster, self, new Set(own.map(idOf)))].map((id) => Number(id)).sort();

  test('everybody whom a chain of links leads to', () => {
    expect(people(rosterOf(said(1, 1, [0, 2]), said(2, 1, [1, 3]), said(3, 1, [2])), [1])).toEqual([1, 2, 3]);
  });

  test('nobody whose link only one of the two claims', () => {
    expect(people(rosterOf(said(1, 1, [0, 2]), said(2, 1, [])), [1])).toEqual([1]);
    expect(people(rosterOf(said(1, 1, [0]), said(2, 1, [0, 1])), [1])).toEqual([1]);
  });

  test('nobody who said goodbye, but whoever we hold a link to', () => {
    const roster = rosterOf(said(1, 1, [0, 2]), said(2, 2, [1], false));
    expect(people(roster, [1])).toEqual([1]);
    expect(people(roster, [1, 2])).toEqual([1, 2]);
  });

  test('never more than seven others', () => {
    const all = Array.from({ length: 20 }, (_, i) => said(i + 1, 1, [0]));
    expect(
      people(
        rosterOf(...all),
        Array.from({ length: 20 }, (_, i) => i + 1),
      ),
    ).toHaveLength(7);
  });

  test('those who bring in others bring in as many as each other: nobody fills the call with people of theirs', () => {
    const sybils = [20, 21, 22, 23, 24, 25];
    const roster = rosterOf(
      said(1, 1, [0, ...sybils]),
      said(2, 1, [0, 3, 4]),
      said(3, 1, [2]),
      said(4, 1, [2]),
      ...sybils.map((one) => said(one, 1, [1])),
    );
    const before = new Set(sybils.map(idOf));
    expect(people(roster, [1, 2])).toEqual([1, 2, 20, 21, 22, 3, 4].sort());
    expect([...peopleIn(roster, self, new Set([1, 2].map(idOf)), before)]).toEqual(
      expect.arrayContaining([3, 4].map(idOf)),
    );
  });

  test('whoever was in the call stays when the same person brings in more', () => {
    const roster = rosterOf(said(1, 1, [0, 2, 3, 4, 5, 6, 7]), ...[2, 3, 4, 5, 6, 7].map((one) => said(one, 1, [1])));
    const links = new Set([1, 10, 11, 12].map(idOf));
    const before = new Set([5, 7].map(idOf));
    expect([...peopleIn(roster, self, links, before)].map(Number)).toEqual([1, 10, 11, 12, 5, 7, 2]);
  });

  test('whom those in the call claim to be linked to is known, of each in turn', () => {
    const roster = rosterOf(said(1, 1, [0, 2, 5, 6]), said(2, 1, [0, 1, 7]));
    expect(claimedBy(roster, new Set([1, 2].map(idOf)), self).map(Number)).toEqual([5, 7, 6]);
  });

  test('a word goes to those of our links from whom the way is the shortest', () => {
    const roster = rosterOf(
      said(1, 1, [0, 3]),
      said(2, 1, [0, 5]),
      said(3, 1, [1, 4]),
      said(4, 1, [3]),
      said(5, 1, []),
    );
    const hops = (to: number) => nextHops(roster, idOf(to), self, new Set([1, 2].map(idOf))).map(Number);
    expect([hops(4), hops(3), hops(5), hops(9)]).toEqual([[1], [1], [], []]);
  });

  test('between us and somebody are those linked to both', () => {
    const roster = rosterOf(said(1, 1, [0, 3]), said(2, 1, [0]), said(3, 1, [1]));
    expect(goBetweens(roster, idOf(3), new Set([idOf(1), idOf(2)]))).toEqual([idOf(1)]);
  });

  test('of two, exactly one calls', () => {
    expect([callsFirst(idOf(1), idOf(2)), callsFirst(idOf(2), idOf(1))]).toEqual([true, false]);
  });
});
