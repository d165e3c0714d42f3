// Core's cipher of blocks by WebCrypto: the key cannot be read by JavaScript any more.
import type { Bytes } from '../../core/base/bytes.ts';
import type { BlockCipher } from '../../core/base/ports.ts';

const name = 'AES-GCM';

/** @param key 32 bytes. */
export async function webCryptoBlockCipher(key: Bytes): Promise<BlockCipher> {
  const secret = await crypto.subtle.importKey('raw', key, name, false, ['encrypt', 'decrypt']);
  const how = (iv: Bytes, additionalData: Bytes) => ({ name, iv, additionalData, tagLength: 128 });
  return {
    async seal(nonce, plaintext, aad) {
      return new Uint8Array(await crypto.subtle.encrypt(how(nonce, aad), secret, plaintext));
    },
    async open(nonce, ciphertext, aad) {
      try {
        return new Uint8Array(await crypto.subtle.decrypt(how(nonce, aad), secret, ciphertext));
      } catch {
        return undefined;
      }
    },
  };
}
