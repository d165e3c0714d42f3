// The sealed bytes of a message that is left (docs/protocol.md#sealed-files), for whoever sends it and whoever plays it.
import { type Bytes, fromBase64url, fromHex, toBase64url } from '../../core/base/bytes.ts';
import type { LeftMessage } from '../../core/messages/left-message.ts';
import { keyLength, messageAad, openFile, sealFile } from '../../core/messages/sealed-file.ts';
import { webCryptoBlockCipher } from '../../platform/crypto/web-crypto-block-cipher.ts';
import { FileSource } from '../transfer/file-source.ts';

/** What WebM begins with (RFC 8794 section 8.1): nothing else is given to a decoder. */
const webmBegins = [0x1a, 0x45, 0xdf, 0xa3];

export interface Sealed {
  readonly bytes: Bytes;
  readonly size: number;
  /** Base64url of 32 bytes each. */
  readonly hash: string;
  readonly key: string;
}

/** @param from and `to`: who sends it and who gets it, as ids. */
function aadOf(m: string, from: string, to: string): Bytes {
  const [id, sender, receiver] = [fromBase64url(m), fromHex(from), fromHex(to)];
  if (!id || !sender || !receiver) throw new Error('no message between two people');
  return messageAad(id, sender, receiver);
}

/** Seals it with a key of its own. */
export async function sealMessage(plain: Blob, m: string, from: string, to: string): Promise<Sealed> {
  const key = crypto.getRandomValues(new Uint8Array(keyLength));
  const cipher = await webCryptoBlockCipher(key);
  const bytes = await sealFile(cipher, new Uint8Array(await plain.arrayBuffer()), aadOf(m, from, to));
  const hash = await new FileSource(new Blob([bytes]), () => undefined).hashUpTo(bytes.length);
  return { bytes, size: bytes.length, hash, key: toBase64url(key) };
}

/** @param sealed the pieces of it. @returns undefined unless it is what they have left, and a film or a sound. */
export async function openMessage(sealed: Blob, message: LeftMessage, ownId: string): Promise<Blob | undefined> {
  const { m, contactId, direction, kind, size } = message;
  const key = fromBase64url(message.key);
  if (key?.length !== keyLength || sealed.size !== size) return undefined;
  const [from, to] = direction === 'in' ? [contactId, ownId] : [ownId, contactId];
  const cipher = await webCryptoBlockCipher(key);
  const plain = await openFile(cipher, new Uint8Array(await sealed.arrayBuffer()), aadOf(m, from, to));
  if (!plain || webmBegins.some((byte, at) => plain[at] !== byte)) return undefined;
  return new Blob([plain], { type: kind === 'video' ? 'video/webm' : 'audio/webm' });
}
