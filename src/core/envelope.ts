// The sealed envelope (protocol C.5): sign, pad to a bucket, seal with HPKE base mode (RFC 9180). A relay sees random bytes of four sizes.
//   message   = version(1) suite(1) enc(32) ciphertext              aad = version suite topic(32)
//   plaintext = signature(64) senderEd25519(32) length(u32be) body zeros
// The signature covers enc, topic and both recipient keys, so that nobody can re-wrap what was signed for somebody else.
import { type Bytes, concat, fromUtf8, u32be, utf8 } from './bytes.ts';
import { isAcceptableEd25519Key } from './ed25519-point.ts';
import type { Opener, Sealer, Signer } from './ports.ts';

const version = 1;
/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite = 1;
const encLength = 32;
const tagLength = 16;
const headLength = 2 + encLength;
const frameLength = 64 + 32 + 4;
const buckets = [1024, 4096, 16_384, 32_768] as const;
const largestBody = 32_768 - frameLength;
const sealInfo = utf8('ffc/1 seal');
const signatureContext = utf8('ffc/1 sig\0');

/** The only four lengths that an envelope has, in bytes. */
export const envelopeSizes: readonly number[] = buckets.map((bucket) => bucket + headLength + tagLength);

export type DropReason = 'length' | 'version' | 'open' | 'padding' | 'sender-key' | 'signature' | 'text';

/** The body does not fit the largest bucket. */
export class EnvelopeTooLarge extends Error {
  readonly code = 'envelope-too-large';
  constructor(bodyBytes: number) {
    super(`body of ${bodyBytes} bytes is larger than ${largestBody}`);
    this.name = 'EnvelopeTooLarge';
  }
}

interface Signed {
  readonly enc: Bytes;
  readonly topic: Bytes;
  readonly recipientEd25519: Bytes;
  readonly recipientX25519: Bytes;
  readonly senderEd25519: Bytes;
  readonly body: Bytes;
}

function signedBytes({ enc, topic, recipientEd25519, recipientX25519, senderEd25519, body }: Signed): Bytes {
  const head = new Uint8Array([version, suite]);
  return concat(signatureContext, head, enc, topic, recipientEd25519, recipientX25519, senderEd25519, u32be(body.length), body);
}

/** Seals a body (UTF-8 text, at most 32668 bytes) in the smallest bucket. @throws EnvelopeTooLarge */
export async function sealEnvelope(input: {
  readonly sealer: Sealer;
  readonly signer: Signer;
  readonly recipientEd25519: Bytes;
  readonly recipientX25519: Bytes;
  /** 32 bytes. */
  readonly topic: Bytes;
  readonly body: string;
}): Promise<Bytes> {
  const { sealer, signer, recipientEd25519, recipientX25519, topic } = input;
  const body = utf8(input.body);
  const bucket = buckets.find((size) => frameLength + body.length <= size);
  if (bucket === undefined) throw new EnvelopeTooLarge(body.length);
  const context = await sealer.sealTo(recipientX25519, sealInfo);
  const senderEd25519 = signer.publicKey;
  const signature = await signer.sign(
    signedBytes({ enc: context.enc, topic, recipientEd25519, recipientX25519, senderEd25519, body }),
  );
  const plaintext = new Uint8Array(bucket);
  plaintext.set(concat(signature, senderEd25519, u32be(body.length), body));
  const head = new Uint8Array([version, suite]);
  return concat(head, context.enc, await context.seal(plaintext, concat(head, topic)));
}

/** Opens an envelope. Anything that is not exactly as it must be is dropped, with the reason for a counter. Cheap checks come first. */
export async function openEnvelope(input: {
  readonly sealer: Sealer;
  readonly opener: Opener;
  /** The own Ed25519 key: envelopes are addressed to a person, not only to a key. */
  readonly recipientEd25519: Bytes;
  readonly topic: Bytes;
  readonly message: Bytes;
}): Promise<{ readonly senderEd25519: Bytes; readonly body: string } | { readonly dropped: DropReason }> {
  const { sealer, opener, recipientEd25519, topic, message } = input;
  if (!envelopeSizes.includes(message.length)) return { dropped: 'length' };
  if (message[0] !== version || message[1] !== suite) return { dropped: 'version' };
  const enc = message.slice(2, headLength);
  const plaintext = await opener.open(enc, message.slice(headLength), sealInfo, concat(message.slice(0, 2), topic));
  if (!plaintext) return { dropped: 'open' };
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(96);
  if (length > plaintext.length - frameLength) return { dropped: 'padding' };
  const body = plaintext.slice(frameLength, frameLength + length);
  if (plaintext.subarray(frameLength + length).some((byte) => byte !== 0)) return { dropped: 'padding' };
  const senderEd25519 = plaintext.slice(64, 96);
  if (!isAcceptableEd25519Key(senderEd25519)) return { dropped: 'sender-key' };
  const signed = signedBytes({ enc, topic, recipientEd25519, recipientX25519: opener.publicKey, senderEd25519, body });
  if (!(await sealer.verify(senderEd25519, plaintext.slice(0, 64), signed))) return { dropped: 'signature' };
  const text = fromUtf8(body);
  return text === undefined ? { dropped: 'text' } : { senderEd25519, body: text };
}
