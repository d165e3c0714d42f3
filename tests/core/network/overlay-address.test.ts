import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../src/core/base/bytes.ts';
import { isAddressOfKey, yggdrasilAddress } from '../../../src/core/network/overlay-address.ts';
import vectors from '../../vectors/overlay-addresses.json' with { type: 'json' };

const keyOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(32);

describe('overlay addresses: Yggdrasil', () => {
  test.each(vectors.yggdrasil)('a key has the address that the daemon gives it: $address', ({ ed25519, address }) => {
    expect(isAddressOfKey(address, keyOf(ed25519))).toBe(true);
    expect(isAddressOfKey(address.toUpperCase(), keyOf(ed25519))).toBe(true);
  });

  test('no key has the address of another', () => {
    for (const [at, { address }] of vectors.yggdrasil.entries())
      for (const [other, { ed25519 }] of vectors.yggdrasil.entries())
        if (at !== other) expect(isAddressOfKey(address, keyOf(ed25519))).toBe(false);
  });

  test('a key of any bytes has an address in 200::/8, one bit of it another one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(100), (key, bit) => {
        expect(yggdrasilAddress(key)).toMatch(/^2[0-9a-f]{2}:(?:[0-9a-f]{1,4}:){6}[0-9a-f]{1,4}$/);
        const other = key.slice();
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
        expect(yggdrasilAddress(other)).not.toBe(yggdrasilAddress(key));
      }),
    );
  });

  test.each(['', 'fe80::1', '192.0.2.1', 'a.local', '202:24ae', '202:24ae:c219:8a4a:de94:eae2:b97e:ac87%eth0'])(
    'what is no such address belongs to no key: %j',
    (address) => {
      expect(isAddressOfKey(address, keyOf(vectors.yggdrasil[0]?.ed25519 ?? ''))).toBe(false);
    },
  );

  test('a key of another length has none', () => {
    expect(() => yggdrasilAddress(new Uint8Array(31))).toThrow(RangeError);
  });
});
