// The contact link (protocol C.3): how one person gives another the way to call. Text: ffc:1: and base64url of
//   version(1) ed25519(32) x25519(32) inboxSecret(16) flags(1) then type(1) length(1) value ... with 1 = relay, 2 = name, 255 = checksum, last.
// The link is a capability: who has it can ring, and nothing else.
import { type Bytes, concat, equalBytes, fromBase64url, fromUtf8, toBase64url, utf8 } from './bytes.ts';
import { cleanDisplayName } from './display-name.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from './ed25519-point.ts';
import type { Sealer } from './ports.ts';

export interface ContactLink {
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  /** 16 bytes. */
  readonly inboxSecret: Bytes;
  /** At most three, each at most 128 bytes. */
  readonly relays: readonly string[];
  /** A hint that the owner chose; '' for none. */
  readonly name: string;
}

/** Why a text is not accepted as a contact link. Views say each in a sentence. */
export type LinkRefusal = 'not-a-link' | 'damaged' | 'newer-version' | 'own-link' | 'unsafe-key' | 'bad-relay' | 'too-long';

const scheme = 'ffc:1:';
const version = 1;
const headLength = 82;
const checksumLength = 4;
const maxRelays = 3;
const maxRelayBytes = 128;
const maxNameBytes = 64;
const maxBytes = 640;
const type = { relay: 1, name: 2, checksum: 255 } as const;

const relayPattern =
  /^(?:[a-z0-9-]{1,16}\+)?(wss?):\/\/(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,120}[a-z0-9])?)(?::(\d{1,5}))?(\/[^\s#\\]*)?$/i;

/** Whether a relay address may stand in a link: wss, or ws on this very machine; no credentials, no fragment, at most 128 bytes. */
export function isAcceptableRelayUrl(url: string): boolean {
  const match = relayPattern.exec(url);
  if (!match || utf8(url).length > maxRelayBytes || url.includes('@')) return false;
  const [, kind = '', host = '', port] = match;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return false;
  return kind.toLowerCase() === 'wss' || isLoopback(host.toLowerCase());
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function record(kind: number, value: Bytes): Bytes {
  return concat(new Uint8Array([kind, value.length]), value);
}

/** The longest start of a name that fits the link, in whole characters. */
function nameBytes(name: string): Bytes {
  const characters = [...cleanDisplayName(name)];
  while (utf8(characters.join('')).length > maxNameBytes) characters.pop();
  return utf8(characters.join('').trim());
}

async function checksum(sealer: Sealer, before: Bytes): Promise<Bytes> {
  return (await sealer.sha256(before)).slice(0, checksumLength);
}

/** The text of a link. Relays that may not stand in a link, and more than three, are left out. */
export async function formatContactLink(link: ContactLink, sealer: Sealer): Promise<string> {
  const name = nameBytes(link.name);
  const relays = link.relays.filter(isAcceptableRelayUrl).slice(0, maxRelays);
  const before = concat(
    new Uint8Array([version]),
    link.ed25519,
    link.x25519,
    link.inboxSecret,
    new Uint8Array([0]),
    ...relays.map((relay) => record(type.relay, utf8(relay))),
    ...(name.length > 0 ? [record(type.name, name)] : []),
  );
  return scheme + toBase64url(concat(before, record(type.checksum, await checksum(sealer, before))));
}

/** Reads a link and checks everything about it; `ownEd25519` refuses the person's own. Never throws. */
export async function parseContactLink(
  text: string,
  sealer: Sealer,
  ownEd25519?: Bytes,
): Promise<{ readonly link: ContactLink } | { readonly refused: LinkRefusal }> {
  const trimmed = text.trim();
  if (/^ffc:(?!1:)\d+:/.test(trimmed)) return { refused: 'newer-version' };
  if (!trimmed.startsWith(scheme)) return { refused: 'not-a-link' };
  if (trimmed.length > scheme.length + maxBytes * 2) return { refused: 'too-long' };
  const bytes = fromBase64url(trimmed.slice(scheme.length));
  if (!bytes || bytes.length < headLength + 2 + checksumLength) return { refused: 'damaged' };
  if (bytes.length > maxBytes) return { refused: 'too-long' };
  const end = bytes.length - checksumLength - 2;
  const isWhole =
    bytes[end] === type.checksum &&
    bytes[end + 1] === checksumLength &&
    equalBytes(bytes.subarray(end + 2), await checksum(sealer, bytes.slice(0, end)));
  if (!isWhole) return { refused: 'damaged' };
  if (bytes[0] !== version) return { refused: 'newer-version' };
  const tail = readTail(bytes.subarray(headLength, end));
  if ('refused' in tail) return tail;
  const [ed25519, x25519, inboxSecret] = [bytes.slice(1, 33), bytes.slice(33, 65), bytes.slice(65, 81)];
  if (!isAcceptableEd25519Key(ed25519) || !isAcceptableX25519Key(x25519)) return { refused: 'unsafe-key' };
  if (ownEd25519 && equalBytes(ownEd25519, ed25519)) return { refused: 'own-link' };
  return { link: { ed25519, x25519, inboxSecret, ...tail } };
}

/** Relays and name. Types of later versions are skipped: the checksum says that they were meant. */
function readTail(tail: Uint8Array): { relays: readonly string[]; name: string } | { refused: LinkRefusal } {
  const relays: string[] = [];
  let name: string | undefined;
  for (let at = 0; at < tail.length; ) {
    const [kind, length] = [tail[at], tail[at + 1]];
    const value = length === undefined ? undefined : tail.subarray(at + 2, at + 2 + length);
    if (length === undefined || value?.length !== length) return { refused: 'damaged' };
    at += 2 + length;
    if (kind === type.relay) {
      const relay = fromUtf8(value);
      if (relay === undefined || !isAcceptableRelayUrl(relay) || relays.length === maxRelays) return { refused: 'bad-relay' };
      relays.push(relay);
    } else if (kind === type.name) {
      const raw = fromUtf8(value);
      if (raw === undefined || name !== undefined || length > maxNameBytes) return { refused: 'damaged' };
      name = cleanDisplayName(raw);
    } else if (kind === type.checksum) return { refused: 'damaged' };
  }
  return { relays, name: name ?? '' };
}

/**
 * Finds the first contact link in any text or address: bare, behind web+ or ext+, percent-encoded, or inside a web address.
 * @returns it as ffc:1:..., unchecked; undefined when there is none.
 */
export function findContactLink(text: string): string | undefined {
  const plain = text.slice(0, 20_000).replaceAll(/%3a/gi, ':').replaceAll(/%2b/gi, '+').replaceAll(/%2f/gi, '/');
  const match = /(?:^|[^A-Za-z0-9])ffc:(?:\/\/)?(\d{1,3}):([A-Za-z0-9_-]{20,})/.exec(plain);
  return match ? `ffc:${match[1]}:${match[2]}` : undefined;
}
