// The contact link (docs/protocol.md#contact-link): keys, inbox secret, relays and a name hint in one line of text that fits a QR code.
// Signed by the person whose keys it holds. The link is a capability to ring; it is hostile until parsed. Opens no connection and asks nobody.
import { type Bytes, concat, equalBytes, fromBase64url, fromUtf8, toBase64url, u48be, utf8 } from '../base/bytes.ts';
import { cleanDisplayName, displayNameForLink } from '../base/display-name.ts';
import type { Sealer, Signer } from '../base/ports.ts';
import { isAcceptableRelayUrl } from '../network/relay-address.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from './ed25519-point.ts';
import { doorRecords, type GuestDoor, type LinkRecord, readDoor } from './guest-door.ts';

/** What a person gives away to be called. */
export interface ContactLink {
  /** Ed25519 public key, 32 bytes. */
  readonly ed25519: Bytes;
  /** X25519 public key, 32 bytes. */
  readonly x25519: Bytes;
  /** 16 bytes. */
  readonly inboxSecret: Bytes;
  /** At most three. */
  readonly relays: readonly string[];
  /** A hint; '' when there is none. */
  readonly name: string;
  /** Since when its inbox and relays are what they are, ms since the epoch: of two links of one person the later counts. */
  readonly madeAt: number;
}

/** What a person gives away for one call: the same, with what the guest's browser needs to know of the door. */
export interface GuestLink extends ContactLink, GuestDoor {}

/** What writing a link takes: the signer is the person's own. */
export interface LinkPen {
  readonly sealer: Pick<Sealer, 'sha256'>;
  readonly signer: Signer;
}
/** What reading a link takes. */
export type LinkGlasses = Pick<Sealer, 'sha256' | 'verify'>;

export type LinkRefusal =
  | 'not-a-link'
  | 'damaged'
  | 'newer-version'
  | 'own-link'
  | 'for-one-call'
  | 'unsafe-key'
  | 'bad-relay'
  | 'too-long'
  /** Nobody answers for it. */
  | 'unsigned'
  /** Not made by the person whose keys it holds. */
  | 'forged';

const prefix = 'ffc:1:';
const version = 1;
/** Bytes before the records. */
export const headLength = 82;
/** The flag of a link that is good for one call. */
const forOneCall = 1;
const maxRelays = 3;
const maxNameBytes = 64;
/** The longest text that is looked at; the longest contact link that is ever written has 830 characters. */
export const maxLinkLength = 900;
/** The longest guest link that is read or written: servers that would make it longer are left out. */
export const maxGuestLinkLength = 1_100;
const relayType = 1;
const nameType = 2;
const signatureType = 3;
const madeAtType = 4;
const signatureContext = utf8('ffc/1 link\0');
const signatureLength = 64;
const madeAtLength = 6;
/** The record that a link ends with. */
export const checksumType = 255;
const checksumLength = 4;

/**
 * Writes a link. Takes the first three relays that may stand in a link (others may hold credentials) and as much of the name
 * as fits. @throws RangeError when a key or the secret has the wrong length, or the moment is none.
 */
export function formatContactLink(link: ContactLink, pen: LinkPen): Promise<string> {
  return formatLink(link, 0, pen, []);
}

/**
 * Writes a link of the same form that lets others ask to be let into one call. Its inbox secret is made for that call: nothing else is
 * reached by it, and nothing when the call is over (docs/protocol.md#guest-link). @throws RangeError as formatContactLink.
 */
export async function formatGuestLink(link: GuestLink, pen: LinkPen): Promise<string> {
  const whole = await formatLink(link, forOneCall, pen, doorRecords(link));
  if (whole.length <= maxGuestLinkLength) return whole;
  return formatLink(link, forOneCall, pen, doorRecords({ ...link, servers: [] }));
}

async function formatLink(
  link: ContactLink,
  flags: number,
  { sealer, signer }: LinkPen,
  more: readonly LinkRecord[],
): Promise<string> {
  if (link.ed25519.length !== 32 || link.x25519.length !== 32 || link.inboxSecret.length !== 16)
    throw new RangeError('a contact link holds keys of 32 bytes and a secret of 16');
  const parts = [new Uint8Array([version]), link.ed25519, link.x25519, link.inboxSecret, new Uint8Array([flags])];
  const relays = [...new Set(link.relays)].filter(isAcceptableRelayUrl).slice(0, maxRelays);
  for (const relay of relays) parts.push(record(relayType, utf8(relay)));
  const name = displayNameForLink(link.name);
  if (name !== '') parts.push(record(nameType, utf8(name)));
  parts.push(record(madeAtType, u48be(link.madeAt)));
  for (const [type, value] of more) parts.push(record(type, value));
  const told = concat(...parts);
  const body = concat(told, record(signatureType, await signer.sign(concat(signatureContext, told))));
  return prefix + toBase64url(concat(body, record(checksumType, await checksum(body, sealer))));
}

/** Reads a link in its canonical form (see findContactLink). `ownEd25519` is the reader's own key: nobody adds themselves. */
export async function parseContactLink(
  text: string,
  sealer: LinkGlasses,
  ownEd25519?: Bytes,
): Promise<{ readonly link: ContactLink } | { readonly refused: LinkRefusal }> {
  const read = await readLink(text, sealer, ownEd25519);
  if ('refused' in read) return read;
  return read.flags === forOneCall ? { refused: 'for-one-call' } : { link: read.link };
}

/** Reads a link of formatGuestLink, and no other. Its servers are hostile yet: others-relays.ts says which may be asked. */
export async function parseGuestLink(
  text: string,
  sealer: LinkGlasses,
  ownEd25519?: Bytes,
): Promise<{ readonly link: GuestLink } | { readonly refused: LinkRefusal }> {
  const read = await readLink(text, sealer, ownEd25519);
  if ('refused' in read) return read;
  if (read.flags !== forOneCall) return { refused: 'not-a-link' };
  const door = readDoor(read.more);
  return door === undefined ? { refused: 'damaged' } : { link: { ...read.link, ...door } };
}

interface ReadLink {
  readonly link: ContactLink;
  readonly flags: number;
  /** Of types that a contact link has not. */
  readonly more: readonly LinkRecord[];
}

async function readLink(
  text: string,
  sealer: LinkGlasses,
  ownEd25519: Bytes | undefined,
): Promise<ReadLink | { readonly refused: LinkRefusal }> {
  const trimmed = text.trim();
  const shape = /^ffc:([1-9]\d{0,2}):(.*)$/s.exec(trimmed);
  if (!shape) return { refused: 'not-a-link' };
  if (trimmed.length > maxGuestLinkLength) return { refused: 'too-long' };
  if (shape[1] !== '1') return { refused: 'newer-version' };
  const bytes = fromBase64url(shape[2] ?? '');
  if (!bytes || !(await endsInChecksum(bytes, sealer))) return { refused: 'damaged' };
  // Every version ends in the checksum, so that a slip of the pen never looks like a newer version.
  const flags = bytes[headLength - 1] ?? 0;
  if ((bytes[0] ?? 0) > version || flags > forOneCall) return { refused: 'newer-version' };
  if (bytes[0] !== version) return { refused: 'damaged' };
  if (flags !== forOneCall && trimmed.length > maxLinkLength) return { refused: 'too-long' };
  const read = readRecords(bytes);
  if ('refused' in read) return read;
  const ed25519 = bytes.slice(1, 33);
  const x25519 = bytes.slice(33, 65);
  if (ownEd25519 && equalBytes(ed25519, ownEd25519)) return { refused: 'own-link' };
  if (!isAcceptableEd25519Key(ed25519) || !isAcceptableX25519Key(x25519)) return { refused: 'unsafe-key' };
  const { signature, signedLength, more, ...records } = read;
  if (!signature) return { refused: 'unsigned' };
  const signed = concat(signatureContext, bytes.slice(0, signedLength));
  if (!(await sealer.verify(ed25519, signature, signed))) return { refused: 'forged' };
  return { link: { ed25519, x25519, inboxSecret: bytes.slice(65, 81), ...records }, flags, more };
}

/**
 * What looks most like a contact link in any text, page address or link target, in canonical form `ffc:1:...`, or undefined; it may be
 * damaged (readableLink of link-repair.ts finds what is not). A link of a later version keeps its number, so that parsing can name it. Takes
 * `web+ffc:` and `ext+ffc:`, `//` after the scheme, and percent-encoding of the signs between.
 */
export function findContactLink(text: string): string | undefined {
  const found =
    /(?:(?<![A-Za-z0-9])|%[0-9A-F]{2})ffc(?::|%3A)(?:\/\/|%2F%2F)?([1-9]\d{0,2})(?::|%3A)([A-Za-z0-9_-]+)/i.exec(text);
  return found ? `ffc:${found[1]}:${found[2]}` : undefined;
}

function record(type: number, value: Bytes): Bytes {
  return concat(new Uint8Array([type, value.length]), value);
}

async function checksum(body: Bytes, sealer: Pick<Sealer, 'sha256'>): Promise<Bytes> {
  return (await sealer.sha256(body)).slice(0, checksumLength);
}

/** Whether the bytes of a link are as they were written. */
export async function endsInChecksum(bytes: Bytes, sealer: Pick<Sealer, 'sha256'>): Promise<boolean> {
  const end = bytes.length - checksumLength - 2;
  if (end < headLength) return false;
  return equalBytes(bytes.subarray(end), record(checksumType, await checksum(bytes.slice(0, end), sealer)));
}

interface LinkRecords extends Pick<ContactLink, 'relays' | 'name' | 'madeAt'> {
  /** The last record before the checksum: nothing that it does not cover counts. */
  readonly signature: Bytes | undefined;
  /** How many bytes of the link the signature covers. */
  readonly signedLength: number;
  readonly more: readonly LinkRecord[];
}

/** The type-length-value records after the head. Unknown types are skipped: a later version may add some. */
function readRecords(bytes: Bytes): LinkRecords | { readonly refused: LinkRefusal } {
  const relays = new Set<string>();
  let relayCount = 0;
  let name: string | undefined;
  let madeAt: number | undefined;
  const more: LinkRecord[] = [];
  let signature: Bytes | undefined;
  let signedLength = 0;
  let at = headLength;
  for (;;) {
    const type = bytes[at];
    const value = bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0));
    if (type === undefined || value.length !== bytes[at + 1]) return { refused: 'damaged' };
    if (signature && type !== checksumType) return { refused: 'forged' };
    if (type === signatureType) {
      if (value.length !== signatureLength) return { refused: 'forged' };
      signature = value.slice();
      signedLength = at;
    }
    at += 2 + value.length;
    if (type === checksumType) break;
    if (type === relayType) {
      const relay = fromUtf8(value);
      if (++relayCount > maxRelays || relay === undefined || !isAcceptableRelayUrl(relay))
        return { refused: 'bad-relay' };
      relays.add(relay);
    } else if (type === nameType) {
      const raw = fromUtf8(value);
      if (name !== undefined || raw === undefined || value.length > maxNameBytes) return { refused: 'damaged' };
      name = cleanDisplayName(raw);
    } else if (type === madeAtType) {
      if (madeAt !== undefined || value.length !== madeAtLength) return { refused: 'damaged' };
      madeAt = value.reduce((sum, byte) => sum * 256 + byte, 0);
    } else if (type !== signatureType) more.push([type, value.slice()]);
  }
  if (at !== bytes.length) return { refused: 'damaged' };
  return { relays: [...relays], name: name ?? '', madeAt: madeAt ?? 0, more, signature, signedLength };
}
