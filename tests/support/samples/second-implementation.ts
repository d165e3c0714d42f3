// The protocol a second time, from the words of docs/protocol.md and with Node's own cryptography: it makes vectors and opens ours.
// Imports nothing of the product.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  sign as ed25519Sign,
  verify as ed25519Verify,
  hkdfSync,
  type KeyObject,
  pbkdf2Sync,
} from 'node:crypto';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export function hkdf(secret: Uint8Array, salt: Uint8Array, info: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, utf8(info), length));
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** PKCS #8 and SPKI headers in front of 32 raw bytes (RFC 8410 section 7). */
const oids = { ed25519: '70', x25519: '6e' } as const;
const privateKey = (curve: keyof typeof oids, raw: Uint8Array): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from(`302e020100300506032b65${oids[curve]}04220420`, 'hex'), raw]),
    format: 'der',
    type: 'pkcs8',
  });
const publicKey = (curve: keyof typeof oids, raw: Uint8Array): KeyObject =>
  createPublicKey({
    key: Buffer.concat([Buffer.from(`302a300506032b65${oids[curve]}032100`, 'hex'), raw]),
    format: 'der',
    type: 'spki',
  });
const rawPublic = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);

/** The keys that 32 bytes of entropy give. */
export function identityOf(entropy: Uint8Array) {
  const signing = privateKey('ed25519', entropy);
  const opening = privateKey('x25519', hkdf(entropy, utf8('ffc/1'), 'x25519', 32));
  return {
    ed25519: rawPublic(signing),
    x25519: rawPublic(opening),
    inboxSecret: hkdf(entropy, utf8('ffc/1'), 'inbox', 16),
    opening,
    sign: (...parts: readonly Uint8Array[]): Buffer => ed25519Sign(null, Buffer.concat(parts), signing),
  };
}

/** A contact link (flags 0) or a guest link (flags 1), signed. */
export function linkText(
  { ed25519, x25519, sign }: ReturnType<typeof identityOf>,
  inboxSecret: Uint8Array,
  flags: number,
  relays: readonly string[],
  name: string,
  madeAt: number,
): string {
  const record = (type: number, value: Uint8Array) => Buffer.concat([Buffer.from([type, value.length]), value]);
  const moment = Buffer.alloc(6);
  moment.writeUIntBE(madeAt, 0, 6);
  const told = Buffer.concat([
    Buffer.from([1]),
    ed25519,
    x25519,
    inboxSecret,
    Buffer.from([flags]),
    ...relays.map((relay) => record(1, utf8(relay))),
    record(2, utf8(name)),
    record(4, moment),
  ]);
  const body = Buffer.concat([told, record(3, sign(utf8('ffc/1 link\0'), told))]);
  return `ffc:1:${base64url(Buffer.concat([body, record(255, sha256(body).subarray(0, 4))]))}`;
}

/** HPKE base mode of RFC 9180 with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM; the first message of a context. */
function hpkeKeyAndNonce(shared: Uint8Array, context: Uint8Array, info: Uint8Array): { key: Buffer; nonce: Buffer } {
  const extract = (salt: Uint8Array, ikm: Uint8Array) => createHmac('sha256', salt).update(ikm).digest();
  const expand = (key: Uint8Array, bytes: Uint8Array, length: number) => {
    const first = createHmac('sha256', key)
      .update(bytes)
      .update(Buffer.from([1]))
      .digest();
    return first.subarray(0, length);
  };
  const kem = Buffer.concat([utf8('HPKE-v1'), utf8('KEM'), Buffer.from([0, 0x20])]);
  const suite = Buffer.concat([utf8('HPKE'), Buffer.from([0, 0x20, 0, 1, 0, 2])]);
  const none = Buffer.alloc(0);
  const eae = extract(none, Buffer.concat([kem, utf8('eae_prk'), shared]));
  const secret = expand(eae, Buffer.concat([Buffer.from([0, 32]), kem, utf8('shared_secret'), context]), 32);
  const labeled = (label: string, bytes: Uint8Array) => Buffer.concat([utf8('HPKE-v1'), suite, utf8(label), bytes]);
  const schedule = Buffer.concat([
    Buffer.from([0]),
    extract(none, labeled('psk_id_hash', none)),
    extract(none, labeled('info_hash', info)),
  ]);
  const base = extract(secret, labeled('secret', none));
  return {
    key: expand(base, Buffer.concat([Buffer.from([0, 32]), labeled('key', schedule)]), 32),
    nonce: expand(base, Buffer.concat([Buffer.from([0, 12]), labeled('base_nonce', schedule)]), 12),
  };
}

/** Opens an envelope. @throws Error when any of the checks of the protocol fails. */
export function openEnvelopeAgain(
  recipient: ReturnType<typeof identityOf>,
  topic: Uint8Array,
  message: Uint8Array,
): { readonly sender: Buffer; readonly body: string } {
  if (![1074, 4146, 16434, 32818].includes(message.length)) throw new Error('length');
  if (message[0] !== 1 || message[1] !== 1) throw new Error('version');
  const head = message.subarray(0, 2);
  const enc = Buffer.from(message.subarray(2, 34));
  const shared = diffieHellman({ privateKey: recipient.opening, publicKey: publicKey('x25519', enc) });
  const { key, nonce } = hpkeKeyAndNonce(shared, Buffer.concat([enc, recipient.x25519]), utf8('ffc/1 seal'));
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(Buffer.concat([head, topic]));
  decipher.setAuthTag(message.subarray(-16));
  const plaintext = Buffer.concat([decipher.update(message.subarray(34, -16)), decipher.final()]);
  const [signature, sender, length] = [
    plaintext.subarray(0, 64),
    plaintext.subarray(64, 96),
    plaintext.readUInt32BE(96),
  ];
  const body = plaintext.subarray(100, 100 + length);
  if (plaintext.subarray(100 + length).some((byte) => byte !== 0)) throw new Error('padding');
  const signed = Buffer.concat([
    ...[utf8('ffc/1 sig\0'), head, enc, topic, recipient.ed25519, recipient.x25519, sender, u32(length), body],
  ]);
  if (!ed25519Verify(null, signed, publicKey('ed25519', sender), signature)) throw new Error('signature');
  return { sender: Buffer.from(sender), body: body.toString('utf8') };
}

/** The hash of a file, base64url: SHA-256 over the SHA-256 of its blocks of 1 MiB. */
export function fileHash(file: Uint8Array): string {
  const blocks: Buffer[] = [];
  for (let at = 0; at < file.length; at += 1_048_576) blocks.push(sha256(file.subarray(at, at + 1_048_576)));
  return base64url(sha256(...blocks));
}

/** A frame of `file-bytes`. */
export function fileFrame(id: Uint8Array, offset: number, bytes: Uint8Array): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(offset));
  return Buffer.concat([id, place, bytes]);
}

/** A backup file with a given salt (16 bytes) and nonce (12 bytes). */
export function backupFile(
  owner: ReturnType<typeof identityOf>,
  body: string,
  passphrase: string,
  salt: Uint8Array,
  nonce: Uint8Array,
): Buffer {
  const header = Buffer.concat([utf8('ffc-backup'), Buffer.from([1, 1]), u32(600_000), salt, nonce]);
  const key = pbkdf2Sync(passphrase.normalize('NFC'), salt, 600_000, 32, 'sha256');
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(header);
  const plaintext = Buffer.concat([owner.sign(utf8('ffc/1 backup\0'), header, utf8(body)), utf8(body)]);
  const file = Buffer.concat([header, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return Buffer.concat([file, sha256(file)]);
}
