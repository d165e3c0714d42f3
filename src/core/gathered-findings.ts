// Reads what ICE gathering brought (RFC 8445 section 5.1.1) as findings about this computer's network. Pure: whoever gathered hands
// everything over. Browsers differ: Chromium names the server of each candidate, Firefox none; both leave out a candidate that
// equals another one, so that silence of a finished gathering means an answer.
import { type AddressKind, addressKind } from './address-kind.ts';
import { type IceServerAddress, readIceServerAddress } from './ice-server-address.ts';
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

export interface GatheredError {
  readonly url: string;
  readonly code: number;
  readonly text: string;
}

/** `complete`: the browser was done, nothing more would have come. */
export interface Gathered {
  readonly candidates: readonly GatheredCandidate[];
  readonly errors: readonly GatheredError[];
  readonly complete: boolean;
}

export interface GatheringWorld {
  /** Addresses of the servers that were asked. */
  readonly servers: readonly string[];
  /** Something answered over TCP meanwhile, a relay for instance: the internet is there. */
  readonly tcpWorks: boolean;
  /** Only relayed candidates were gathered, by choice. */
  readonly hidesAddress: boolean;
}

export type GatheredFindings = SharedFindings & Pick<NetworkFindings, 'turnServers'>;

/** W3C WebRTC section 4.8.2: the server could not be asked at all. */
const couldNotAsk = 701;

type Server = IceServerAddress & { readonly candidates: readonly GatheredCandidate[]; readonly error: ServerError };
type ServerError = 'none' | 'refused' | 'unreachable' | 'timed-out';

function errorOf(server: IceServerAddress, errors: readonly GatheredError[]): ServerError {
  const own = errors.filter(({ url }) => isSameServer(server, url));
  if (own.some(({ code }) => code !== couldNotAsk)) return 'refused';
  if (own.length === 0) return 'none';
  return own.every(({ text }) => /timed out/i.test(text)) ? 'timed-out' : 'unreachable';
}

/** Browsers write an address in other words than the person did, and a TURN server that also served as STUN server as `stun:`. */
function isSameServer(server: IceServerAddress, url: string): boolean {
  const named = readIceServerAddress(url);
  if (named?.host !== server.host || named.port !== server.port) return false;
  return named.transport === server.transport && (named.role === server.role || named.role === 'stun');
}

function readServers(gathered: Gathered, urls: readonly string[]): readonly Server[] {
  const addresses = urls.flatMap((url) => readIceServerAddress(url) ?? []);
  const only = addresses.length === 1;
  return addresses.map((server) => ({
    ...server,
    candidates: gathered.candidates.filter(
      ({ type, url }) => type !== 'host' && (url === undefined ? only : isSameServer(server, url)),
    ),
    error: errorOf(server, gathered.errors),
  }));
}

/** Whether this server has answered a packet over UDP. */
function answersUdp(server: Server, { candidates, complete }: Gathered): boolean {
  if (server.transport !== 'udp') return false;
  if (server.candidates.length > 0 || server.error === 'refused') return true;
  // Without an interface there was nobody to ask, and a gathering that ends at once says nothing.
  return complete && server.error === 'none' && candidates.some(({ type }) => type === 'host');
}

function readUdp(servers: readonly Server[], gathered: Gathered, tcpWorks: boolean): SharedFindings['udp'] {
  const overUdp = servers.filter(({ transport }) => transport === 'udp');
  if (overUdp.length === 0) return 'untested';
  const isMapped = gathered.candidates.some(({ type, protocol }) => type === 'srflx' && protocol === 'udp');
  if (isMapped || overUdp.some((server) => answersUdp(server, gathered))) return 'works';
  const silentHosts = new Set(overUdp.filter(({ error }) => error !== 'unreachable').map(({ host }) => host));
  const overTcp = servers.filter(({ transport, candidates }) => transport !== 'udp' && candidates.length > 0);
  // The same machine answers the one way and not the other; or several machines are silent while the internet is there.
  if (overTcp.some(({ host }) => silentHosts.has(host))) return 'blocked';
  return silentHosts.size >= 2 && (tcpWorks || overTcp.length > 0) ? 'blocked' : 'silent';
}

function readStun(servers: readonly Server[], gathered: Gathered): SharedFindings['stun'] {
  const stun = servers.filter(({ role }) => role === 'stun');
  if (stun.length === 0) return 'unset';
  const isMapped = gathered.candidates.some(({ type, protocol }) => type === 'srflx' && protocol === 'udp');
  return isMapped || stun.some((server) => answersUdp(server, gathered)) ? 'answers' : 'silent';
}

function readTurn(servers: readonly Server[], gathered: Gathered): SharedFindings['turn'] {
  const turn = servers.filter(({ role }) => role === 'turn');
  if (turn.length === 0) return 'unset';
  if (gathered.candidates.some(({ type }) => type === 'relay')) return 'works';
  const errors = new Set(turn.map(({ error }) => error));
  return errors.has('refused') ? 'refused' : errors.has('unreachable') ? 'unreachable' : 'silent';
}

/**
 * Compares how several servers saw one and the same socket. Needs two servers on different machines that answered; a difference
 * shows as several mapped addresses of one base, no difference as one, because the second is left out as a copy.
 */
function readNat(servers: readonly Server[], gathered: Gathered, hosts: readonly AddressKind[]): NatKind {
  const mapped = gathered.candidates.filter(
    ({ type, protocol, address }) => type === 'srflx' && protocol === 'udp' && addressKind(address).startsWith('ipv4'),
  );
  const bases = new Map<string, Set<string>>();
  for (const { address, port, relatedAddress, relatedPort } of mapped) {
    const base = `${relatedAddress} ${relatedPort}`;
    bases.set(base, (bases.get(base) ?? new Set()).add(`${address} ${port}`));
  }
  if ([...bases.values()].some((seen) => seen.size > 1)) return 'address-dependent';
  const answering = servers.filter((server) => answersUdp(server, gathered));
  const own = new Set(gathered.candidates.flatMap(({ type, address }) => (type === 'host' ? [address] : [])));
  const isUnmapped = mapped.every(({ address }) => own.has(address));
  // A mapped address that equals the own one is left out; so it is with a server inside the own network, but not with a public address.
  if (isUnmapped && answering.length > 0 && hosts.includes('ipv4-public')) return 'none';
  const machines = new Set(answering.map(({ host }) => host));
  return mapped.length > 0 && machines.size >= 2 ? 'address-independent' : 'unknown';
}

function readAddresses(gathered: Gathered, hosts: readonly AddressKind[], hidesAddress: boolean) {
  if (hidesAddress) return 'unseen';
  if (hosts.some((kind) => kind !== 'name')) return 'open';
  if (hosts.length > 0) return 'names';
  return gathered.candidates.some(({ type }) => type === 'srflx') ? 'hidden' : 'none';
}

function readOverlay(hosts: readonly AddressKind[]): Overlay {
  const [yggdrasil, mycelium] = [hosts.includes('yggdrasil'), hosts.includes('mycelium')];
  return yggdrasil && mycelium ? 'both' : yggdrasil ? 'yggdrasil' : mycelium ? 'mycelium' : 'none';
}

function readTurnServers(servers: readonly Server[]): NetworkFindings['turnServers'] {
  const turn = servers.filter(({ role }) => role === 'turn');
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

/** What the gathering tells. Never throws; whatever cannot be told is `unknown`, `silent`, `untested` or `unseen`. */
export function readGathered(
  gathered: Gathered,
  { servers, tcpWorks, hidesAddress }: GatheringWorld,
): GatheredFindings {
  const read = readServers(gathered, servers);
  const hosts = gathered.candidates.flatMap(({ type, address }) => (type === 'host' ? [addressKind(address)] : []));
  const mapped = gathered.candidates.flatMap(({ type, address }) => (type === 'srflx' ? [addressKind(address)] : []));
  const relayed = gathered.candidates.flatMap(({ type, address }) => (type === 'relay' ? [addressKind(address)] : []));
  return {
    addresses: readAddresses(gathered, hosts, hidesAddress),
    ipv4: [...hosts, ...mapped].some((kind) => kind.startsWith('ipv4')),
    ipv6: [...hosts, ...mapped].includes('ipv6-global'),
    overlay: readOverlay(hosts),
    nat: readNat(read, gathered, hosts),
    udp: readUdp(read, gathered, tcpWorks),
    stun: readStun(read, gathered),
    turn: readTurn(read, gathered),
    turnIpv4: relayed.some((kind) => kind.startsWith('ipv4')),
    turnIpv6: relayed.includes('ipv6-global'),
    hidesAddress,
    turnServers: readTurnServers(read),
  };
}

/** One gathering out of several that asked different servers at the same time. */
export function mergeGathered(parts: readonly Gathered[]): Gathered {
  return {
    candidates: parts.flatMap(({ candidates }) => candidates),
    errors: parts.flatMap(({ errors }) => errors),
    complete: parts.every(({ complete }) => complete),
  };
}
