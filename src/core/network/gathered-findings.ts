// Reads what ICE gathering brought (RFC 8445 section 5.1.1) as findings about this computer's network. Pure: whoever gathered hands
// everything over. Browsers differ: Chromium names the server of each candidate, Firefox none; both leave out a candidate that
// equals another one, so that silence of a finished gathering means an answer.
import { type AddressKind, addressKind } from '../base/address-kind.ts';
import { type IceAddress, readIceAddress } from './ice-server.ts';
import type { NatKind, NetworkFindings, Overlay, SharedFindings } from './network-findings.ts';

export interface GatheredCandidate {
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
  readonly protocol: 'udp' | 'tcp';
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls';
  readonly address: string;
  readonly port: number;
  readonly url?: string;
  readonly relatedAddress?: string;
  readonly relatedPort?: number;
}

interface GatheredError {
  readonly url: string;
  readonly code: number;
  readonly text: string;
}

/** One gathering. Several may run at the same time: all servers together, and some of them alone. */
export interface Gathered {
  /** Addresses of the servers that were asked. */
  readonly asked: readonly string[];
  readonly candidates: readonly GatheredCandidate[];
  readonly errors: readonly GatheredError[];
  /** The browser was done, nothing more would have come. */
  readonly complete: boolean;
}

export interface GatheringWorld {
  /** Something answered over TCP meanwhile, a relay for instance: the internet is there. */
  readonly tcpWorks: boolean;
  /** Hosts of these servers that were seen to answer over TCP when they were asked for this alone. */
  readonly answerOverTcp: readonly string[];
  /** Only relayed candidates were gathered, by choice. */
  readonly hidesAddress: boolean;
}

export type GatheredFindings = SharedFindings & Pick<NetworkFindings, 'turnServers'>;

/** W3C WebRTC section 4.8.2: the server could not be asked at all. */
const couldNotAsk = 701;

type Server = IceAddress & {
  readonly candidates: readonly GatheredCandidate[];
  readonly error: ServerError;
  /** A gathering that asked it came to its end. */
  readonly isDone: boolean;
};
type ServerError = 'none' | 'refused' | 'unreachable' | 'timed-out';

function errorOf(server: IceAddress, errors: readonly GatheredError[]): ServerError {
  const own = errors.filter(({ url }) => isSameServer(server, url));
  if (own.some(({ code }) => code !== couldNotAsk)) return 'refused';
  if (own.length === 0) return 'none';
  return own.every(({ text }) => /timed out/i.test(text)) ? 'timed-out' : 'unreachable';
}

/** Browsers write an address in other words than the person did, and a TURN server that also served as STUN server as `stun:`. */
function isSameServer(server: IceAddress, url: string): boolean {
  const named = readIceAddress(url);
  if ('refused' in named || named.host !== server.host || named.port !== server.port) return false;
  return named.transport === server.transport && (named.kind === server.kind || named.kind === 'stun');
}

function readServer(address: IceAddress, parts: readonly Gathered[]): Server {
  const errors = parts.flatMap((part) => part.errors);
  return {
    ...address,
    candidates: parts.flatMap(({ asked, candidates }) =>
      candidates.filter(
        ({ type, url }) => type !== 'host' && (url === undefined ? asked.length === 1 : isSameServer(address, url)),
      ),
    ),
    error: errorOf(address, errors),
    // Without an interface there was nobody to ask, and a gathering that ends at once says nothing.
    isDone: parts.some(({ complete, candidates }) => complete && candidates.some(({ type }) => type === 'host')),
  };
}

function readServers(gatherings: readonly Gathered[]): readonly Server[] {
  const urls = new Set(gatherings.flatMap(({ asked }) => asked));
  return [...urls].flatMap((url) => {
    const address = readIceAddress(url);
    const parts = gatherings.filter(({ asked }) => asked.includes(url));
    return 'refused' in address ? [] : [readServer(address, parts)];
  });
}

/** Whether this server has answered a packet over UDP. */
function answersUdp({ transport, candidates, error, isDone }: Server): boolean {
  return transport === 'udp' && (candidates.length > 0 || error === 'refused' || (isDone && error === 'none'));
}

const isMappedCandidate = ({ type, protocol }: GatheredCandidate): boolean => type === 'srflx' && protocol === 'udp';

type Candidates = readonly GatheredCandidate[];

function readUdp(
  servers: readonly Server[],
  all: Candidates,
  { tcpWorks, answerOverTcp }: GatheringWorld,
): SharedFindings['udp'] {
  const overUdp = servers.filter(({ transport }) => transport === 'udp');
  if (overUdp.length === 0) return 'untested';
  if (all.some(isMappedCandidate) || overUdp.some(answersUdp)) return 'works';
  const silentHosts = new Set(overUdp.filter(({ error }) => error !== 'unreachable').map(({ host }) => host));
  const overTcp = servers.filter(
    ({ transport, candidates, error }) => transport !== 'udp' && (candidates.length > 0 || error === 'refused'),
  );
  // The same machine answers the one way and not the other; or several machines are silent while the internet is there.
  if ([...answerOverTcp, ...overTcp.map(({ host }) => host)].some((host) => silentHosts.has(host))) return 'blocked';
  return silentHosts.size >= 2 && (tcpWorks || overTcp.length > 0) ? 'blocked' : 'silent';
}

function readStun(servers: readonly Server[], all: Candidates): SharedFindings['stun'] {
  const stun = servers.filter(({ kind }) => kind === 'stun');
  if (stun.length === 0) return 'unset';
  return all.some(isMappedCandidate) || stun.some(answersUdp) ? 'answers' : 'silent';
}

function readTurn(servers: readonly Server[], all: Candidates): SharedFindings['turn'] {
  const turn = servers.filter(({ kind }) => kind === 'turn');
  if (turn.length === 0) return 'unset';
  if (all.some(({ type }) => type === 'relay')) return 'works';
  const errors = new Set(turn.map(({ error }) => error));
  return errors.has('refused') ? 'refused' : errors.has('unreachable') ? 'unreachable' : 'silent';
}

/**
 * Compares how several servers saw one and the same socket. Needs two servers on different machines that answered; a difference
 * shows as several mapped addresses of one base, no difference as one, because the second is left out as a copy.
 */
function readNat(servers: readonly Server[], all: Candidates, hosts: readonly AddressKind[]): NatKind {
  const mapped = all.filter((found) => isMappedCandidate(found) && addressKind(found.address).startsWith('ipv4'));
  const bases = new Map<string, Set<string>>();
  for (const { address, port, relatedAddress, relatedPort } of mapped) {
    const base = `${relatedAddress} ${relatedPort}`;
    bases.set(base, (bases.get(base) ?? new Set()).add(`${address} ${port}`));
  }
  if ([...bases.values()].some((seen) => seen.size > 1)) return 'address-dependent';
  const answering = servers.filter(answersUdp);
  const own = new Set(all.flatMap(({ type, address }) => (type === 'host' ? [address] : [])));
  const isUnmapped = mapped.every(({ address }) => own.has(address));
  // A mapped address that equals the own one is left out; so it is with a server inside the own network, but not with a public address.
  if (isUnmapped && answering.length > 0 && hosts.includes('ipv4-public')) return 'none';
  const machines = new Set(answering.map(({ host }) => host));
  return mapped.length > 0 && machines.size >= 2 ? 'address-independent' : 'unknown';
}

/**
 * As which addresses TURN servers saw this computer (RFC 8839 section 5.1, the related address). With IPv6, which nothing translates,
 * there is no other candidate that tells it where the browser shows names.
 */
const addressesSeenByTurn = (all: Candidates): readonly AddressKind[] =>
  all.flatMap(({ type, relatedAddress }) =>
    type === 'relay' && relatedAddress !== undefined ? [addressKind(relatedAddress)] : [],
  );

function readAddresses(all: Candidates, hosts: readonly AddressKind[], hidesAddress: boolean) {
  if (hidesAddress) return 'unseen';
  if (hosts.some((kind) => kind !== 'name')) return 'open';
  if (hosts.length > 0) return 'names';
  return all.some(({ type }) => type === 'srflx') ? 'hidden' : 'none';
}

function readOverlay(hosts: readonly AddressKind[]): Overlay {
  const [yggdrasil, mycelium] = [hosts.includes('yggdrasil'), hosts.includes('mycelium')];
  return yggdrasil && mycelium ? 'both' : yggdrasil ? 'yggdrasil' : mycelium ? 'mycelium' : 'none';
}

function readTurnServers(servers: readonly Server[]): NetworkFindings['turnServers'] {
  const turn = servers.filter(({ kind }) => kind === 'turn');
  const working = turn.filter(({ candidates }) => candidates.some(({ type }) => type === 'relay'));
  const ways = new Set(working.map(({ transport }) => transport));
  return {
    total: turn.length,
    working: working.length,
    udp: ways.has('udp'),
    tcp: ways.has('tcp'),
    tls: ways.has('tls'),
  };
}

/** What the gatherings tell. Never throws; whatever cannot be told is `unknown`, `silent`, `untested` or `unseen`. */
export function readGathered(gatherings: readonly Gathered[], world: GatheringWorld): GatheredFindings {
  const { hidesAddress } = world;
  const servers = readServers(gatherings);
  const all = gatherings.flatMap(({ candidates }) => candidates);
  const kindsOf = (wanted: GatheredCandidate['type']) =>
    all.flatMap(({ type, address }) => (type === wanted ? [addressKind(address)] : []));
  const [hosts, relayed] = [kindsOf('host'), kindsOf('relay')];
  const mapped = [...kindsOf('srflx'), ...(hidesAddress ? [] : addressesSeenByTurn(all))];
  return {
    addresses: readAddresses(all, hosts, hidesAddress),
    ipv4: [...hosts, ...mapped].some((kind) => kind.startsWith('ipv4')),
    ipv6: [...hosts, ...mapped].includes('ipv6-global'),
    overlay: readOverlay(hosts),
    nat: readNat(servers, all, hosts),
    udp: readUdp(servers, all, world),
    stun: readStun(servers, all),
    turn: readTurn(servers, all),
    turnIpv4: relayed.some((kind) => kind.startsWith('ipv4')),
    turnIpv6: relayed.includes('ipv6-global'),
    hidesAddress,
    turnServers: readTurnServers(servers),
  };
}
