// The second half of a person's lasting sealing key, ML-KEM-768 beside X25519 (docs/protocol.md#quantum-computers). Kept nowhere: it follows
// from a signature, as the own inboxes do, so that identities that are older than it have it too, and every device with the same words the same.
import { type Bytes, utf8 } from '../../core/base/bytes.ts';
import type { QuantumOpener, Sealer, Signer } from '../../core/base/ports.ts';
import type { LoadXWing } from './late-x-wing.ts';

const label = utf8('ffc/1 ml-kem-768');

export interface QuantumHalfParts {
  readonly sealer: Pick<Sealer, 'hkdfSha256'>;
  readonly signer: Signer;
  readonly x25519: Bytes;
  readonly x25519Private: CryptoKey;
  readonly load: LoadXWing;
}

/**
 * The signature is said to nobody. What a quantum computer gets out of the public Ed25519 key is the number that signs, and not the other half
 * of the hashed seed, on which this very signature hangs as well (RFC 8032 section 5.1.6).
 */
async function makeOpener({ sealer, signer, x25519, x25519Private, load }: QuantumHalfParts): Promise<QuantumOpener> {
  const [xWing, signature] = await Promise.all([load(), signer.sign(label)]);
  const seed = await sealer.hkdfSha256(signature, signer.publicKey, label, 64);
  return xWing.openerOf({ x25519, x25519Private, seed });
}

/** Made when it is first asked for, and then kept as long as the page or worker lives. */
export function quantumHalf(parts: QuantumHalfParts): QuantumOpener {
  let made: Promise<QuantumOpener> | undefined;
  const opener = async (): Promise<QuantumOpener> => {
    made ??= makeOpener(parts);
    try {
      return await made;
    } catch (error) {
      // A page whose file could not be loaded tries again.
      made = undefined;
      throw error;
    }
  };
  return {
    publicKey: async () => (await opener()).publicKey(),
    async open(enc, ciphertext, info, aad) {
      try {
        return await (await opener()).open(enc, ciphertext, info, aad);
      } catch {
        return undefined;
      }
    },
  };
}
