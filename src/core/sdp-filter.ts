// What may come near RTCPeerConnection (protocol E.34, E.37, E.39): one certificate, few media sections, sane lines. Knows no WebRTC.
import { type Bytes, fromHex } from './bytes.ts';

const maxLength = 16_000;
const maxMedia = 8;
const mediaKinds = new Set(['audio', 'video', 'application']);

export type DescriptionRefusal = 'too-large' | 'fingerprint' | 'too-many-media' | 'malformed';

/**
 * Checks a session description (RFC 8866) of the other side.
 * @returns the text as it came and the one SHA-256 fingerprint (32 bytes) that all its a=fingerprint lines agree on.
 */
export function checkDescription(
  sdp: string,
): { readonly sdp: string; readonly fingerprint: Bytes } | { readonly refused: DescriptionRefusal } {
  if (sdp.length > maxLength) return { refused: 'too-large' };
  if (!sdp.startsWith('v=0\r\n') || !sdp.endsWith('\r\n') || sdp.includes('\0')) return { refused: 'malformed' };
  const lines = sdp.slice(0, -2).split('\r\n');
  if (!lines.every((line) => /^[a-z]=[^\r\n]+$/.test(line))) return { refused: 'malformed' };
  const media = lines.filter((line) => line.startsWith('m='));
  if (media.length === 0 || media.length > maxMedia) return { refused: 'too-many-media' };
  if (!media.every((line) => mediaKinds.has(line.slice(2).split(' ', 1)[0] ?? ''))) return { refused: 'malformed' };
  const values = new Set<string>();
  for (const line of lines) {
    if (!/^a=fingerprint/i.test(line)) continue;
    const match = /^a=fingerprint:sha-256 ((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/i.exec(line);
    if (!match?.[1]) return { refused: 'fingerprint' };
    values.add(match[1].toLowerCase().replaceAll(':', ''));
  }
  const [only] = values;
  const fingerprint = only === undefined || values.size !== 1 ? undefined : fromHex(only);
  return fingerprint ? { sdp, fingerprint } : { refused: 'fingerprint' };
}

/** The description without carriage returns: in JSON each line end costs two bytes less. */
export function compactDescription(sdp: string): string {
  return sdp.replaceAll('\r\n', '\n');
}

/** Undoes compactDescription. */
export function expandDescription(compact: string): string {
  return compact.replaceAll('\r', '').replaceAll('\n', '\r\n');
}

const candidatePattern =
  /^(?:a=)?candidate:[A-Za-z0-9+/]{1,32} [12] (?:udp|tcp) \d{1,10} ([0-9A-Za-z.:-]{2,255}) (\d{1,5}) typ (?:host|srflx|prflx|relay)(?: [\x21-\x7e]{1,64}){0,24}$/i;
const addressPattern = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*|[0-9a-z-]{1,64}\.local)$/i;

/** Whether a text is an ICE candidate (RFC 8839 section 5.1) with a literal or mDNS address and a real port. */
export function checkCandidate(candidate: string): boolean {
  if (candidate.length > 512) return false;
  const match = candidatePattern.exec(candidate);
  const port = Number(match?.[2]);
  return match?.[1] !== undefined && addressPattern.test(match[1]) && port >= 1 && port <= 65_535;
}
