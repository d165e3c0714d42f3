// What the findings of a probe of exactly one server say about that server. Pure; words for people are the views'.
import type { IceAddress, IceTransport } from '../core/network/ice-server.ts';
import type { IceProbeResult } from './ice-probe.ts';

interface RelayFound {
  readonly address: string;
  /** Between us and the server. */
  readonly transport: IceTransport;
}

export type ServerVerdict =
  /** A STUN server told at least one public address, or a TURN server gave at least one relay address. */
  | {
      readonly verdict: 'works';
      readonly publicAddresses: readonly string[];
      readonly relays: readonly RelayFound[];
    }
  /** A STUN server answered with an address that this computer has itself: nothing on the way translates it. */
  | { readonly verdict: 'untranslated' }
  /** 401: user name, password or secret are not the server's. */
  | { readonly verdict: 'unauthorized' }
  /** A password of other letters than ASCII, which this browser does not send (Firefox: it knows no SASLprep, RFC 4013). */
  | { readonly verdict: 'password-not-sent' }
  /** Any other answer that is no (RFC 8489 section 14.8, RFC 8656 section 19). */
  | { readonly verdict: 'refused'; readonly code: number; readonly text: string }
  | { readonly verdict: 'unknown-name' }
  /** The server has IPv6 only and we have IPv4 only, or the other way round. */
  | { readonly verdict: 'other-family' }
  | { readonly verdict: 'unreachable' }
  /** Over TLS browsers do not tell a certificate that they do not trust from a closed port. */
  | { readonly verdict: 'untrusted-or-unreachable' }
  /** Nothing came back in time. */
  | { readonly verdict: 'silent' }
  /** The browser has no address of its own to ask from. */
  | { readonly verdict: 'no-network' };

/** The server could not be asked at all (W3C WebRTC, 4.8.2). */
const couldNotAsk = 701;

const each = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

function relaysOf(result: IceProbeResult): readonly RelayFound[] {
  const relays = result.candidates.filter(({ type }) => type === 'relay');
  return relays
    .map(({ address, relayProtocol = 'udp' }) => ({ address, transport: relayProtocol }))
    .filter((one, at, all) => all.findIndex((other) => other.address === one.address) === at);
}

/** Why a server gave nothing, from the errors that the browser told. Only Chromium says it in words too. */
function failureOf(
  { kind, transport }: IceAddress,
  errors: IceProbeResult['errors'],
  isPlain: boolean,
): ServerVerdict | undefined {
  if (errors.some(({ code }) => code === 401)) return { verdict: 'unauthorized' };
  const answer = errors.find(({ code }) => code !== couldNotAsk);
  if (answer) return { verdict: 'refused', code: answer.code, text: answer.text };
  if (errors.length === 0) return undefined;
  if (kind === 'turn' && !isPlain && errors.every(({ text }) => text === '')) return { verdict: 'password-not-sent' };
  if (errors.some(({ text }) => /timed? ?out/i.test(text))) return { verdict: 'silent' };
  if (errors.some(({ text }) => /lookup/i.test(text))) return { verdict: 'unknown-name' };
  if (errors.some(({ text }) => /incompatible/i.test(text))) return { verdict: 'other-family' };
  return kind === 'turn' && transport === 'tls' ? { verdict: 'untrusted-or-unreachable' } : { verdict: 'unreachable' };
}

/** Judges the server at `address` by a probe that asked it alone. @param password what it was asked with. */
export function judgeServer(address: IceAddress, result: IceProbeResult, password = ''): ServerVerdict {
  const { candidates, errors, complete } = result;
  const publicAddresses = each(candidates.filter(({ type }) => type === 'srflx').map((found) => found.address));
  const relays = relaysOf(result);
  if (address.kind === 'turn' ? relays.length > 0 : publicAddresses.length > 0)
    return { verdict: 'works', publicAddresses, relays };
  const failure = failureOf(address, errors, /^[ -~]*$/.test(password));
  if (failure) return failure;
  if (!complete) return { verdict: 'silent' };
  if (!candidates.some(({ type }) => type === 'host')) return { verdict: 'no-network' };
  if (address.kind === 'stun') return { verdict: 'untranslated' };
  // Firefox gives up on a certificate that it does not trust without a word.
  return { verdict: address.transport === 'tls' ? 'untrusted-or-unreachable' : 'unreachable' };
}
