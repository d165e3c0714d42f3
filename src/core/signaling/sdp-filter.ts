// Session descriptions and candidates from the other side, checked before the browser sees them (docs/protocol.md#binding,
// docs/hostile-cases.md#e34, #e37, #e39). Browsers connect to any of several fingerprints, so exactly one may be named. Knows no
// RTCPeerConnection.
import { type Bytes, fromHex } from '../base/bytes.ts';
import { isIpv4, isIpv6 } from '../base/ip-address.ts';

const maxDescriptionLength = 16_000;
/** Sound and picture, screens both ways, the channels, and what somebody forwards (call/group/bridging.ts). */
const maxMedia = 24;
const maxCandidateLength = 512;
/**
 * Addresses that are tried for one description of the other side at most, those inside it and those that follow (docs/protocol.md#signals).
 */
export const maxCandidates = 64;

export type DescriptionRefusal = 'too-large' | 'fingerprint' | 'too-many-media' | 'too-many-candidates' | 'malformed';

/**
 * Checks a session description (RFC 8866): size, lines, at most 24 media of the kinds audio, video and application, sound
 * candidates and no more than 64, and one SHA-256 fingerprint (RFC 8122), repeated or not. Takes CRLF or LF.
 * @returns the description with CRLF and the 32-byte fingerprint.
 */
export function checkDescription(
  sdp: string,
): { readonly sdp: string; readonly fingerprint: Bytes } | { readonly refused: DescriptionRefusal } {
  if (sdp.length > maxDescriptionLength) return { refused: 'too-large' };
  const lines = sdp.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines[0] !== 'v=0' || !lines.every(isSaneLine)) return { refused: 'malformed' };
  if (lines.filter(isCandidate).length > maxCandidates) return { refused: 'too-many-candidates' };
  const media = lines.filter((line) => line.startsWith('m='));
  if (media.length > maxMedia) return { refused: 'too-many-media' };
  if (media.length === 0 || !media.every((line) => /^m=(?:audio|video|application) /.test(line)))
    return { refused: 'malformed' };
  const fingerprint = onlyFingerprint(lines);
  return fingerprint ? { sdp: expandDescription(`${lines.join('\n')}\n`), fingerprint } : { refused: 'fingerprint' };
}

/** A description with bare line feeds, as it travels. Drops nothing but carriage returns. */
export function compactDescription(sdp: string): string {
  return sdp.replaceAll('\r', '');
}

/** A description with CRLF again, as RFC 8866 section 5 wants it. */
export function expandDescription(sdp: string): string {
  return sdp.replace(/\r?\n/g, '\r\n');
}

/**
 * Whether a text is an ICE candidate (RFC 8839 section 5.1) with or without `a=`: at most 512 characters, the address an IP
 * literal or an mDNS name (`.local`), the port from 1 to 65535. The empty text that ends a list of candidates is not one.
 */
export function checkCandidate(candidate: string): boolean {
  if (candidate.length > maxCandidateLength) return false;
  const parts =
    /^(?:a=)?candidate:[A-Za-z0-9+/]{1,32} (\d{1,3}) (?:udp|tcp) (\d{1,10}) ([^ ]+) (\d{1,5}) typ (?:host|srflx|prflx|relay)(?: raddr ([^ ]+) rport (\d{1,5}))?(?: [!-~]+ [!-~]+)*$/i.exec(
      candidate,
    );
  if (!parts) return false;
  const [, component, priority, address = '', port, relatedAddress, relatedPort] = parts;
  return (
    isBetween(component, 1, 256) &&
    isBetween(priority, 0, 2 ** 32 - 1) &&
    isAddress(address) &&
    isBetween(port, 1, 65535) &&
    (relatedAddress === undefined || (isAddress(relatedAddress) && isBetween(relatedPort, 0, 65535)))
  );
}

/** How many candidates a description holds. Takes CRLF or LF. */
export function candidateCount(sdp: string): number {
  return sdp.split('\n').filter(isCandidate).length;
}

function isCandidate(line: string): boolean {
  return /^a=\s*candidate:/i.test(line);
}

function isSaneLine(line: string): boolean {
  // A carriage return that is no line end, or NUL, is read differently by different parsers.
  if (line[1] !== '=' || !/^[a-z]=/.test(line) || line.includes('\0') || line.includes('\r')) return false;
  return !isCandidate(line) || checkCandidate(line);
}

function onlyFingerprint(lines: readonly string[]): Bytes | undefined {
  const values = new Set<string>();
  for (const line of lines) {
    if (!/^a=\s*fingerprint/i.test(line)) continue;
    const value = /^a=fingerprint:sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})$/i.exec(line)?.[1];
    if (value === undefined) return undefined;
    values.add(value.replaceAll(':', '').toLowerCase());
  }
  const [only, second] = values;
  return only === undefined || second !== undefined ? undefined : fromHex(only);
}

function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text) || /^[a-z0-9-]{1,63}\.local$/i.test(text);
}

function isBetween(digits: string | undefined, least: number, most: number): boolean {
  return digits !== undefined && Number(digits) >= least && Number(digits) <= most;
}
