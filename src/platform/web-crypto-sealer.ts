// All cryptography that core asks for, by WebCrypto and @hpke/core. Private keys are CryptoKeys that cannot be exported.
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { Bytes } from '../core/bytes.ts';
import { isAcceptableX25519Key } from '../core/ed25519-point.ts';
import type { Opener, SealContext, Sealer, Signer } from '../core/ports.ts';

/** RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Signs with Ed25519 (RFC 8032). */
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

/** Opens HPKE messages sealed to an X25519 key. */
export class WebCryptoOpener implements Opener {
  readonly publicKey: Bytes;
  readonly #privateKey: CryptoKey;
  #pair: Promise<CryptoKeyPair> | undefined;

  constructor(privateKey: CryptoKey, publicKey: Bytes) {
    this.#privateKey = privateKey;
    this.publicKey = publicKey;
  }

  async open(enc: Bytes, ciphertext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined> {
    // Low-order encapsulated keys would give a shared secret that everybody knows.
    if (!isAcceptableX25519Key(enc)) return undefined;
    this.#pair ??= this.#importPair();
    const recipientKey = await this.#pair;
    try {
      const context = await suite.createRecipientContext({ recipientKey, enc, info });
      return new Uint8Array(await context.open(ciphertext, aad));
    } catch {
      return undefined;
    }
  }

  /** HPKE needs the public half beside the private one, which cannot tell it. */
  async #importPair(): Promise<CryptoKeyPair> {
    const publicKey = await crypto.subtle.importKey('raw', this.publicKey, 'X25519', true, []);
    return { privateKey: this.#privateKey, publicKey };
  }
}

export class WebCryptoSealer implements Sealer {
  async sealTo(recipientPublicKey: Bytes, info: Bytes): Promise<SealContext> {
    const publicKey = await crypto.subtle.importKey('raw', recipientPublicKey, 'X25519', true, []);
    const context = await suite.createSenderContext({ recipientPublicKey: publicKey, info });
    return {
      enc: new Uint8Array(context.enc),
      seal: async (plaintext, aad) => new Uint8Array(await context.seal(plaintext, aad)),
    };
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
    const pair = (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
    const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    return new WebCryptoOpener(pair.privateKey, publicKey);
  }

  async sha256(bytes: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  }

  /** RFC 5869. */
  async hkdfSha256(input: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes> {
    const key = await crypto.subtle.importKey('raw', input, 'HKDF', false, ['deriveBits']);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, length * 8));
  }

  randomBytes(length: number): Bytes {
    return crypto.getRandomValues(new Uint8Array(length));
  }
}
