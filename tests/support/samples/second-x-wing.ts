// Envelopes against quantum computers a second time, from the words of docs/protocol.md: X-Wing as its library has it, HPKE with Node's own
// cryptography. Imports nothing of the product.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, sign } from 'node:crypto';
import { ml_kem768_x25519 } from '@noble/post-quantum/hybrid.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';

const text = (words: string): Buffer => Buffer.from(words, 'utf8');
const nothing = Buffer.alloc(0);
/** X-Wing, HKDF-SHA256, AES-256-GCM. */
const suite = Buffer.concat([text('HPKE'), Buffer.from([0x64, 0x7a, 0, 1, 0, 2])]);

const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest();

const extract = (salt: Uint8Array, label: string, input: Uint8Array): Buffer =>
  hmac(salt, text('HPKE-v1'), suite, text(label), input);

const expand = (key: Uint8Array, label: string, info: Uint8Array, length: number): Buffer =>
  hmac(key, Buffer.from([0, length]), text('HPKE-v1'), suite, text(label), info, Buffer.from([1])).subarray(0, length);

function keyAndNonce(shared: Uint8Array): [Buffer, Buffer] {
  const secret = extract(shared, 'secret', nothing);
  const hashes = [extract(nothing, 'psk_id_hash', nothing), extract(nothing, 'info_hash', text('ffc/1 seal'))];
  const context = Buffer.concat([Buffer.from([0]), ...hashes]);
  return [expand(secret, 'key', context, 32), expand(secret, 'base_nonce', context, 12)];
}

/** The first message of a context, HPKE base mode. */
export function sealWith(shared: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array<ArrayBuffer> {
  const cipher = createCipheriv('aes-256-gcm', ...keyAndNonce(shared)).setAAD(aad);
  return Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
}

/** @throws when the tag is wrong. */
export function openWith(shared: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array<ArrayBuffer> {
  const cipher = createDecipheriv('aes-256-gcm', ...keyAndNonce(shared)).setAAD(aad);
  cipher.setAuthTag(ciphertext.subarray(-16));
  return Uint8Array.from(Buffer.concat([cipher.update(ciphertext.subarray(0, -16)), cipher.final()]));
}

/** The seed and the public half of the ML-KEM-768 key of a person. */
export function quantumKeyFrom(signing: Parameters<typeof sign>[2], ed25519: Uint8Array) {
  const label = text('ffc/1 ml-kem-768');
  const seed = new Uint8Array(hkdfSync('sha256', sign(null, label, signing), ed25519, label, 64));
  return { seed, publicKey: Uint8Array.from(ml_kem768.keygen(seed).publicKey) };
}

interface QuantumEnvelope {
  readonly signing: Parameters<typeof sign>[2];
  readonly from: Uint8Array;
  readonly to: { readonly ed25519: Uint8Array; readonly x25519: Uint8Array; readonly quantumKey: Uint8Array };
  readonly topic: Uint8Array;
  readonly body: string;
  /** 64 bytes: of the encapsulation. */
  readonly eseed: Uint8Array;
}

/** An envelope with suite 2 in the smallest bucket, made with a given seed. */
export function quantumEnvelope({ signing, from, to, topic, body, eseed }: QuantumEnvelope): Uint8Array<ArrayBuffer> {
  const head = Buffer.from([1, 2]);
  const made = ml_kem768_x25519.encapsulate(Buffer.concat([to.quantumKey, to.x25519]), eseed);
  const [words, length] = [text(body), Buffer.alloc(4)];
  length.writeUInt32BE(words.length);
  const keys = [to.ed25519, to.x25519, to.quantumKey];
  const signed = [text('ffc/1 sig\0'), head, made.cipherText, topic, ...keys, from, length, words];
  const plaintext = Buffer.alloc(1024);
  Buffer.concat([sign(null, Buffer.concat(signed), signing), from, length, words]).copy(plaintext);
  const sealed = sealWith(made.sharedSecret, plaintext, Buffer.concat([head, topic]));
  return Uint8Array.from(Buffer.concat([head, made.cipherText, sealed]));
}
