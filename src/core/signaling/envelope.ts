// The envelope (docs/protocol.md#envelope): signed by the sender, sealed to the recipient, padded to one of four sizes.
// Knows nothing of what the body says, of who may ring, nor of what was seen before.
import { type Bytes, concat, fromUtf8, u32be, utf8 } from '../base/bytes.ts';
import { type Opener, quantumEncBytes, type Sealer, type Signer } from '../base/ports.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from '../identity/ed25519-point.ts';

const version = 0x01;
const allBuckets = [1024, 4096, 16384, 32768] as const;
const bodyAt = 100;
const tagBytes = 16;

interface Suite {
  readonly number: number;
  /** Length of the encapsulated key. */
  readonly encBytes: number;
  readonly buckets: readonly number[];
}

/** DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM in base mode, one message per context (RFC 9180). */
const plainSuite: Suite = { number: 0x01, encBytes: 32, buckets: allBuckets };
/** The same with X-Wing, X25519 and ML-KEM-768 together: for what is sealed to a contact's lasting keys, which is short. */
const quantumSuite: Suite = { number: 0x02, encBytes: quantumEncBytes, buckets: allBuckets.slice(0, 2) };

const headOf = ({ number }: Suite): Bytes => new Uint8Array([version, number]);
const sizesOf = ({ encBytes, buckets }: Suite): readonly number[] =>
  buckets.map((bucket) => 2 + encBytes + bucket + tagBytes);
const sealInfo = utf8('ffc/1 seal');
const signatureContext = utf8('ffc/1 sig\0');

/** The only lengths, in bytes, that an envelope can have: of the plain suite, and of the one against quantum computers. */
export const envelopeSizes: readonly number[] = sizesOf(plainSuite);
export const quantumEnvelopeSizes: readonly number[] = sizesOf(quantumSuite);

/** The body does not fit the largest envelope. A fault of the caller, not of the network. */
export class EnvelopeTooLarge extends Error {
  readonly code = 'envelope-too-large';
  constructor(bodyBytes: number, { buckets }: Suite) {
    super(`envelope body of ${bodyBytes} bytes, at most ${Math.max(...buckets) - bodyAt}`);
    this.name = 'EnvelopeTooLarge';
  }
}

/** The step of the receive order at which an envelope was dropped: a metric, never a text for people. */
export type DropReason = 'length' | 'version' | 'open' | 'padding' | 'sender-key' | 'signature' | 'text';

/** The keys of a recipient, in the order in which they are signed. */
interface RecipientKeys {
  readonly recipientEd25519: Bytes;
  readonly recipientX25519: Bytes;
  /** Where there is one, nothing is sealed without it (docs/hostile-cases.md#e120). */
  readonly recipientQuantumKey?: Bytes | undefined;
}

/**
 * Seals a text to a recipient. `topic` has 32 bytes and binds the envelope to the place where it is left.
 * @returns one of `envelopeSizes` or `quantumEnvelopeSizes` bytes, the smallest that holds the body.
 * @throws EnvelopeTooLarge when the body has more than 32668 UTF-8 bytes, or 3996 with a quantum key; whatever the sealer throws for an unusable key.
 */
export async function sealEnvelope(
  input: RecipientKeys & {
    readonly sealer: Pick<Sealer, 'sealTo'>;
    readonly signer: Signer;
    readonly topic: Bytes;
    readonly body: string;
  },
): Promise<Bytes> {
  const { recipientQuantumKey } = input;
  const suite = recipientQuantumKey ? quantumSuite : plainSuite;
  const body = utf8(input.body);
  const bucket = suite.buckets.find((size) => bodyAt + body.length <= size);
  if (bucket === undefined) throw new EnvelopeTooLarge(body.length, suite);
  const context = await input.sealer.sealTo(input.recipientX25519, sealInfo, recipientQuantumKey);
  const head = headOf(suite);
  const signature = await input.signer.sign(
    signedBytes({ ...input, head, enc: context.enc, senderEd25519: input.signer.publicKey, body }),
  );
  const plaintext = new Uint8Array(bucket);
  plaintext.set(concat(signature, input.signer.publicKey, u32be(body.length), body));
  const ciphertext = await context.seal(plaintext, additionalData(head, input.topic));
  return concat(head, context.enc, ciphertext);
}

/** What was opened, by whom it is, and whether a quantum computer could have read it as well. */
export interface OpenedEnvelope {
  readonly senderEd25519: Bytes;
  readonly body: string;
  readonly isQuantumSafe?: true;
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
}): Promise<OpenedEnvelope | { readonly dropped: DropReason }> {
  const { message, opener } = input;
  const suite = [plainSuite, quantumSuite].find((one) => sizesOf(one).includes(message.length));
  if (!suite) return { dropped: 'length' };
  if (message[0] !== version || message[1] !== suite.number) return { dropped: 'version' };
  const isQuantumSafe = suite === quantumSuite;
  const by = isQuantumSafe ? opener.quantum : opener;
  if (!by) return { dropped: 'version' };
  const [head, encEnd] = [headOf(suite), 2 + suite.encBytes];
  const enc = message.slice(2, encEnd);
  if (!isAcceptableX25519Key(enc.slice(-32))) return { dropped: 'open' };
  const plaintext = await by.open(enc, message.slice(encEnd), sealInfo, additionalData(head, input.topic));
  if (!plaintext) return { dropped: 'open' };

  const bodyLength = new DataView(plaintext.buffer, plaintext.byteOffset, plaintext.byteLength).getUint32(96);
  if (bodyLength > plaintext.length - bodyAt) return { dropped: 'padding' };
  const bodyEnd = bodyAt + bodyLength;
  if (plaintext.subarray(bodyEnd).some((byte) => byte !== 0)) return { dropped: 'padding' };

  const senderEd25519 = plaintext.slice(64, 96);
  if (!isAcceptableEd25519Key(senderEd25519)) return { dropped: 'sender-key' };
  const body = plaintext.slice(bodyAt, bodyEnd);
  const recipientQuantumKey = isQuantumSafe ? await opener.quantum?.publicKey() : undefined;
  const keys = { recipientX25519: opener.publicKey, recipientQuantumKey, senderEd25519 };
  const signed = signedBytes({ ...input, ...keys, head, enc, body });
  if (!(await input.sealer.verify(senderEd25519, plaintext.slice(0, 64), signed))) return { dropped: 'signature' };
  const text = fromUtf8(body);
  if (text === undefined) return { dropped: 'text' };
  return { senderEd25519, body: text, ...(isQuantumSafe && { isQuantumSafe }) };
}

function additionalData(head: Bytes, topic: Bytes): Bytes {
  if (topic.length !== 32) throw new RangeError('a topic has 32 bytes');
  return concat(head, topic);
}

/** Topic, all keys of the recipient and the encapsulated key are signed, so that no recipient can re-wrap a message for another. */
function signedBytes(
  parts: RecipientKeys & {
    readonly head: Bytes;
    readonly enc: Bytes;
    readonly topic: Bytes;
    readonly senderEd25519: Bytes;
    readonly body: Bytes;
  },
): Bytes {
  return concat(
    signatureContext,
    parts.head,
    parts.enc,
    parts.topic,
    parts.recipientEd25519,
    parts.recipientX25519,
    parts.recipientQuantumKey ?? new Uint8Array(0),
    parts.senderEd25519,
    u32be(parts.body.length),
    parts.body,
  );
}
