// The envelope (docs/protocol.md#envelope): signed by the sender, sealed to the recipient, padded to one of four sizes.
// Knows nothing of what the body says, of who may ring, nor of what was seen before.
import { type Bytes, concat, fromUtf8, u32be, utf8 } from '../base/bytes.ts';
import type { Opener, Sealer, Signer } from '../base/ports.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from '../identity/ed25519-point.ts';

const version = 0x01;
/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM in base mode, one message per context (RFC 9180). */
const suite = 0x01;
const versionAndSuite = new Uint8Array([version, suite]);
const buckets = [1024, 4096, 16384, 32768] as const;
const encEnd = 34;
const sealOverhead = encEnd + 16;
const bodyAt = 100;
const sealInfo = utf8('ffc/1 seal');
const signatureContext = utf8('ffc/1 sig\0');

/** The only lengths, in bytes, that an envelope can have. */
export const envelopeSizes: readonly number[] = buckets.map((bucket) => bucket + sealOverhead);

/** The longest body in UTF-8 bytes. */
const maxBodyBytes = 32768 - bodyAt;

/** The body does not fit the largest envelope. A fault of the caller, not of the network. */
export class EnvelopeTooLarge extends Error {
  readonly code = 'envelope-too-large';
  constructor(bodyBytes: number) {
    super(`envelope body of ${bodyBytes} bytes, at most ${maxBodyBytes}`);
    this.name = 'EnvelopeTooLarge';
  }
}

/** The step of the receive order at which an envelope was dropped: a metric, never a text for people. */
export type DropReason = 'length' | 'version' | 'open' | 'padding' | 'sender-key' | 'signature' | 'text';

/**
 * Seals a text to a recipient. `topic` has 32 bytes and binds the envelope to the place where it is left.
 * @returns one of `envelopeSizes` bytes, the smallest that holds the body.
 * @throws EnvelopeTooLarge when the body has more than 32668 UTF-8 bytes; whatever the sealer throws for an unusable key.
 */
export async function sealEnvelope(input: {
  readonly sealer: Pick<Sealer, 'sealTo'>;
  readonly signer: Signer;
  readonly recipientEd25519: Bytes;
  readonly recipientX25519: Bytes;
  readonly topic: Bytes;
  readonly body: string;
}): Promise<Bytes> {
  const body = utf8(input.body);
  const bucket = buckets.find((size) => bodyAt + body.length <= size);
  if (bucket === undefined) throw new EnvelopeTooLarge(body.length);
  const context = await input.sealer.sealTo(input.recipientX25519, sealInfo);
  const signature = await input.signer.sign(
    signedBytes({ ...input, enc: context.enc, senderEd25519: input.signer.publicKey, body }),
  );
  const plaintext = new Uint8Array(bucket);
  plaintext.set(concat(signature, input.signer.publicKey, u32be(body.length), body));
  const ciphertext = await context.seal(plaintext, additionalData(input.topic));
  return concat(versionAndSuite, context.enc, ciphertext);
}

/**
 * Opens an envelope found on `topic` (32 bytes) and proves its author. Each check drops before the next costs anything;
 * nothing a stranger sends makes it throw. `recipientEd25519` is the reader's own key, the opener's key the one it was sealed to.
 */
export async function openEnvelope(input: {
  readonly sealer: Pick<Sealer, 'verify'>;
  readonly opener: Opener;
  readonly recipientEd25519: Bytes;
  readonly topic: Bytes;
  readonly message: Bytes;
}): Promise<{ readonly senderEd25519: Bytes; readonly body: string } | { readonly dropped: DropReason }> {
  const { message } = input;
  if (!envelopeSizes.includes(message.length)) return { dropped: 'length' };
  if (message[0] !== version || message[1] !== suite) return { dropped: 'version' };
  const enc = message.slice(2, encEnd);
  if (!isAcceptableX25519Key(enc)) return { dropped: 'open' };
  const plaintext = await input.opener.open(enc, message.slice(encEnd), sealInfo, additionalData(input.topic));
  if (!plaintext) return { dropped: 'open' };

  const bodyLength = new DataView(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength).getUint32(96);
  if (bodyLength > plaintext.length - bodyAt) return { dropped: 'padding' };
  const bodyEnd = bodyAt + bodyLength;
  if (plaintext.subarray(bodyEnd).some((byte) => byte !== 0)) return { dropped: 'padding' };

  const senderEd25519 = plaintext.slice(64, 96);
  if (!isAcceptableEd25519Key(senderEd25519)) return { dropped: 'sender-key' };
  const body = plaintext.slice(bodyAt, bodyEnd);
  const signed = signedBytes({ ...input, recipientX25519: input.opener.publicKey, enc, senderEd25519, body });
  if (!(await input.sealer.verify(senderEd25519, plaintext.slice(0, 64), signed))) return { dropped: 'signature' };
  const text = fromUtf8(body);
  return text === undefined ? { dropped: 'text' } : { senderEd25519, body: text };
}

function additionalData(topic: Bytes): Bytes {
  if (topic.length !== 32) throw new RangeError('a topic has 32 bytes');
  return concat(versionAndSuite, topic);
}

/** Topic, both recipient keys and the encapsulated key are signed, so that no recipient can re-wrap a message for another. */
function signedBytes(parts: {
  readonly enc: Bytes;
  readonly topic: Bytes;
  readonly recipientEd25519: Bytes;
  readonly recipientX25519: Bytes;
  readonly senderEd25519: Bytes;
  readonly body: Bytes;
}): Bytes {
  return concat(
    signatureContext,
    versionAndSuite,
    parts.enc,
    parts.topic,
    parts.recipientEd25519,
    parts.recipientX25519,
    parts.senderEd25519,
    u32be(parts.body.length),
    parts.body,
  );
}
