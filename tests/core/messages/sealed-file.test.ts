// Sealed files (docs/protocol.md#sealed-files): what was not sealed so, byte by byte and block by block, does not open (E.92).
import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bytes, concat, toHex } from '../../../src/core/base/bytes.ts';
import type { BlockCipher } from '../../../src/core/base/ports.ts';
import { messageAad, openFile, sealFile } from '../../../src/core/messages/sealed-file.ts';
import { webCryptoBlockCipher } from '../../../src/platform/crypto/web-crypto-block-cipher.ts';

const key = new Uint8Array(32).fill(5);
const aad = messageAad(new Uint8Array(16).fill(1), new Uint8Array(32).fill(2), new Uint8Array(32).fill(3));
const block = 65_536;
const sealedBlock = block + 16;

let cipher: BlockCipher;
beforeAll(async () => {
  cipher = await webCryptoBlockCipher(key);
});

function plainOf(length: number): Bytes {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 251);
}

const blocksOf = (sealed: Bytes): Bytes[] =>
  Array.from({ length: Math.ceil(sealed.length / sealedBlock) }, (_, at) =>
    sealed.slice(at * sealedBlock, (at + 1) * sealedBlock),
  );

describe('sealed file: what was sealed', () => {
  test.each([0, 1, block - 1, block, block + 1, 3 * block, 3 * block + 7])('opens with %i bytes', async (length) => {
    const plain = plainOf(length);
    const sealed = await sealFile(cipher, plain, aad);
    expect(sealed.length).toBe(length + 16 * Math.max(1, Math.ceil(length / block)));
    expect(await openFile(cipher, sealed, aad)).toEqual(plain);
  });

  test('is AES-256-GCM with the number of the block and the sign of the last one as nonce, by Node’s own', async () => {
    const plain = plainOf(block + 5);
    const sealed = await sealFile(cipher, plain, aad);
    const expected = [0, 1].map((index) => {
      const nonce = Buffer.alloc(12);
      nonce.writeUInt32BE(index, 7);
      nonce[11] = index;
      const node = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
      const text = Buffer.concat([node.update(plain.slice(index * block, (index + 1) * block)), node.final()]);
      return Buffer.concat([text, node.getAuthTag()]);
    });
    expect(toHex(sealed)).toBe(Buffer.concat(expected).toString('hex'));
  });
});

describe('sealed file: what was changed does not open', () => {
  // Seen to fail without the sign of the last block in the nonce.
  test('cut off after a whole block', async () => {
    const sealed = await sealFile(cipher, plainOf(2 * block + 9), aad);
    for (const count of [1, 2])
      expect(await openFile(cipher, sealed.slice(0, count * sealedBlock), aad)).toBeUndefined();
  });

  // Seen to fail with a nonce of its own kept for all blocks.
  test('blocks in another order, twice, or left out', async () => {
    const [one, two, three] = blocksOf(await sealFile(cipher, plainOf(3 * block), aad)) as [Bytes, Bytes, Bytes];
    for (const blocks of [
      [two, one, three],
      [one, one, three],
      [one, three],
      [one, two, two, three],
    ])
      expect(await openFile(cipher, concat(...blocks), aad)).toBeUndefined();
  });

  test('something behind it', async () => {
    const sealed = await sealFile(cipher, plainOf(block), aad);
    expect(await openFile(cipher, concat(sealed, new Uint8Array(1)), aad)).toBeUndefined();
    expect(await openFile(cipher, concat(sealed, sealed), aad)).toBeUndefined();
  });

  test('with another key, of another message, or between others', async () => {
    const sealed = await sealFile(cipher, plainOf(10), aad);
    const other = await webCryptoBlockCipher(new Uint8Array(32).fill(6));
    expect(await openFile(other, sealed, aad)).toBeUndefined();
    const [m, from, to] = [1, 2, 3].map((byte) => new Uint8Array(byte === 1 ? 16 : 32).fill(byte)) as [
      Bytes,
      Bytes,
      Bytes,
    ];
    for (const wrong of [messageAad(m, to, from), messageAad(new Uint8Array(16), from, to)])
      expect(await openFile(cipher, sealed, wrong)).toBeUndefined();
  });

  test('nothing at all, and every single changed bit', async () => {
    expect(await openFile(cipher, new Uint8Array(0), aad)).toBeUndefined();
    expect(await openFile(cipher, new Uint8Array(15), aad)).toBeUndefined();
    const sealed = await sealFile(cipher, plainOf(block + 40), aad);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), async (at, bit) => {
        const changed = sealed.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        return (await openFile(cipher, changed, aad)) === undefined;
      }),
      { numRuns: 40 },
    );
  });
});
