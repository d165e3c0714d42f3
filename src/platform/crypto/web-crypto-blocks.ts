// Core's sealing of many blocks under one key, by WebCrypto.
import { type Bytes, concat, u32be } from '../../core/base/bytes.ts';
import type { BlockCipher } from '../../core/base/ports.ts';

const algorithmOf = (number: number) => ({
  name: 'AES-GCM',
  iv: concat(new Uint8Array(8), u32be(number)),
  tagLength: 128,
});

export class WebCryptoBlocks implements BlockCipher {
  async seal(key: Bytes, number: number, plaintext: Bytes): Promise<Bytes> {
    const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
    return new Uint8Array(await crypto.subtle.encrypt(algorithmOf(number), imported, plaintext));
  }

  async open(key: Bytes, number: number, ciphertext: Bytes): Promise<Bytes | undefined> {
    const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
    try {
      return new Uint8Array(await crypto.subtle.decrypt(algorithmOf(number), imported, ciphertext));
    } catch {
      return undefined;
    }
  }
}
