// Envelopes against quantum computers (docs/protocol.md#quantum-computers, docs/hostile-cases.md#e120 to #e123), and their vectors.
import { KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concat, toHex } from '../../../src/core/base/bytes.ts';
import type { Opener } from '../../../src/core/base/ports.ts';
import {
  envelopeSizes,
  openEnvelope,
  quantumEnvelopeSizes,
  sealEnvelope,
} from '../../../src/core/signaling/envelope.ts';
import { quantumEnvelope, quantumKeyFrom } from '../../support/samples/second-x-wing.ts';
import {
  fuzzRuns,
  littleEndian32,
  quantumKeyOf,
  sealer,
  type TestIdentity,
  testBytes,
  testIdentity,
} from '../../support/samples/test-identity.ts';
import { expectVectors } from '../../support/samples/vector-file.ts';

let alice: TestIdentity;
let bob: TestIdentity;
let mallory: TestIdentity;
let bobsKey: Bytes;
let topic: Bytes;

const body = '{"v":1,"t":"invite"}';
const isOpened = () => ({ senderEd25519: alice.ed25519, body, isQuantumSafe: true });

beforeAll(async () => {
  [alice, bob, mallory] = [await testIdentity(1), await testIdentity(2), await testIdentity(3)];
  [topic, bobsKey] = [await testBytes('topic'), await quantumKeyOf(bob)];
});

function seal(text = body, recipientQuantumKey: Bytes | undefined = bobsKey): Promise<Bytes> {
  const to = { recipientEd25519: bob.ed25519, recipientX25519: bob.x25519, recipientQuantumKey };
  return sealEnvelope({ sealer, signer: alice.signer, ...to, topic, body: text });
}

function open(message: Bytes, opener: Opener = bob.opener, on = topic) {
  return openEnvelope({ sealer, opener, recipientEd25519: bob.ed25519, topic: on, message });
}

describe('an envelope to both halves of a key', () => {
  it('opens for its recipient, proves its author, and says that it was sealed so', async () => {
    expect(await open(await seal())).toEqual(isOpened());
  });

  it('has one of two sizes, and no length that others have', async () => {
    expect(quantumEnvelopeSizes).toEqual([2162, 5234]);
    expect(quantumEnvelopeSizes.some((size) => envelopeSizes.includes(size))).toBe(false);
    const lengths = [0, 924, 925, 3996];
    const sizes = await Promise.all(lengths.map(async (length) => (await seal('x'.repeat(length))).length));
    expect(sizes).toEqual([2162, 2162, 5234, 5234]);
    await expect(seal('x'.repeat(3997))).rejects.toMatchObject({ code: 'envelope-too-large' });
  });

  it('carries any text there and back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 900 }), async (text) => {
        expect(await open(await seal(text))).toEqual({ ...isOpened(), body: text });
      }),
      { numRuns: fuzzRuns(30) },
    );
  });

  it('is dropped with any bit changed, and made into none of the other suite (E.120)', async () => {
    const message = await seal();
    await fc.assert(
      fc.asyncProperty(fc.nat(message.length - 1), fc.nat(7), async (at, bit) => {
        const changed = message.with(at, (message[at] ?? 0) ^ (1 << bit));
        expect(await open(changed)).toHaveProperty('dropped', at < 2 ? 'version' : 'open');
      }),
      { numRuns: fuzzRuns(60) },
    );
    expect(await open(message.with(1, 1))).toEqual({ dropped: 'version' });
    // The X25519 half alone, in an envelope of the plain suite.
    const stripped = concat(new Uint8Array([1, 1]), message.slice(2 + 1088));
    expect(stripped).toHaveLength(1074);
    expect(await open(stripped)).toEqual({ dropped: 'open' });
  });

  it('is read by no version that does not know the suite, and opened on no other topic', async () => {
    const { quantum: _, ...older } = { ...bob.opener, publicKey: bob.x25519, open: bob.opener.open.bind(bob.opener) };
    expect(await open(await seal(), older)).toEqual({ dropped: 'version' });
    expect(await open(await seal(), bob.opener, await testBytes('other topic'))).toEqual({ dropped: 'open' });
  });

  // Seen to fail with the quantum key taken out of signedBytes.
  it('signed for another quantum key than it is sealed with fails at the signature (E.3)', async () => {
    const to = { recipientEd25519: bob.ed25519, recipientX25519: bob.x25519 };
    const message = await sealEnvelope({
      sealer: { sealTo: (x25519, info) => sealer.sealTo(x25519, info, bobsKey) },
      signer: alice.signer,
      ...to,
      recipientQuantumKey: await quantumKeyOf(mallory),
      topic,
      body,
    });
    expect(await open(message)).toEqual({ dropped: 'signature' });
  });

  it('with an X25519 key of low order is dropped unopened (E.16)', async () => {
    const message = await seal();
    const low = concat(message.slice(0, 1090), littleEndian32(1n), message.slice(1122));
    expect(await open(low)).toEqual({ dropped: 'open' });
  });

  it('of random bytes of a legal size is dropped without a throw', async () => {
    for (const size of quantumEnvelopeSizes) {
      expect(await open(sealer.randomBytes(size))).toHaveProperty('dropped');
      const begun = concat(new Uint8Array([1, 2]), sealer.randomBytes(size - 2));
      expect(await open(begun)).toEqual({ dropped: 'open' });
    }
  });
});

describe('the vectors', () => {
  it('are made by the second implementation, and opened by the product', async () => {
    const signing = KeyObject.from(alice.keys.ed25519Private);
    const own = quantumKeyFrom(KeyObject.from(bob.keys.ed25519Private), bob.ed25519);
    expect(own.publicKey).toEqual(bobsKey);
    const envelopes = [];
    for (const text of ['', body, 'Zoë 😀 '.repeat(70)]) {
      const eseed = concat(await testBytes(`eseed ${text.length}`), await testBytes(`eseed 2 ${text.length}`));
      const to = { ed25519: bob.ed25519, x25519: bob.x25519, quantumKey: bobsKey };
      const message = quantumEnvelope({ signing, from: alice.ed25519, to, topic, body: text, eseed });
      expect(await open(message)).toEqual({ ...isOpened(), body: text });
      envelopes.push({ eseed: toHex(eseed), body: text, message: toHex(message) });
    }
    expectVectors('quantum-envelope.json', {
      'recipient entropy': toHex(await testBytes('test identity 2')),
      'sender entropy': toHex(await testBytes('test identity 1')),
      seed: toHex(own.seed),
      quantumKey: toHex(bobsKey),
      topic: toHex(topic),
      envelopes,
    });
  });
});
