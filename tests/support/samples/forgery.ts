// Envelopes written by hand: what an insider with a real key, or somebody who knows a topic, could put on the wire.
import { fromBase64url, toBase64url } from '../../../src/core/base/bytes.ts';
import type { Signer } from '../../../src/core/base/ports.ts';
import type { OwnWord, OwnWordBody } from '../../../src/core/devices/own-word.ts';
import { callTopics, epochDay, inboxTopic } from '../../../src/core/identity/topics.ts';
import { sealSignal } from '../../../src/core/signaling/mail.ts';
import type { Signal, SignalBody, SignalOf } from '../../../src/core/signaling/signal.ts';
import type { Person } from '../persons/person.ts';
import type { SimulatedWorld } from '../worlds/simulated-world.ts';

/** What stands before the words of a signal. */
export interface Head {
  readonly id: string;
  readonly dev: string;
  readonly n: number;
}

/** The invite of the call that was last begun, as only its two sides know it. */
export function lastInvite(world: SimulatedWorld): SignalOf<'invite'> {
  for (const frame of world.frames.toReversed()) {
    const signal = world.signalIn(frame);
    if (signal?.t === 'invite') return signal;
  }
  throw new Error('nobody called');
}

export async function topicsOf(
  world: SimulatedWorld,
  { st }: SignalOf<'invite'>,
): Promise<{ a2b: string; b2a: string }> {
  return callTopics(world.sealer, fromBase64url(st) ?? new Uint8Array(32));
}

export function inboxOf(world: SimulatedWorld, person: Person, nowMs = world.clock.now()): Promise<string> {
  const { inboxSecret, ed25519Public } = person.keys;
  return inboxTopic(world.sealer, inboxSecret, ed25519Public, epochDay(nowMs));
}

/**
 * Signs as `by`, seals to `to` (or to `key`, base64url, of a call) and puts it on every relay.
 */
export async function post(
  world: SimulatedWorld,
  letter: {
    readonly by: { readonly signer: Signer };
    readonly to: Person;
    readonly key?: string;
    readonly topicHex: string;
    readonly head: Head;
    readonly body: SignalBody | OwnWordBody;
  },
): Promise<void> {
  const { by, to, key, topicHex, head, body } = letter;
  const signal = { ...body, v: 1, ...head, ts: world.clock.now() } as Signal | OwnWord;
  const x25519 = (key === undefined ? undefined : fromBase64url(key)) ?? to.keys.x25519Public;
  const payload = await sealSignal({
    sealer: world.sealer,
    signer: by.signer,
    to: { ed25519: to.keys.ed25519Public, x25519 },
    topicHex,
    signal,
  });
  world.deliver({ topicHex, payload });
  await world.settle();
}

/** Base64url of `length` equal bytes. */
export const bytesOf = (length: number, value: number): string => toBase64url(new Uint8Array(length).fill(value));
