// From 32 bytes of entropy (the 24 words) to keys that cannot be exported any more (protocol C.2).
import { type Bytes, concat, fromBase64url, utf8 } from '../core/bytes.ts';
import { WebCryptoSealer } from './web-crypto-sealer.ts';

/** Can be stored in IndexedDB as it is. */
export interface IdentityKeys {
  readonly ed25519Private: CryptoKey;
  readonly ed25519Public: Bytes;
  readonly x25519Private: CryptoKey;
  readonly x25519Public: Bytes;
  /** 16 bytes. */
  readonly inboxSecret: Bytes;
}

/** PKCS #8 heads for a raw 32-byte seed (RFC 8410 section 7); the last octet of the object identifier tells the curve. */
const pkcs8Head = (curve: number) =>
  new Uint8Array([0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, curve, 0x04, 0x22, 0x04, 0x20]);
const curves = { Ed25519: { octet: 0x70, use: 'sign' }, X25519: { octet: 0x6e, use: 'deriveBits' } } as const;

async function importSeed(algorithm: keyof typeof curves, seed: Bytes): Promise<{ privateKey: CryptoKey; publicKey: Bytes }> {
  const { octet, use } = curves[algorithm];
  const wrapped = concat(pkcs8Head(octet), seed);
  try {
    // Exportable for a moment, because a private key alone cannot be asked for its public half.
    const readable = await crypto.subtle.importKey('pkcs8', wrapped, algorithm, true, [use]);
    const { x } = await crypto.subtle.exportKey('jwk', readable);
    const publicKey = fromBase64url(x ?? '');
    if (publicKey?.length !== 32) throw new Error(`${algorithm} public key missing`);
    return { privateKey: await crypto.subtle.importKey('pkcs8', wrapped, algorithm, false, [use]), publicKey };
  } finally {
    wrapped.fill(0);
  }
}

/**
 * Ed25519 seed = the entropy itself (as the 3Bot apps do); X25519 key and inbox secret by HKDF-SHA256 with salt "ffc/1".
 * Intermediate secrets are wiped; the caller wipes the entropy.
 * @param entropy 32 bytes.
 */
export async function deriveIdentityKeys(entropy: Bytes): Promise<IdentityKeys> {
  const sealer = new WebCryptoSealer();
  const salt = utf8('ffc/1');
  const x25519Seed = await sealer.hkdfSha256(entropy, salt, utf8('x25519'), 32);
  try {
    const [ed25519, x25519, inboxSecret] = await Promise.all([
      importSeed('Ed25519', entropy),
      importSeed('X25519', x25519Seed),
      sealer.hkdfSha256(entropy, salt, utf8('inbox'), 16),
    ]);
    return {
      ed25519Private: ed25519.privateKey,
      ed25519Public: ed25519.publicKey,
      x25519Private: x25519.privateKey,
      x25519Public: x25519.publicKey,
      inboxSecret,
    };
  } finally {
    x25519Seed.fill(0);
  }
}
