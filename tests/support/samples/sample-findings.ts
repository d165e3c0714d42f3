// Findings of networks as tests want them: a good one, changed where it matters. And any findings at all, for properties.
import fc from 'fast-check';
import {
  type NetworkFindings,
  type SharedFindings,
  sharedFindings,
} from '../../../src/core/network/network-findings.ts';

const good: NetworkFindings = {
  addresses: 'open',
  ipv4: true,
  ipv6: false,
  overlay: 'none',
  nat: 'address-independent',
  udp: 'works',
  stun: 'answers',
  turn: 'unset',
  turnIpv4: false,
  turnIpv6: false,
  hidesAddress: false,
  online: true,
  relays: { total: 2, up: 2 },
  turnServers: { total: 0, working: 0, udp: false, tcp: false, tls: false },
};

/** Behind an ordinary router, with STUN servers that answer and no TURN server, but for what is changed. */
export const ownNetwork = (change: Partial<NetworkFindings> = {}): NetworkFindings => ({ ...good, ...change });

/** The same as the other side tells it. */
export const theirNetwork = (change: Partial<SharedFindings> = {}): SharedFindings => ({
  ...sharedFindings(good),
  ...change,
});

/** A TURN server that works and gives out addresses of these families. */
export const turnFor = (...families: readonly ('ipv4' | 'ipv6')[]) =>
  ({ turn: 'works', turnIpv4: families.includes('ipv4'), turnIpv6: families.includes('ipv6') }) as const;

const anyShared: fc.Arbitrary<SharedFindings> = fc.record({
  addresses: fc.constantFrom('open', 'names', 'hidden', 'none', 'off', 'unseen'),
  ipv4: fc.boolean(),
  ipv6: fc.boolean(),
  overlay: fc.constantFrom('none', 'yggdrasil', 'mycelium', 'both'),
  nat: fc.constantFrom('none', 'address-independent', 'address-dependent', 'unknown'),
  udp: fc.constantFrom('works', 'blocked', 'silent', 'untested'),
  stun: fc.constantFrom('unset', 'answers', 'silent'),
  turn: fc.constantFrom('unset', 'works', 'refused', 'unreachable', 'silent'),
  turnIpv4: fc.boolean(),
  turnIpv6: fc.boolean(),
  hidesAddress: fc.boolean(),
});

/** Findings of any network, sensible or not: the other side may tell whatever it likes. */
export const anyTheirs: fc.Arbitrary<SharedFindings> = anyShared;

export const anyOwn: fc.Arbitrary<NetworkFindings> = fc
  .tuple(
    anyShared,
    fc.boolean(),
    fc.record(
      {
        total: fc.nat({ max: 3 }),
        up: fc.nat({ max: 3 }),
        trouble: fc.constantFrom('web-page' as const, 'clock-wrong' as const),
      },
      { requiredKeys: ['total', 'up'] },
    ),
    fc.record({
      total: fc.nat({ max: 3 }),
      working: fc.nat({ max: 3 }),
      udp: fc.boolean(),
      tcp: fc.boolean(),
      tls: fc.boolean(),
    }),
  )
  .map(([shared, online, relays, turnServers]) => ({ ...shared, online, relays, turnServers }));
