// Core's cryptography once more, by Node's own and without @hpke/core: HPKE base mode with X25519, HKDF-SHA256 and AES-256-GCM (RFC 9180),
// Ed25519. Takes a third of the time that WebCrypto takes in Node, which matters to thousands of simulated calls. Knows nothing of envelopes.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { type Bytes, concat, utf8 } from '../../../src/core/base/bytes.ts';
import type { Opener, PairKey, QuantumOpener, SealContext, Sealer, Signer } from '../../../src/core/base/ports.ts';
import type { IdentityKeys } from '../../../src/platform/crypto/identity-keys.ts';
import { quantumHalf } from '../../../src/platform/crypto/quantum-half.ts';
import { WebCryptoSealer } from '../../../src/platform/crypto/web-crypto-sealer.ts';
import { xWing } from '../../../src/platform/crypto/x-wing.ts';

const nothing = new Uint8Array(0);
const tagBytes = 16;
/** RFC 9180 sections 4.1 and 5.1: which KEM; which KEM, KDF and AEAD. */
const kemSuite = concat(utf8('KEM'), Uint8Array.of(0, 0x20));
const hpkeSuite = concat(utf8('HPKE'), Uint8Array.of(0, 0x20, 0, 1, 0, 2));

function publicKeyOf(curve: 'X25519' | 'Ed25519', bytes: Bytes): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: curve, x: Buffer.from(bytes).toString('base64url') },
    format: 'jwk',
  });
}

const rawPublicKey = (key: KeyObject): Bytes =>
  Uint8Array.from(Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url'));

const hmac = (key: Bytes, ...parts: readonly Bytes[]): Bytes =>
  new Uint8Array(
    createHmac('sha256', key)
      .update(concat(...parts))
      .digest(),
  );

/** LabeledExtract (RFC 9180 section 4). */
const extract = (suite: Bytes, salt: Bytes, label: string, input: Bytes): Bytes =>
  hmac(salt, utf8('HPKE-v1'), suite, utf8(label), input);

/** LabeledExpand (RFC 9180 section 4), for one block of SHA-256 at most. */
function expand(suite: Bytes, key: Bytes, label: string, info: Bytes, length: number): Bytes {
  const labeled = concat(Uint8Array.of(0, length), utf8('HPKE-v1'), suite, utf8(label), info);
  return hmac(key, labeled, Uint8Array.of(1)).slice(0, length);
}

/** Key and nonce of a context's first message (RFC 9180 sections 4.1 and 5.1). */
function firstMessageKey(privateKey: KeyObject, publicKey: KeyObject, enc: Bytes, recipient: Bytes, info: Bytes) {
  const shared = extract(kemSuite, nothing, 'eae_prk', new Uint8Array(diffieHellman({ privateKey, publicKey })));
  const secret = extract(
    hpkeSuite,
    expand(kemSuite, shared, 'shared_secret', concat(enc, recipient), 32),
    'secret',
    nothing,
  );
  const context = concat(
    Uint8Array.of(0),
    extract(hpkeSuite, nothing, 'psk_id_hash', nothing),
    extract(hpkeSuite, nothing, 'info_hash', info),
  );
  return {
    key: expand(hpkeSuite, secret, 'key', context, 32),
    nonce: expand(hpkeSuite, secret, 'base_nonce', context, 12),
  };
}

export class NodeSigner implements Signer {
  readonly publicKey: Bytes;
  readonly #privateKey: KeyObject;

  constructor(privateKey: CryptoKey, publicKey: Bytes) {
    this.#privateKey = KeyObject.from(privateKey);
    this.publicKey = publicKey;
  }

  async sign(message: Bytes): Promise<Bytes> {
    return new Uint8Array(sign(null, message, this.#privateKey));
  }
}

export class NodeOpener implements Opener {
  readonly publicKey: Bytes;
  readonly quantum?: QuantumOpener;
  readonly #privateKey: KeyObject;

  constructor(privateKey: CryptoKey | KeyObject, publicKey: Bytes, quantum?: QuantumOpener) {
    if (quantum) this.quantum = quantum;
    this.#privateKey = privateKey instanceof KeyObject ? privateKey : KeyObject.from(privateKey);
    this.publicKey = publicKey;
  }

  async open(enc: Bytes, ciphertext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined> {
    try {
      const { key, nonce } = firstMessageKey(this.#privateKey, publicKeyOf('X25519', enc), enc, this.publicKey, info);
      const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(aad);
      cipher.setAuthTag(ciphertext.subarray(-tagBytes));
      return new Uint8Array(Buffer.concat([cipher.update(ciphertext.subarray(0, -tagBytes)), cipher.final()]));
    } catch {
      return undefined;
    }
  }
}

export class NodeSealer implements Sealer {
  async sealTo(recipientPublicKey: Bytes, info: Bytes, quantumKey?: Bytes): Promise<SealContext> {
    if (quantumKey) return xWing.sealTo(recipientPublicKey, quantumKey, info);
    const pair = generateKeyPairSync('x25519');
    const enc = rawPublicKey(pair.publicKey);
    const recipient = publicKeyOf('X25519', recipientPublicKey);
    const { key, nonce } = firstMessageKey(pair.privateKey, recipient, enc, recipientPublicKey, info);
    return {
      enc,
      seal: async (plaintext, aad) => {
        const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
        return new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
      },
    };
  }

  async verify(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
    try {
      return verify(null, message, publicKeyOf('Ed25519', publicKey), signature);
    } catch {
      return false;
    }
  }

  async generateOpener(): Promise<Opener> {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    return new NodeOpener(privateKey, rawPublicKey(publicKey));
  }

  /** Few are made: the product's own will do. */
  generatePairKey(): Promise<PairKey> {
    return new WebCryptoSealer().generatePairKey();
  }

  async sha256(bytes: Bytes): Promise<Bytes> {
    return new Uint8Array(createHash('sha256').update(bytes).digest());
  }

  async hkdfSha256(input: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
    return new Uint8Array(hkdfSync('sha256', input, salt, info, length));
  }

  randomBytes(length: number): Bytes {
    return new Uint8Array(randomBytes(length));
  }
}

/**
 * Opens what is sealed to the lasting key of an identity. @param quantum with its second half, which is one piece of work: nothing inside of it waits
 * for a turn of its own.
 */
export function lastingOpener(keys: IdentityKeys, quantum: boolean): NodeOpener {
  const { x25519Public: x25519, x25519Private } = keys;
  const signer = new NodeSigner(keys.ed25519Private, keys.ed25519Public);
  const half = { sealer: new NodeSealer(), signer, x25519, x25519Private, load: async () => xWing };
  return new NodeOpener(x25519Private, x25519, quantum ? quantumHalf(half) : undefined);
}
