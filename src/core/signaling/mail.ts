// A signal in its envelope: sealing and opening in one step, for background and call page alike.
import { type Bytes, fromHex, toHex } from '../base/bytes.ts';
import type { Opener, Sealer, Signer } from '../base/ports.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { formatSignal, parseSignal, type Signal } from './signal.ts';

/** The public keys that an envelope is addressed to: who (Ed25519) and with which X25519 key, static or of one call. */
export interface Recipient {
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  /** ML-KEM-768, beside a static key: a contact's, once it is known (docs/protocol.md#quantum-computers). */
  readonly quantumKey?: Bytes | undefined;
}

/** An authentic signal. */
interface OpenedSignal<Read> {
  /** Who signed it: Ed25519 key, hex. */
  readonly senderId: string;
  readonly senderEd25519: Bytes;
  readonly signal: Read;
  /** It was sealed to both halves of the own lasting key. */
  readonly isQuantumSafe?: true;
}

/** Words of own devices are sealed as signals are (core/devices/own-word.ts). */
type Word = Signal | { readonly t: 'news' | 'want' | 'entries' };

/** @returns the envelope's bytes, in one of the sizes of docs/protocol.md#envelope. */
export function sealSignal<One extends Word>(input: {
  readonly sealer: Sealer;
  readonly signer: Signer;
  readonly to: Recipient;
  readonly topicHex: string;
  readonly signal: One;
}): Promise<Bytes> {
  return sealEnvelope({
    sealer: input.sealer,
    signer: input.signer,
    recipientEd25519: input.to.ed25519,
    recipientX25519: input.to.x25519,
    recipientQuantumKey: input.to.quantumKey,
    topic: fromHex(input.topicHex) ?? new Uint8Array(32),
    body: formatSignal(input.signal),
  });
}

/** @returns undefined for what is dropped in silence. */
export async function openSignal<Read = Signal>(input: {
  readonly sealer: Sealer;
  readonly opener: Opener;
  readonly ownEd25519: Bytes;
  readonly topicHex: string;
  readonly message: Bytes;
  /** How it is read, where it is more than a signal. */
  readonly parse?: (body: string) => Read | undefined;
}): Promise<OpenedSignal<Read> | undefined> {
  const opened = await openEnvelope({
    sealer: input.sealer,
    opener: input.opener,
    recipientEd25519: input.ownEd25519,
    topic: fromHex(input.topicHex) ?? new Uint8Array(32),
    message: input.message,
  });
  if ('dropped' in opened) return undefined;
  const { body, ...by } = opened;
  const signal = input.parse ? input.parse(body) : (parseSignal(body) as Read | undefined);
  return signal && { ...by, senderId: toHex(by.senderEd25519), signal };
}
