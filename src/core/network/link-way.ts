// Which way a link runs, from the two ends of its selected candidate pair (RFC 8445). Knows no statistics.

export type CandidateKind = 'host' | 'srflx' | 'prflx' | 'relay';

/** The selected pair. Addresses are for the eyes of the person at this machine: never logged, never copied. */
export interface LinkWay {
  readonly localKind: CandidateKind;
  readonly remoteKind: CandidateKind;
  readonly protocol: 'udp' | 'tcp';
  /** How we reach our own relay server, where we use one. */
  readonly relayProtocol: 'udp' | 'tcp' | 'tls' | undefined;
  /** Undefined or a name ending in .local where the browser hides it. */
  readonly localAddress: string | undefined;
  readonly remoteAddress: string | undefined;
}

/** A way as people understand it. */
export type RouteName =
  | 'direct'
  | 'direct-tcp'
  | 'direct-ipv6'
  | 'own-relay-udp'
  | 'own-relay-tcp'
  | 'own-relay-tls'
  | 'their-relay'
  | 'yggdrasil'
  | 'mycelium';

/** Names the way of a link. A relay at our end is told before one at theirs: it is the one that a person here can change. */
export function routeOf(way: LinkWay): RouteName {
  if (way.localKind === 'relay') return `own-relay-${way.relayProtocol ?? 'udp'}`;
  if (way.remoteKind === 'relay') return 'their-relay';
  const overlay = overlayOf(way.remoteAddress) ?? overlayOf(way.localAddress);
  if (overlay) return overlay;
  if (way.remoteAddress?.includes(':') || way.localAddress?.includes(':')) return 'direct-ipv6';
  return way.protocol === 'tcp' ? 'direct-tcp' : 'direct';
}

/** Yggdrasil gives its nodes addresses in 200::/7, Mycelium in 400::/7. */
function overlayOf(address: string | undefined): 'yggdrasil' | 'mycelium' | undefined {
  const first = /^([0-9a-f]{3,4}):/i.exec(address ?? '')?.[1];
  if (first === undefined) return undefined;
  const prefix = Number.parseInt(first, 16) >> 9;
  return prefix === 0x0200 >> 9 ? 'yggdrasil' : prefix === 0x0400 >> 9 ? 'mycelium' : undefined;
}
