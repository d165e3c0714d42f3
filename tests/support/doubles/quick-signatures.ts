// Signatures that cost nothing and prove nothing: for worlds in which a thousand people come and go.
import { toHex } from '../../../src/core/base/bytes.ts';
import type { Sealer, Signer } from '../../../src/core/base/ports.ts';
import type { TestIdentity } from '../samples/test-identity.ts';

/** The key and a sum. */
function quickSignature(key: Uint8Array, message: Uint8Array): Uint8Array<ArrayBuffer> {
  let sum = 2_166_136_261;
  for (const byte of message) sum = Math.imul(sum ^ byte, 16_777_619) >>> 0;
  const signature = new Uint8Array(64);
  signature.set(key.slice(0, 32));
  new DataView(signature.buffer).setUint32(32, sum);
  return signature;
}

export function withQuickSignatures(sealer: Sealer): Sealer {
  return {
    sealTo: (key, info) => sealer.sealTo(key, info),
    generateOpener: () => sealer.generateOpener(),
    generatePairKey: () => sealer.generatePairKey(),
    sha256: (bytes) => sealer.sha256(bytes),
    hkdfSha256: (...parts) => sealer.hkdfSha256(...parts),
    randomBytes: (length) => sealer.randomBytes(length),
    verify: async (key, signature, message) => toHex(quickSignature(key, message)) === toHex(signature),
  };
}

export const quickSigner = ({ ed25519 }: TestIdentity): Signer => ({
  publicKey: ed25519,
  sign: async (message) => quickSignature(ed25519, message),
});
