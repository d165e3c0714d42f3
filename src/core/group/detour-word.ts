// A word that one call page has for another and others of the call hand over: sealed with the keys of the two pages, which live no longer
// than they do. Nobody else can read it, then or later; the receiver knows who wrote it and can prove it to nobody (docs/protocol.md#groups).
import { type Bytes, concat, fromUtf8, toHex, u32be, utf8 } from '../base/bytes.ts';
import type { PairKey, Sealer } from '../base/ports.ts';

const version = Uint8Array.of(1);
const info = utf8('ffc/1 detour');
/** Number and length, each 32 bits, big-endian. */
const textAt = 8;
const sizes = [1_024, 4_096, 16_384, 32_768] as const;
/** Version, encapsulated key and the tag of the cipher. */
const overhead = 1 + 32 + 16;

/** One end: the person's Ed25519 key and the X25519 key of their page. */
export interface DetourEnd {
  readonly ed25519: Bytes;
  readonly ek: Bytes;
}

/** Where the words of one page for another are left, 32 bytes as lower-case hex. */
export async function detourTopic(sealer: Pick<Sealer, 'hkdfSha256'>, from: DetourEnd, to: DetourEnd): Promise<string> {
  const ends = concat(from.ed25519, from.ek, to.ed25519, to.ek);
  return toHex(await sealer.hkdfSha256(ends, new Uint8Array(0), info, 32));
}

/**
 * @param n counts the words to this page, from 1 on. @param topic 32 bytes.
 * @returns undefined for a text of more than 32 760 UTF-8 bytes.
 */
export async function sealDetourWord(
  key: PairKey,
  to: Bytes,
  topic: Bytes,
  n: number,
  text: string,
): Promise<Bytes | undefined> {
  const body = utf8(text);
  const size = sizes.find((one) => textAt + body.length <= one);
  if (size === undefined) return undefined;
  const plaintext = new Uint8Array(size);
  plaintext.set(concat(u32be(n), u32be(body.length), body));
  return concat(version, await key.sealFor(to, plaintext, info, topic));
}

/** @param from the key of the page that should have written it. @returns undefined unless it did. Never throws. */
export async function openDetourWord(
  key: PairKey,
  from: Bytes,
  topic: Bytes,
  message: Bytes,
): Promise<{ readonly n: number; readonly text: string } | undefined> {
  if (message[0] !== version[0] || !sizes.some((size) => message.length === size + overhead)) return undefined;
  const plaintext = await key.openFrom(from, message.slice(1), info, topic);
  if (!plaintext) return undefined;
  const view = new DataView(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength);
  const [n, length] = [view.getUint32(0), view.getUint32(4)];
  if (n < 1 || length > plaintext.length - textAt) return undefined;
  if (plaintext.subarray(textAt + length).some((byte) => byte !== 0)) return undefined;
  const text = fromUtf8(plaintext.slice(textAt, textAt + length));
  return text === undefined ? undefined : { n, text };
}
