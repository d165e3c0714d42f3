// The self-test of this computer's network: relays, the way out, STUN and TURN servers, all at the same time. Asks only what is
// configured. Knows no words for people.
import { type CheckStep, serversThat } from '../core/network/check-steps.ts';
import { type Gathered, readGathered } from '../core/network/gathered-findings.ts';
import { formatIceAddress, type ReadyIceServer, readIceAddress } from '../core/network/ice-server.ts';
import type { NetworkFindings, RelayFindings } from '../core/network/network-findings.ts';
import { probeIce } from './ice-probe.ts';

export interface FindOutOptions {
  readonly servers: readonly ReadyIceServer[];
  /** Calls go through TURN servers only: no other server is asked, and no address of this computer is looked at. */
  readonly hidesAddress: boolean;
  /** How long servers may take to answer. */
  readonly withinMs: number;
  readonly relays: Promise<RelayFindings>;
  readonly onStep: (step: CheckStep) => void;
  readonly signal?: AbortSignal;
}

/** The server could not be asked at all (W3C WebRTC, 4.8.2). */
const couldNotAsk = 701;
const nothing: Gathered = { asked: [], candidates: [], errors: [], complete: true };

/** Gathers; servers that the browser does not take at all count as servers that cannot be asked. */
async function gather(
  servers: readonly ReadyIceServer[],
  policy: RTCIceTransportPolicy,
  { withinMs, signal }: FindOutOptions,
): Promise<Gathered> {
  const asked = servers.map(({ urls }) => urls);
  const options = { policy, withinMs, ...(signal ? { signal } : {}) };
  try {
    return { asked, ...(await probeIce({ ...options, servers })) };
  } catch {
    const errors = asked.map((url) => ({ url, code: couldNotAsk, text: '' }));
    const rest = policy === 'relay' ? nothing : await probeIce({ ...options, servers: [] });
    return { ...rest, asked, errors };
  }
}

/**
 * TURN servers that are set for UDP only, asked over TCP as well: one that answers there is not down. Tells the hosts that do.
 * Asks no machine that is not set.
 */
async function answerOverTcp(options: FindOutOptions): Promise<readonly string[]> {
  const { servers } = options;
  const hosts = await Promise.all(
    serversThat(servers, ({ kind, transport }) => kind === 'turn' && transport === 'udp').map(async (server) => {
      const address = readIceAddress(server.urls);
      if ('refused' in address) return [];
      const isSetForTcp =
        serversThat(servers, ({ host, transport }) => host === address.host && transport !== 'udp').length > 0;
      if (isSetForTcp) return [];
      const twin = { ...server, urls: formatIceAddress({ ...address, transport: 'tcp' }) };
      const { candidates, errors } = await gather([twin], 'relay', options);
      return candidates.length > 0 || errors.some(({ code }) => code !== couldNotAsk) ? [address.host] : [];
    }),
  );
  return hosts.flat();
}

/** Looks at everything. Never rejects but for faults; takes little longer than `withinMs` and the relays. */
export async function findOut(options: FindOutOptions): Promise<NetworkFindings> {
  const { servers, hidesAddress, onStep, relays } = options;
  const told = async <Result>(step: CheckStep, result: Promise<Result>): Promise<Result> => {
    const value = await result;
    onStep(step);
    return value;
  };
  if (typeof RTCPeerConnection === 'undefined') return withoutCalls(await told('relays', relays), hidesAddress);
  // All at once for the way out: only one and the same socket shows how the router treats several servers.
  const wayOut = hidesAddress
    ? Promise.resolve(nothing)
    : told(
        'way-out',
        gather(
          serversThat(servers, ({ transport }) => transport === 'udp'),
          'all',
          options,
        ),
      );
  // One by one for TURN: not every browser tells which server gave an address.
  const turn = serversThat(servers, ({ kind }) => kind === 'turn').map((server) => gather([server], 'relay', options));
  const askedOne = Promise.all([Promise.all(turn), answerOverTcp(options)]);
  const relayed = turn.length === 0 ? askedOne : told('turn', askedOne);
  const [found, foundWayOut, [foundTurn, overTcp]] = await Promise.all([told('relays', relays), wayOut, relayed]);
  return {
    ...readGathered([foundWayOut, ...foundTurn], {
      tcpWorks: found.up > 0,
      answerOverTcp: overTcp,
      hidesAddress,
    }),
    online: navigator.onLine,
    relays: found,
  };
}

/** A browser in which calls are switched off. */
function withoutCalls(relays: RelayFindings, hidesAddress: boolean): NetworkFindings {
  const unread = readGathered([], { tcpWorks: relays.up > 0, answerOverTcp: [], hidesAddress });
  return { ...unread, addresses: 'off', online: navigator.onLine, relays };
}
