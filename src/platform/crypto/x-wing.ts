// X-Wing (draft-connolly-cfrg-xwing-kem): X25519 by WebCrypto and ML-KEM-768 (FIPS 203) by @noble/post-quantum, as a KEM of HPKE. Whoever
// wants to read what is sealed has to break both. Heavy: pages load it when they first need it (late-x-wing.ts).
import { Aes256Gcm, CipherSuite, HkdfSha256, type KemInterface } from '@hpke/core';
import { sha3_256 } from '@noble/hashes/sha3.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { type Bytes, concat, utf8 } from '../../core/base/bytes.ts';
import { type QuantumOpener, quantumEncBytes, quantumKeyBytes, type SealContext } from '../../core/base/ports.ts';
import { isAcceptableX25519Key } from '../../core/identity/ed25519-point.ts';

/** How many bytes an ML-KEM-768 ciphertext has; the X25519 key follows it. */
const cipherTextBytes = quantumEncBytes - 32;
const xWingId = 0x647a;
/** The label of the draft: \.//^\ */
const label = utf8('\\.//^\\');

/** Both halves of a key that something is sealed to; with `secret` those that open it. */
interface XWingKeys {
  /** 32 bytes. */
  readonly x25519: Bytes;
  /** ML-KEM-768, 1184 bytes. */
  readonly quantumKey: Bytes;
  /** ML-KEM-768, 2400 bytes. */
  readonly secret?: Bytes;
}

async function dh(privateKey: CryptoKey, publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: publicKey }, privateKey, 256));
}

const combined = (quantumShared: Uint8Array, shared: Bytes, enc: Bytes, x25519: Bytes): ArrayBuffer =>
  Uint8Array.from(sha3_256(concat(Uint8Array.from(quantumShared), shared, enc, x25519, label))).buffer;

const unused = (): never => {
  throw new TypeError('keys of X-Wing are handed over as bytes');
};

/** As @hpke/core asks for one: only what a context needs. */
function kemOf({ x25519, quantumKey, secret }: XWingKeys): KemInterface {
  return {
    id: xWingId,
    secretSize: 32,
    encSize: quantumEncBytes,
    publicKeySize: quantumKeyBytes + 32,
    privateKeySize: 32,
    serializePublicKey: unused,
    deserializePublicKey: unused,
    serializePrivateKey: unused,
    deserializePrivateKey: unused,
    importKey: unused,
    generateKeyPair: unused,
    deriveKeyPair: unused,
    async encap({ recipientPublicKey }) {
      const { privateKey, publicKey } = (await crypto.subtle.generateKey('X25519', false, [
        'deriveBits',
      ])) as CryptoKeyPair;
      const own = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
      const { cipherText, sharedSecret } = ml_kem768.encapsulate(quantumKey);
      const shared = await dh(privateKey, recipientPublicKey);
      return {
        enc: concat(Uint8Array.from(cipherText), own).buffer,
        sharedSecret: combined(sharedSecret, shared, own, x25519),
      };
    },
    async decap({ recipientKey, enc }) {
      if (!secret || !('privateKey' in recipientKey)) return unused();
      const bytes = new Uint8Array(enc as ArrayBuffer);
      const theirs = bytes.slice(cipherTextBytes);
      const shared = await dh(recipientKey.privateKey, await importX25519(theirs));
      return combined(ml_kem768.decapsulate(bytes.subarray(0, cipherTextBytes), secret), shared, theirs, x25519);
    },
  };
}

const importX25519 = (bytes: Bytes): Promise<CryptoKey> => crypto.subtle.importKey('raw', bytes, 'X25519', true, []);

const suiteOf = (keys: XWingKeys): CipherSuite =>
  new CipherSuite({ kem: kemOf(keys), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** @throws whatever the libraries throw for a key that nothing can be sealed to. */
async function sealTo(x25519: Bytes, quantumKey: Bytes, info: Bytes): Promise<SealContext> {
  const recipientPublicKey = await importX25519(x25519);
  const context = await suiteOf({ x25519, quantumKey }).createSenderContext({ recipientPublicKey, info });
  return {
    enc: new Uint8Array(context.enc),
    seal: async (plaintext, aad) => new Uint8Array(await context.seal(plaintext, aad)),
  };
}

/** What is sealed to a person: their X25519 key, and the seed (64 bytes) of their ML-KEM-768 key. */
interface OwnXWing {
  readonly x25519: Bytes;
  readonly x25519Private: CryptoKey;
  readonly seed: Bytes;
}

function openerOf({ x25519, x25519Private, seed }: OwnXWing): QuantumOpener {
  const { publicKey, secretKey } = ml_kem768.keygen(seed);
  const quantumKey = Uint8Array.from(publicKey);
  const suite = suiteOf({ x25519, quantumKey, secret: Uint8Array.from(secretKey) });
  return {
    publicKey: async () => quantumKey,
    async open(enc, ciphertext, info, aad) {
      if (enc.length !== quantumEncBytes || !isAcceptableX25519Key(enc.slice(cipherTextBytes))) return undefined;
      try {
        const recipientKey = { privateKey: x25519Private, publicKey: await importX25519(x25519) };
        const context = await suite.createRecipientContext({ recipientKey, enc, info });
        return new Uint8Array(await context.open(ciphertext, aad));
      } catch {
        return undefined;
      }
    },
  };
}

export const xWing = { sealTo, openerOf };
