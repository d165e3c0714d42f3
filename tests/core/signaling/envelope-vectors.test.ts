// Envelopes with fixed keys, so that a second implementation can check itself against them (docs/protocol.md#envelope).
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { describe, expect, it } from 'vitest';
import { type Bytes, toHex } from '../../../src/core/base/bytes.ts';
import type { Sealer } from '../../../src/core/base/ports.ts';
import { openEnvelope, sealEnvelope } from '../../../src/core/signaling/envelope.ts';
import { sealer, testBytes, testIdentity } from '../../support/samples/test-identity.ts';
import { expectVectors } from '../../support/samples/vector-file.ts';

describe('the envelope vectors', () => {
  /** A sealer whose ephemeral key is derived from a given seed (RFC 9180 section 7.1.3), for vectors only. */
  function fixedSealer(ikmE: Bytes): Pick<Sealer, 'sealTo'> {
    const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
    return {
      sealTo: async (recipient, sealInfo) => {
        const recipientPublicKey = await suite.kem.deserializePublicKey(recipient);
        const context = await suite.createSenderContext({ recipientPublicKey, info: sealInfo, ekm: ikmE });
        return {
          enc: new Uint8Array(context.enc),
          seal: async (plaintext, aad) => new Uint8Array(await context.seal(plaintext, aad)),
        };
      },
    };
  }

  it('stay as they are, so that a second implementation can open them', async () => {
    const [alice, bob, topic] = [await testIdentity(1), await testIdentity(2), await testBytes('topic')];
    const vectors = [];
    for (const text of [
      '',
      '{"v":1,"t":"invite"}',
      'Zoë 😀 '.repeat(100),
      'large '.repeat(800),
      'larger '.repeat(2400),
    ]) {
      const ikmE = await testBytes(`ephemeral ${text.length}`);
      const to = { recipientEd25519: bob.ed25519, recipientX25519: bob.x25519 };
      const message = await sealEnvelope({ sealer: fixedSealer(ikmE), signer: alice.signer, ...to, topic, body: text });
      const opened = await openEnvelope({ sealer, opener: bob.opener, recipientEd25519: bob.ed25519, topic, message });
      expect(opened).toEqual({ senderEd25519: alice.ed25519, body: text });
      vectors.push({ ikmE: toHex(ikmE), body: text, message: toHex(message) });
    }
    const entropy = toHex(await testBytes('test identity 2'));
    expectVectors('envelope.json', {
      'recipient entropy': entropy,
      recipientEd25519: toHex(bob.ed25519),
      recipientX25519: toHex(bob.x25519),
      senderEd25519: toHex(alice.ed25519),
      topic: toHex(topic),
      envelopes: vectors,
    });
  });
});
