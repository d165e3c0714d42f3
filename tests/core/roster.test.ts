// Who is in a call of several: entries that only their author can write, copies that become the same, people whom links lead to.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url, toHex } from '../../src/core/bytes.ts';
import {
  callsFirst,
  goBetweens,
  mergeEntry,
  peopleIn,
  type Roster,
  type RosterEntry,
  readEntry,
  type SignedEntry,
  signEntry,
} from '../../src/core/roster.ts';
import { sealer, type TestIdentity, testIdentity } from '../support/test-identity.ts';

const group = new Uint8Array(32).fill(7);
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
  signed = await signEntry(alice.signer, group, entry);
});

const read = (one: SignedEntry, of = group, at = now) => readEntry(sealer, of, one, at);

/** The same text with another field, signed by somebody. */
async function changed(change: Record<string, unknown>, signer = alice.signer): Promise<SignedEntry> {
  const e = JSON.stringify({ ...JSON.parse(signed.e), ...change });
  const bytes = new TextEncoder().encode(e);
  const prefix = new TextEncoder().encode('ffc/1 roster');
  const message = new Uint8Array([...prefix, ...group, ...bytes]);
  return { e, s: toBase64url(await signer.sign(message)) };
}

describe('an entry', () => {
  test('comes back as it was written', async () => {
    expect(await read(signed)).toEqual(entry);
  });

  test('may say more than this version knows: that is signed and travels on', async () => {
    expect(await read(await changed({ later: 2 }))).toEqual(entry);
  });

  test('of another call is worth nothing', async () => {
    expect(await read(signed, new Uint8Array(32))).toBeUndefined();
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
    ['a time far ahead', { n: now + 8 * 86_400_000 }],
  ])('with %s is worth nothing', async (_what, change) => {
    expect(await read(await changed(change))).toBeUndefined();
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
  entries.reduce<Roster>((roster, one) => mergeEntry(roster, one, nothing), new Map());

describe('copies of the roster', () => {
  test('become the same, whatever order entries come in and however often', () => {
    const entries = fc.array(fc.record({ person: fc.nat(7), n: fc.integer({ min: 1, max: 20 }) }), { maxLength: 40 });
    fc.assert(
      fc.property(entries, fc.infiniteStream(fc.nat()), (all, order) => {
        const distinct = all.map(({ person, n }) => said(person, n));
        const shuffled = [...distinct, ...distinct.slice(0, 5)]
          .map((one) => ({ one, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const numbers = (roster: Roster) =>
          [...roster]
            .map(
              ([
                id,
                {
                  entry: { n },
                },
              ]) => `${id} ${n}`,
            )
            .sort();
        expect(numbers(rosterOf(...shuffled))).toEqual(numbers(rosterOf(...distinct)));
      }),
    );
  });

  test('keep the newest word of each', () => {
    const roster = rosterOf(said(1, 5), said(1, 4), said(1, 6, [], false), said(1, 5));
    expect(roster.get(idOf(1))?.entry).toMatchObject({ n: 6, here: false });
  });

  test('stay small', () => {
    expect(rosterOf(...Array.from({ length: 500 }, (_, i) => said(i, i + 1))).size).toBeLessThanOrEqual(64);
  });
});

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

  test('between us and somebody are those linked to both', () => {
    const roster = rosterOf(said(1, 1, [0, 3]), said(2, 1, [0]), said(3, 1, [1]));
    expect(goBetweens(roster, idOf(3), new Set([idOf(1), idOf(2)]))).toEqual([idOf(1)]);
  });

  test('of two, exactly one calls', () => {
    expect([callsFirst(idOf(1), idOf(2)), callsFirst(idOf(2), idOf(1))]).toEqual([true, false]);
  });
});
