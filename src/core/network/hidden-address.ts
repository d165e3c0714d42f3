// Calls in which the other side does not learn our address: when that is wished, whether it can be, and what may then be told. Pure.
// The browser gathers relay candidates only; what leaves is looked at once more here, so that its mistake would not be ours.
import { askableServers, type IceServer } from './ice-server.ts';

const candidateLines = /^a=candidate:[^\r\n]*(?:\r?\n|$)/gim;

/** 'impossible': it is wished, but there is no TURN server that could stand in between. */
export type AddressHiding = 'off' | 'on' | 'impossible';

/**
 * Whether our address is hidden from this person: by what is set for them, or for all. Of somebody who is no contact `hideAddress` says
 * whether the call hides from anybody (docs/protocol.md#groups).
 */
export function addressHiding(
  settings: { readonly hideAddress: boolean; readonly iceServers: readonly IceServer[] },
  contact: { readonly hideAddress?: boolean | undefined },
): AddressHiding {
  if (!settings.hideAddress && !contact.hideAddress) return 'off';
  return askableServers(settings.iceServers, true).length > 0 ? 'on' : 'impossible';
}

/** A candidate that may be told, without the address behind it, or undefined for one that may not (RFC 8829 section 3.5.3, "relay"). */
export function hiddenCandidate(candidate: string): string | undefined {
  if (!/ typ relay\b/i.test(candidate)) return undefined;
  return candidate.replace(/ raddr \S+ rport \d+/i, ' raddr 0.0.0.0 rport 0');
}

/** Our description with no address in it but those of relay candidates. Takes CRLF or LF and keeps it. */
export function hiddenDescription(sdp: string): string {
  return sdp
    .replace(candidateLines, (line) => hiddenCandidate(line) ?? '')
    .replace(/^(c=|o=.* |a=rtcp:\d+ )IN IP[46] [^\s/]+/gim, '$1IN IP4 0.0.0.0');
}

/** Whether a candidate of the other side may be tried: an mDNS name would be asked for aloud in our own network, and its owner hears that. */
export function mayTryHidden(candidate: string): boolean {
  return !/ \S+\.local \d+ typ /i.test(candidate);
}

/** The other side's description with only the candidates that may be tried. */
export function tryableDescription(sdp: string): string {
  return sdp.replace(candidateLines, (line) => (mayTryHidden(line) ? line : ''));
}
