// A file that is sealed in blocks, each of which stands for its place and the last of which says that it is the last (STREAM: Hoang, Reyhanitabar,
// Rogaway and Vizár, CRYPTO 2015; docs/protocol.md#sealed-files). Nothing that was cut off, put in another order or put together opens.
import { type Bytes, concat, utf8 } from '../base/bytes.ts';
import type { BlockCipher } from '../base/ports.ts';

export const keyLength = 32;
const blockLength = 65_536;
const tagLength = 16;
const sealedBlockLength = blockLength + tagLength;

/** u88 the number of the block, then 1 for the last one. */
function nonceOf(index: number, isLast: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** What a sealed message belongs to: 16 bytes, and the Ed25519 keys of the two, 32 bytes each. */
export function messageAad(m: Bytes, sender: Bytes, receiver: Bytes): Bytes {
  return concat(utf8('ffc/1 message'), new Uint8Array(1), m, sender, receiver);
}

/** @returns the whole of it; of nothing it is one block. */
export async function sealFile(cipher: BlockCipher, plaintext: Bytes, aad: Bytes): Promise<Bytes> {
  const count = Math.max(1, Math.ceil(plaintext.length / blockLength));
  const blocks = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      cipher.seal(
        nonceOf(index, index === count - 1),
        plaintext.slice(index * blockLength, (index + 1) * blockLength),
        aad,
      ),
    ),
  );
  return concat(...blocks);
}

/** @returns undefined unless every byte of it was sealed so. */
export async function openFile(cipher: BlockCipher, sealed: Bytes, aad: Bytes): Promise<Bytes | undefined> {
  const count = Math.max(1, Math.ceil(sealed.length / sealedBlockLength));
  const blocks: Bytes[] = [];
  for (let index = 0; index < count; index++) {
    const block = sealed.slice(index * sealedBlockLength, (index + 1) * sealedBlockLength);
    if (block.length < tagLength) return undefined;
    const opened = await cipher.open(nonceOf(index, index === count - 1), block, aad);
    if (!opened) return undefined;
    blocks.push(opened);
  }
  return concat(...blocks);
}
