// Which way a call runs, in the words that people read.
import { expect, it } from 'vitest';
import { type LinkWay, routeOf } from '../../../src/core/network/link-way.ts';

const direct: LinkWay = {
  localKind: 'host',
  remoteKind: 'host',
  protocol: 'udp',
  relayProtocol: undefined,
  localAddress: '192.0.2.1',
  remoteAddress: '192.0.2.2',
};

it.each<[string, Partial<LinkWay>, string]>([
  ['two addresses of one network', {}, 'direct'],
  ['through two NATs', { localKind: 'srflx', remoteKind: 'prflx' }, 'direct'],
  ['over TCP', { protocol: 'tcp' }, 'direct-tcp'],
  ['over IPv6', { localAddress: '2001:db8::1', remoteAddress: '2001:db8::2' }, 'direct-ipv6'],
  ['addresses that the browser hides', { localAddress: undefined, remoteAddress: 'a1b2.local' }, 'direct'],
  ['our relay', { localKind: 'relay', relayProtocol: 'udp' }, 'own-relay-udp'],
  ['our relay over TCP', { localKind: 'relay', relayProtocol: 'tcp' }, 'own-relay-tcp'],
  ['our relay over TLS', { localKind: 'relay', relayProtocol: 'tls', remoteKind: 'relay' }, 'own-relay-tls'],
  ['our relay, by a browser that does not say how', { localKind: 'relay' }, 'own-relay-udp'],
  ['their relay', { remoteKind: 'relay' }, 'their-relay'],
  ['Yggdrasil, a node', { localAddress: '200:1f3::1', remoteAddress: '201:abcd::2' }, 'yggdrasil'],
  ['Yggdrasil, a subnet of a node', { remoteAddress: '300:1f3::1' }, 'yggdrasil'],
  ['Yggdrasil, written with its zero', { remoteAddress: '0201:1::1' }, 'yggdrasil'],
  ['Mycelium', { localAddress: '400:1::1', remoteAddress: '5ff:1::2' }, 'mycelium'],
  ['neither of them', { localAddress: '600:1::1', remoteAddress: '1ff:1::2' }, 'direct-ipv6'],
  ['a short group that only looks alike', { remoteAddress: '20:1::1' }, 'direct-ipv6'],
  ['the common IPv6', { remoteAddress: '2003:1::1' }, 'direct-ipv6'],
  ['an overlay behind a relay', { remoteKind: 'relay', remoteAddress: '200:1::1' }, 'their-relay'],
])('%s', (_, different, route) => {
  expect(routeOf({ ...direct, ...different })).toBe(route);
});
