// Core's sealing under a passphrase by WebCrypto. The key is derived off the page's thread and cannot be read by JavaScript.
import type { Bytes } from '../../core/base/bytes.ts';
import type { PassphraseCipher, PassphraseLock } from '../../core/base/ports.ts';

async function keyOf({ passphrase, iterations, salt }: PassphraseLock, use: KeyUsage): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', passphrase, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, [use]);
}

export class WebCryptoPassphrase implements PassphraseCipher {
  async seal(lock: PassphraseLock, plaintext: Bytes, aad: Bytes): Promise<Bytes> {
    const key = await keyOf(lock, 'encrypt');
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: lock.nonce, additionalData: aad, tagLength: 128 },
      key,
      plaintext,
    );
    return new Uint8Array(sealed);
  }

  async open(lock: PassphraseLock, ciphertext: Bytes, aad: Bytes): Promise<Bytes | undefined> {
    const key = await keyOf(lock, 'decrypt');
    try {
      const opened = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: lock.nonce, additionalData: aad, tagLength: 128 },
        key,
        ciphertext,
      );
      return new Uint8Array(opened);
    } catch {
      return undefined;
    }
  }
}
