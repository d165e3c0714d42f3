// A signal in its envelope: sealing and opening in one step, for background and call page alike.
import { type Bytes, fromHex, toHex } from '../base/bytes.ts';
import type { Opener, Sealer, Signer } from '../base/ports.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { formatSignal, parseSignal, type Signal } from './signal.ts';

/** The two public keys that an envelope is addressed to: who (Ed25519) and with which X25519 key, static or of one call. */
export interface Recipient {
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
}

/** Words of own devices are sealed as signals are (core/devices/own-word.ts). */
type Word = Signal | { readonly t: 'news' | 'want' | 'entries' };

/** @returns the envelope's bytes, in one of the bucket sizes of docs/protocol.md#envelope. */
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
    topic: fromHex(input.topicHex) ?? new Uint8Array(32),
    body: formatSignal(input.signal),
  });
}

/** @returns who signed it (Ed25519 key, hex) and the signal, or undefined: dropped in silence. */
export async function openSignal<Read = Signal>(input: {
  readonly sealer: Sealer;
  readonly opener: Opener;
  readonly ownEd25519: Bytes;
  readonly topicHex: string;
  readonly message: Bytes;
  /** How it is read, where it is more than a signal. */
  readonly parse?: (body: string) => Read | undefined;
}): Promise<{ readonly senderId: string; readonly senderEd25519: Bytes; readonly signal: Read } | undefined> {
  const opened = await openEnvelope({
    sealer: input.sealer,
    opener: input.opener,
    recipientEd25519: input.ownEd25519,
    topic: fromHex(input.topicHex) ?? new Uint8Array(32),
    message: input.message,
  });
  if ('dropped' in opened) return undefined;
  const signal = input.parse ? input.parse(opened.body) : (parseSignal(opened.body) as Read | undefined);
  return signal && { senderId: toHex(opened.senderEd25519), senderEd25519: opened.senderEd25519, signal };
}
