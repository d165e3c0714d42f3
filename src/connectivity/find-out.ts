// The self-test of this computer's network: relays, the way out, STUN and TURN servers, all at the same time. Asks only what is
// configured. Knows no words for people.
import { type Gathered, mergeGathered, readGathered } from '../core/gathered-findings.ts';
import { type IceServerAddress, readIceServerAddress } from '../core/ice-server-address.ts';
import type { NetworkFindings, RelayFindings } from '../core/network-findings.ts';
import { probeIce } from './ice-probe.ts';

/** What is looked at; each is told when it is done. */
export type CheckStep = 'relays' | 'way-out' | 'turn';

/** A server as browsers take it, with one address. */
export interface ProbedServer {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

export interface FindOutOptions {
  readonly servers: readonly ProbedServer[];
  /** Calls go through TURN servers only: no other server is asked, and no address of this computer is looked at. */
  readonly hidesAddress: boolean;
  /** How long servers may take to answer. */
  readonly withinMs: number;
  readonly relays: Promise<RelayFindings>;
  readonly onStep: (step: CheckStep) => void;
  readonly signal?: AbortSignal;
}

const nothing: Gathered = { candidates: [], errors: [], complete: true };

/** What of the whole test there is to wait for. */
export function checkSteps(servers: readonly ProbedServer[], hidesAddress: boolean): readonly CheckStep[] {
  const hasTurn = servers.some(({ urls }) => readIceServerAddress(urls)?.role === 'turn');
  return ['relays', ...(hidesAddress ? [] : (['way-out'] as const)), ...(hasTurn ? (['turn'] as const) : [])];
}

/** Gathers; servers that the browser does not take at all count as servers that cannot be asked. */
async function gather(
  servers: readonly ProbedServer[],
  policy: RTCIceTransportPolicy,
  { withinMs, signal }: FindOutOptions,
): Promise<Gathered> {
  const options = { policy, withinMs, ...(signal ? { signal } : {}) };
  try {
    return await probeIce({ ...options, servers });
  } catch {
    const errors = servers.map(({ urls }) => ({ url: urls, code: 701, text: '' }));
    const rest = policy === 'relay' ? nothing : await probeIce({ ...options, servers: [] });
    return { ...rest, errors };
  }
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
  const read = servers.map((server) => ({ server, address: readIceServerAddress(server.urls) }));
  const those = (fits: (address: IceServerAddress) => boolean) =>
    read.filter(({ address }) => address !== undefined && fits(address)).map(({ server }) => server);
  // All at once for the way out: only one and the same socket shows how the router treats several servers.
  const wayOut = hidesAddress
    ? Promise.resolve(nothing)
    : told(
        'way-out',
        gather(
          those(({ role, transport }) => role === 'stun' || transport === 'udp'),
          'all',
          options,
        ),
      );
  // One by one for TURN: not every browser tells which server gave an address.
  const turn = those(({ role }) => role === 'turn').map((server) => gather([server], 'relay', options));
  const relayed = turn.length === 0 ? Promise.resolve([]) : told('turn', Promise.all(turn));
  const [found, foundWayOut, foundTurn] = await Promise.all([told('relays', relays), wayOut, relayed]);
  return {
    ...readGathered(mergeGathered([foundWayOut, ...foundTurn]), {
      servers: servers.map(({ urls }) => urls),
      tcpWorks: found.up > 0,
      hidesAddress,
    }),
    online: navigator.onLine,
    relays: found,
  };
}

/** A browser in which calls are switched off. */
function withoutCalls(relays: RelayFindings, hidesAddress: boolean): NetworkFindings {
  const unread = readGathered(nothing, { servers: [], tcpWorks: relays.up > 0, hidesAddress });
  return { ...unread, addresses: 'off', online: navigator.onLine, relays };
}
