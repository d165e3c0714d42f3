// Core's cryptography by WebCrypto and @hpke/core: Ed25519 (RFC 8032), X25519 (RFC 7748), HPKE base mode (RFC 9180),
// HKDF-SHA256 (RFC 5869). Keeps private keys as non-extractable CryptoKeys. Knows nothing of envelopes or identities.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { type Bytes, concat } from '../../core/base/bytes.ts';
import type { Opener, PairKey, QuantumOpener, SealContext, Sealer, Signer } from '../../core/base/ports.ts';
import { isAcceptableX25519Key } from '../../core/identity/ed25519-point.ts';
import type { LoadXWing } from './late-x-wing.ts';

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/** The length of an encapsulated key. */
const encBytes = 32;

/** A public key that nothing may be sealed to: wrong length or low order (docs/hostile-cases.md#e16). */
class UnusableKeyError extends Error {
  readonly code = 'unusable-key';
  constructor(cause?: unknown) {
    super('public key cannot be sealed to', { cause });
    this.name = 'UnusableKeyError';
  }
}

/** The Sealer of pages, workers and tests. */
export class WebCryptoSealer implements Sealer {
  readonly #loadXWing: LoadXWing | undefined;

  /** @param loadXWing where something may be sealed to a contact: some of their keys need it. */
  constructor(loadXWing?: LoadXWing) {
    this.#loadXWing = loadXWing;
  }

  /** @throws UnusableKeyError when one of the recipient's keys has the wrong length or low order. Never seals to less than it was given. */
  async sealTo(recipientPublicKey: Bytes, info: Bytes, quantumKey?: Bytes): Promise<SealContext> {
    if (!isAcceptableX25519Key(recipientPublicKey)) throw new UnusableKeyError();
    try {
      if (quantumKey) {
        if (!this.#loadXWing) throw new TypeError('nothing here seals against quantum computers');
        return await (await this.#loadXWing()).sealTo(recipientPublicKey, quantumKey, info);
      }
      const context = await suite.createSenderContext({
        recipientPublicKey: await importX25519Public(recipientPublicKey),
        info,
      });
      return {
        enc: new Uint8Array(context.enc),
        seal: async (plaintext, aad) => new Uint8Array(await context.seal(plaintext, aad)),
      };
    } catch (cause) {
      throw new UnusableKeyError(cause);
    }
  }

  async verify(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
    try {
      const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
      return await crypto.subtle.verify('Ed25519', key, signature, message);
    } catch {
      return false;
    }
  }

  async generateOpener(): Promise<Opener> {
    const { privateKey, publicKey } = await generateX25519();
    return new WebCryptoOpener(privateKey, await rawBytes(publicKey));
  }

  async generatePairKey(): Promise<PairKey> {
    const pair = await generateX25519();
    return new WebCryptoPairKey(pair, await rawBytes(pair.publicKey));
  }

  async sha256(bytes: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  }

  async hkdfSha256(input: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
    const key = await crypto.subtle.importKey('raw', input, 'HKDF', false, ['deriveBits']);
    const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, 8 * length);
    return new Uint8Array(bits);
  }

  randomBytes(length: number): Bytes {
    return crypto.getRandomValues(new Uint8Array(length));
  }
}

/** Signs with an Ed25519 CryptoKey; `publicKey` are its 32 public bytes. */
export class WebCryptoSigner implements Signer {
  readonly publicKey: Bytes;
  readonly #privateKey: CryptoKey;

  constructor(privateKey: CryptoKey, publicKey: Bytes) {
    this.#privateKey = privateKey;
    this.publicKey = publicKey;
  }

  async sign(message: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.sign('Ed25519', this.#privateKey, message));
  }
}

/** Opens with an X25519 CryptoKey that allows deriveBits; `publicKey` are its 32 public bytes. */
export class WebCryptoOpener implements Opener {
  readonly publicKey: Bytes;
  readonly quantum?: QuantumOpener;
  readonly #privateKey: CryptoKey;
  #publicCryptoKey: Promise<CryptoKey> | undefined;

  constructor(privateKey: CryptoKey, publicKey: Bytes, quantum?: QuantumOpener) {
    this.#privateKey = privateKey;
    this.publicKey = publicKey;
    if (quantum) this.quantum = quantum;
  }

  async open(enc: Bytes, ciphertext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined> {
    try {
      // Given only the private key, the library would try to export it on every message.
      this.#publicCryptoKey ??= importX25519Public(this.publicKey);
      const recipientKey = { privateKey: this.#privateKey, publicKey: await this.#publicCryptoKey };
      const context = await suite.createRecipientContext({ recipientKey, enc, info });
      return new Uint8Array(await context.open(ciphertext, aad));
    } catch {
      return undefined;
    }
  }
}

/** Seals and opens with a pair of X25519 CryptoKeys; `publicKey` are its 32 public bytes. */
class WebCryptoPairKey implements PairKey {
  readonly publicKey: Bytes;
  readonly #pair: CryptoKeyPair;

  constructor(pair: CryptoKeyPair, publicKey: Bytes) {
    this.#pair = pair;
    this.publicKey = publicKey;
  }

  async sealFor(recipient: Bytes, plaintext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes> {
    if (!isAcceptableX25519Key(recipient)) throw new UnusableKeyError();
    const recipientPublicKey = await importX25519Public(recipient);
    const context = await suite.createSenderContext({ senderKey: this.#pair, recipientPublicKey, info });
    return concat(new Uint8Array(context.enc), new Uint8Array(await context.seal(plaintext, aad)));
  }

  async openFrom(sender: Bytes, sealed: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined> {
    const enc = sealed.slice(0, encBytes);
    if (!isAcceptableX25519Key(sender) || !isAcceptableX25519Key(enc)) return undefined;
    try {
      const senderPublicKey = await importX25519Public(sender);
      const context = await suite.createRecipientContext({ recipientKey: this.#pair, senderPublicKey, enc, info });
      return new Uint8Array(await context.open(sealed.slice(encBytes), aad));
    } catch {
      return undefined;
    }
  }
}

async function generateX25519(): Promise<CryptoKeyPair> {
  // Lib types know the X25519 pair only as "key or pair".
  return (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
}

async function rawBytes(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}

function importX25519Public(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'X25519', true, []);
}
