// The keys of an identity out of its 32 bytes of entropy (docs/protocol.md#identity). Once derived, the private halves cannot be read by
// JavaScript; on disk the browser keeps them in clear. Knows no storage and no words.
import { type Bytes, concat, fromBase64url, fromHex, utf8 } from '../../core/base/bytes.ts';
import { WebCryptoSealer } from './web-crypto-sealer.ts';

/** Structured-clonable, so IndexedDB keeps it as it is. */
export interface IdentityKeys {
  /** Signs; not extractable. */
  readonly ed25519Private: CryptoKey;
  /** 32 bytes. */
  readonly ed25519Public: Bytes;
  /** Derives bits; not extractable. */
  readonly x25519Private: CryptoKey;
  /** 32 bytes. */
  readonly x25519Public: Bytes;
  /** 16 bytes. */
  readonly inboxSecret: Bytes;
}

/** PKCS #8 headers in front of 32 raw private bytes (RFC 8410 section 7). */
const ed25519Header = '302e020100300506032b657004220420';
const x25519Header = '302e020100300506032b656e04220420';

/** u = 9, the base point of Curve25519 (RFC 7748 section 4.1). */
const basePoint = new Uint8Array(32);
basePoint[0] = 9;

/**
 * Derives both key pairs and the inbox secret. The entropy is the Ed25519 seed itself, as the 3Bot apps have it; the rest is
 * HKDF-SHA256 (RFC 5869) with salt "ffc/1". The caller wipes its own copy of the entropy.
 * @throws RangeError unless there are 32 bytes; DOMException when the browser lacks the curves.
 */
export async function deriveIdentityKeys(entropy32: Bytes): Promise<IdentityKeys> {
  if (entropy32.length !== 32) throw new RangeError('entropy must be 32 bytes');
  const sealer = new WebCryptoSealer();
  const salt = utf8('ffc/1');
  const x25519Raw = await sealer.hkdfSha256(entropy32, salt, utf8('x25519'), 32);
  const inboxSecret = await sealer.hkdfSha256(entropy32, salt, utf8('inbox'), 16);
  const ed25519Pkcs8 = pkcs8(ed25519Header, entropy32);
  const x25519Pkcs8 = pkcs8(x25519Header, x25519Raw);
  try {
    const ed25519Private = await crypto.subtle.importKey('pkcs8', ed25519Pkcs8, 'Ed25519', false, ['sign']);
    const x25519Private = await crypto.subtle.importKey('pkcs8', x25519Pkcs8, 'X25519', false, ['deriveBits']);
    return {
      ed25519Private,
      ed25519Public: await publicEd25519(ed25519Pkcs8),
      x25519Private,
      x25519Public: await publicX25519(x25519Private),
      inboxSecret,
    };
  } finally {
    for (const secret of [x25519Raw, ed25519Pkcs8, x25519Pkcs8]) secret.fill(0);
  }
}

function pkcs8(header: string, raw: Bytes): Bytes {
  return concat(fromHex(header) ?? new Uint8Array(0), raw);
}

/** WebCrypto tells the public half of a private Ed25519 key only in JWK, and only when extractable: so for one moment it is. */
async function publicEd25519(privatePkcs8: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('pkcs8', privatePkcs8, 'Ed25519', true, ['sign']);
  const jwk = await crypto.subtle.exportKey('jwk', key);
  const bytes = fromBase64url(jwk.x ?? '');
  if (bytes?.length !== 32) throw new RangeError('the browser gave no Ed25519 public key');
  return bytes;
}

/** A public X25519 key is the private one times the base point: nothing has to be extractable, and Firefox's JWK export may fail. */
async function publicX25519(privateKey: CryptoKey): Promise<Bytes> {
  const base = await crypto.subtle.importKey('raw', basePoint, 'X25519', true, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: base }, privateKey, 256));
}
