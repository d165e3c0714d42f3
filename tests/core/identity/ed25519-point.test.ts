// Keys that make any signature true or any secret zero (docs/hostile-cases.md#e15, #e16).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from '../../../src/core/identity/ed25519-point.ts';
import { hex, littleEndian32, sealer, testIdentity } from '../../support/samples/test-identity.ts';

const p = 2n ** 255n - 19n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const orderEight = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const topBit = 2n ** 255n;

/** y of 2P from y of P alone: x² follows from the curve equation (RFC 8032 section 5.1). */
function doubledY(y: bigint): bigint {
  const ySquared = (y * y) % p;
  const xSquared = ((ySquared - 1n + p) * power(d * ySquared + 1n, p - 2n)) % p;
  return ((ySquared + xSquared) * power(1n + p - ((d * xSquared * ySquared) % p), p - 2n)) % p;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % p;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

describe('an Ed25519 key', () => {
  it('is accepted when it is somebody’s', async () => {
    for (let seed = 0; seed < 40; seed++) expect(isAcceptableEd25519Key((await testIdentity(seed)).ed25519)).toBe(true);
    expect(
      isAcceptableEd25519Key(hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')),
      'RFC 8032 section 7.1, test 1',
    ).toBe(true);
  });

  it('is refused at any other length than 32', () => {
    for (const length of [0, 31, 33, 64]) expect(isAcceptableEd25519Key(new Uint8Array(length).fill(3))).toBe(false);
  });

  // Seen to fail for each y in turn with its comparison taken out of isAcceptableEd25519Key.
  it.each([
    ['1', 1n, 1],
    ['2', p - 1n, 2],
    ['4', 0n, 4],
    ['8', orderEight, 8],
    ['8 (the other two)', p - orderEight, 8],
  ])('of small order %s is refused with either sign (E.15)', (_, y, order) => {
    let multiple = y;
    for (let times = 1; times < order; times *= 2) multiple = doubledY(multiple);
    expect(multiple, 'the test’s own point has this order').toBe(1n);
    expect(isAcceptableEd25519Key(littleEndian32(y))).toBe(false);
    expect(isAcceptableEd25519Key(littleEndian32(y + topBit))).toBe(false);
  });

  // Seen to fail with `y >= p` taken out: p + 3 and others then pass as a second spelling of the points with y = 3.
  it('is refused in every spelling that is not the canonical one (E.15)', () => {
    const accepted = [];
    for (let y = p; y < topBit; y++)
      for (const sign of [0n, topBit]) accepted.push(isAcceptableEd25519Key(littleEndian32(y + sign)));
    expect(accepted).toHaveLength(38);
    expect(accepted).not.toContain(true);
  });

  // Seen to fail with isSquare answering always true.
  it('is refused when no point of the curve has it', () => {
    expect(isAcceptableEd25519Key(littleEndian32(2n))).toBe(false);
    const accepted = Array.from({ length: 400 }, (_, y) => isAcceptableEd25519Key(littleEndian32(BigInt(y) + 2n)));
    const share = accepted.filter(Boolean).length / accepted.length;
    expect(share, 'about half of all y are on the curve').toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  it('of small order would make WebCrypto accept a trivial signature: the reason for this file (E.15)', async () => {
    const identity = littleEndian32(1n);
    const trivial = new Uint8Array([...identity, ...new Uint8Array(32)]);
    // True in Node, Chromium and Firefox of 2026; an engine that learns better needs no change here.
    expect(await sealer.verify(identity, trivial, new Uint8Array([1, 2, 3]))).toBe(true);
    expect(isAcceptableEd25519Key(identity)).toBe(false);
  });
});

describe('an X25519 key', () => {
  it('is accepted when it is somebody’s', async () => {
    for (let seed = 0; seed < 20; seed++) expect(isAcceptableX25519Key((await testIdentity(seed)).x25519)).toBe(true);
  });

  // Seen to fail with any entry of lowOrderU taken out, and with the reduction modulo p taken out.
  it('of low order is refused in every spelling (E.16)', async () => {
    const own = (await testIdentity(1)).keys.x25519Private;
    const lowOrder = [
      0n,
      1n,
      325606250916557431795983626356110631294008115727848805560023387167927233504n,
      39382357235489614581723060781553021112529911719440698176882885853963445705823n,
      p - 1n,
      p,
      p + 1n,
    ];
    for (const u of lowOrder)
      for (const bit of [0n, topBit]) {
        expect(isAcceptableX25519Key(littleEndian32(u + bit)), String(u)).toBe(false);
        const key = await crypto.subtle.importKey('raw', littleEndian32(u + bit), 'X25519', true, []);
        const secret = crypto.subtle.deriveBits({ name: 'X25519', public: key }, own, 256);
        await expect(secret, 'the engine agrees that the secret would be zero').rejects.toThrow();
      }
  });

  it('is accepted or refused without ever throwing, and only at 32 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        if (bytes.length !== 32) expect(isAcceptableX25519Key(bytes)).toBe(false);
        expect(typeof isAcceptableX25519Key(bytes)).toBe('boolean');
        expect(typeof isAcceptableEd25519Key(bytes)).toBe('boolean');
      }),
    );
  });
});
