// The file of a backup: header, ciphertext under a passphrase, checksum; inside, the owner's signature and the text (backup.ts).
// Nothing costs much before the checksum is right, and nothing counts before the signature is. Opens no file and shows nothing.
//
//   at  0  "ffc-backup"    10  file version       11  key derivation 1     12  iterations     16  salt     32  nonce
//   at 44  ciphertext and tag, then the SHA-256 of everything before it; so far version 1, which ends there
//
// Version 2 has rooms: at 44 stands the length of the ciphertext, 4 bytes, and behind the checksum what backup-rooms.ts seals.

import type { ByteSource } from '../base/byte-source.ts';
import { type Bytes, concat, equalBytes, fromUtf8, u32be, utf8 } from '../base/bytes.ts';
import type { PassphraseCipher, Sealer, Signer } from '../base/ports.ts';
import { type BackupContents, formatBackupText, maxBackupText, parseBackupText } from './backup.ts';

/** Why a file was not taken. 'forged': the text is in order, but the owner of the identity did not sign it. */
export type BackupRefusal = 'not-a-backup' | 'too-new' | 'damaged' | 'wrong-passphrase' | 'other-identity' | 'forged';

/** A backup that could not be read back, made of what the stores hold: a fault of ours, so no file is given away. */
export class UnreadableBackupError extends Error {
  readonly code = 'unreadable-backup';
  constructor() {
    super('the backup that was just made cannot be read');
    this.name = 'UnreadableBackupError';
  }
}

const magic = utf8('ffc-backup');
/** Without rooms, and with them. */
const versions = { plain: 1, withRooms: 2 } as const;
/** PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2), 32 bytes out, as the key of AES-256-GCM (NIST SP 800-38D). */
const derivation = 1;
const saltAt = 16;
const nonceAt = 32;
const headerLength = 44;
const lengthLength = 4;
const tagLength = 16;
const checksumLength = 32;
const signatureLength = 64;
const signatureContext = utf8('ffc/1 backup\0');

/** What OWASP asks of PBKDF2-HMAC-SHA-256; below it nothing is opened, beyond the other a hostile file would only burn time. */
const minIterations = 600_000;
const maxIterations = 10_000_000;

/** Larger files are not even read. */
export const maxBackupBytes =
  headerLength + lengthLength + signatureLength + maxBackupText + tagLength + checksumLength;

/**
 * The part of a file that opens it: all of it, but the rooms that may stand behind. Nothing is checked yet.
 * @returns undefined where it is larger than any backup may be.
 */
export async function backupHead(file: ByteSource): Promise<Bytes | undefined> {
  const start = await file.read(0, headerLength + lengthLength);
  const isBackup = equalBytes(start.subarray(0, magic.length), magic);
  const hasRooms =
    isBackup && start.length === headerLength + lengthLength && start[magic.length] === versions.withRooms;
  const ciphertext = hasRooms ? new DataView(start.buffer).getUint32(headerLength) : 0;
  const end = hasRooms ? headerLength + lengthLength + ciphertext + checksumLength : file.size;
  return end > maxBackupBytes ? undefined : file.read(0, end);
}

/** The same passphrase from another keyboard is the same bytes. */
const passphraseBytes = (passphrase: string): Bytes => utf8(passphrase.normalize('NFC'));

interface Tools {
  readonly sealer: Pick<Sealer, 'sha256' | 'verify' | 'randomBytes'>;
  readonly cipher: PassphraseCipher;
}

/**
 * The bytes of a backup file, behind which its rooms belong where it has any. `signer` is the owner's.
 * @throws UnreadableBackupError when the contents would be refused when they come back.
 */
export async function sealBackup(
  input: Tools & { readonly contents: BackupContents; readonly passphrase: string; readonly signer: Signer },
): Promise<Bytes> {
  const { sealer, cipher, signer } = input;
  const text = formatBackupText(input.contents);
  const body = utf8(text);
  if (body.length > maxBackupText || !parseBackupText(text)) throw new UnreadableBackupError();
  const salt = sealer.randomBytes(nonceAt - saltAt);
  const nonce = sealer.randomBytes(headerLength - nonceAt);
  const version = input.contents.rooms ? versions.withRooms : versions.plain;
  const header = concat(magic, new Uint8Array([version, derivation]), u32be(minIterations), salt, nonce);
  const signature = await signer.sign(concat(signatureContext, header, body));
  const ciphertext = await cipher.seal(
    { passphrase: passphraseBytes(input.passphrase), iterations: minIterations, salt, nonce },
    concat(signature, body),
    header,
  );
  const length = input.contents.rooms ? u32be(ciphertext.length) : new Uint8Array(0);
  const file = concat(header, length, ciphertext);
  return concat(file, await sealer.sha256(file));
}

/**
 * Opens a backup file for the owner of `ownEd25519`; `file` is its head. Whatever the bytes are, it is read whole or refused by name; it never throws.
 */
export async function openBackup(
  input: Tools & { readonly file: Bytes; readonly passphrase: string; readonly ownEd25519: Bytes },
): Promise<{ readonly contents: BackupContents } | { readonly refused: BackupRefusal }> {
  const { file, sealer, cipher } = input;
  const outside = await readOutside(file, sealer);
  if ('refused' in outside) return outside;
  const { header, iterations, ciphertext } = outside;
  const plaintext = await cipher.open(
    {
      passphrase: passphraseBytes(input.passphrase),
      iterations,
      salt: header.slice(saltAt, nonceAt),
      nonce: header.slice(nonceAt),
    },
    ciphertext,
    header,
  );
  if (!plaintext) return { refused: 'wrong-passphrase' };
  const body = plaintext.slice(signatureLength);
  const text = fromUtf8(body);
  const contents = text === undefined ? undefined : parseBackupText(text);
  if (!contents || (contents.rooms !== undefined) !== outside.hasRooms) return { refused: 'damaged' };
  if (!equalBytes(contents.owner, input.ownEd25519)) return { refused: 'other-identity' };
  const signed = concat(signatureContext, header, body);
  // Whoever knows a passphrase could write contacts as compared and relays of their own: only the owner's key may.
  const isOwn = await sealer.verify(input.ownEd25519, plaintext.slice(0, signatureLength), signed);
  return isOwn ? { contents } : { refused: 'forged' };
}

/** What stands outside the ciphertext. Every version ends in the checksum, so that damage never looks like a newer version. */
async function readOutside(
  file: Bytes,
  sealer: Pick<Sealer, 'sha256'>,
): Promise<
  | { readonly header: Bytes; readonly iterations: number; readonly ciphertext: Bytes; readonly hasRooms: boolean }
  | { readonly refused: BackupRefusal }
> {
  if (file.length > maxBackupBytes || !equalBytes(file.subarray(0, magic.length), magic))
    return { refused: 'not-a-backup' };
  const end = file.length - checksumLength;
  if (end < headerLength + signatureLength + tagLength) return { refused: 'damaged' };
  if (!equalBytes(await sealer.sha256(file.slice(0, end)), file.subarray(end))) return { refused: 'damaged' };
  const header = file.slice(0, headerLength);
  const [fileVersion = 0, keyDerivation = 0] = header.subarray(magic.length);
  if (fileVersion > versions.withRooms || (fileVersion > 0 && keyDerivation > derivation))
    return { refused: 'too-new' };
  const iterations = new DataView(header.buffer).getUint32(12);
  if (fileVersion === 0 || keyDerivation !== derivation) return { refused: 'damaged' };
  if (iterations < minIterations || iterations > maxIterations) return { refused: 'damaged' };
  const hasRooms = fileVersion === versions.withRooms;
  return { header, iterations, ciphertext: file.slice(headerLength + (hasRooms ? lengthLength : 0), end), hasRooms };
}
