// Words sealed from one call page to another: opened by that page alone, as written by that page alone, once each.
import { beforeAll, describe, expect, test } from 'vitest';
import { fromHex } from '../../../src/core/base/bytes.ts';
import type { PairKey } from '../../../src/core/base/ports.ts';
import { detourTopic, openDetourWord, sealDetourWord } from '../../../src/core/group/detour-word.ts';
import { ReplayWindow } from '../../../src/core/group/replay-window.ts';
import { sealer, testIdentity } from '../../support/samples/test-identity.ts';

let alice: PairKey;
let bob: PairKey;
let eve: PairKey;
let topic: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  [alice, bob, eve] = await Promise.all([sealer.generatePairKey(), sealer.generatePairKey(), sealer.generatePairKey()]);
  const [one, other] = await Promise.all([testIdentity(1), testIdentity(2)]);
  const ends = [
    { ed25519: one.ed25519, ek: alice.publicKey },
    { ed25519: other.ed25519, ek: bob.publicKey },
  ] as const;
  topic = fromHex(await detourTopic(sealer, ...ends)) ?? new Uint8Array(32);
});

const sealed = async (text: string, n = 1) =>
  (await sealDetourWord(alice, bob.publicKey, topic, n, text)) ?? new Uint8Array(0);

describe('a word by detour', () => {
  test.each([0, 1, 1_000, 4_000, 32_760])('of %i bytes comes back as it was written', async (length) => {
    const text = 'x'.repeat(length);
    expect(await openDetourWord(bob, alice.publicKey, topic, await sealed(text, 7))).toEqual({ n: 7, text });
  });

  test('has one of four lengths, which tells little of what it says', async () => {
    const lengths = await Promise.all(
      [0, 1_016, 1_017, 4_088, 16_376, 32_760].map(async (n) => (await sealed('x'.repeat(n))).length),
    );
    expect(lengths).toEqual([1_073, 1_073, 4_145, 4_145, 16_433, 32_817]);
  });

  test('that is too long is not sealed', async () => {
    expect(await sealDetourWord(alice, bob.publicKey, topic, 1, 'x'.repeat(32_761))).toBeUndefined();
  });

  test('opens for nobody else, as nobody else’s, on no other topic, and not backwards: its keys are those of one call (L5)', async () => {
    const word = await sealed('psst');
    expect(await openDetourWord(eve, alice.publicKey, topic, word)).toBeUndefined();
    expect(await openDetourWord(bob, eve.publicKey, topic, word)).toBeUndefined();
    expect(await openDetourWord(bob, alice.publicKey, new Uint8Array(32), word)).toBeUndefined();
    expect(await openDetourWord(alice, bob.publicKey, topic, word)).toBeUndefined();
  });

  test('with any other bit, cut or of another version is nothing', async () => {
    const word = await sealed('psst');
    for (const at of [0, 1, 32, 33, 500, word.length - 1]) {
      const other = word.slice();
      other[at] = (other[at] ?? 0) ^ 1;
      expect(await openDetourWord(bob, alice.publicKey, topic, other)).toBeUndefined();
    }
    expect(await openDetourWord(bob, alice.publicKey, topic, word.slice(0, -1))).toBeUndefined();
    expect(await openDetourWord(bob, alice.publicKey, topic, new Uint8Array(0))).toBeUndefined();
  });

  test('says nothing beside its text: no other number, no longer text, nothing in its padding', async () => {
    const open = async (n: number, length: number, padding: number) => {
      const plaintext = new Uint8Array(1_024);
      new DataView(plaintext.buffer).setUint32(0, n);
      new DataView(plaintext.buffer).setUint32(4, length);
      plaintext.set(new TextEncoder().encode('psst'), 8);
      plaintext[1_023] = padding;
      const word = await alice.sealFor(bob.publicKey, plaintext, new TextEncoder().encode('ffc/1 detour'), topic);
      return openDetourWord(bob, alice.publicKey, topic, new Uint8Array([1, ...word]));
    };
    expect(await open(1, 4, 0)).toEqual({ n: 1, text: 'psst' });
    expect(await open(1, 4, 1)).toBeUndefined();
    expect(await open(0, 4, 0)).toBeUndefined();
    expect(await open(1, 1_017, 0)).toBeUndefined();
  });

  test('for a key of low order is not sealed', async () => {
    await expect(sealDetourWord(alice, new Uint8Array(32), topic, 1, 'x')).rejects.toThrow();
    expect(await openDetourWord(bob, new Uint8Array(32), topic, await sealed('x'))).toBeUndefined();
  });

  test('has a topic of its own for each direction and each page', async () => {
    const { ed25519 } = await testIdentity(1);
    const end = (ek: PairKey) => ({ ed25519, ek: ek.publicKey });
    const topics = await Promise.all([
      detourTopic(sealer, end(alice), end(bob)),
      detourTopic(sealer, end(bob), end(alice)),
      detourTopic(sealer, end(alice), end(eve)),
    ]);
    expect(new Set(topics).size).toBe(3);
  });
});

// docs/hostile-cases.md#e78
describe('numbers', () => {
  test('count once each, in whatever order they come, for as long as a call lasts', () => {
    const window = new ReplayWindow();
    expect([1, 3, 2, 3, 1].map((n) => window.isNew(n))).toEqual([true, true, true, false, false]);
    for (let n = 4; n <= 10_000; n++) expect(window.isNew(n)).toBe(true);
    expect([10_000, 9_000, 8_976, 1].map((n) => window.isNew(n))).toEqual([false, false, false, false]);
    expect(window.isNew(10_002)).toBe(true);
    expect(window.isNew(10_001)).toBe(true);
  });
});
