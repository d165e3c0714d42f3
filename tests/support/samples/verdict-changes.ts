// What the networks of two people may be found to be, as changes of a good one.
import type { SharedFindings } from '../../../src/core/network/network-findings.ts';

export const strict = { nat: 'address-dependent' } as const;
export const unknown = { nat: 'unknown' } as const;
export const noServers = { stun: 'unset', udp: 'untested', nat: 'unknown' } as const;
export const silent = { stun: 'silent', udp: 'silent', nat: 'unknown' } as const;
export const blocked = { stun: 'silent', udp: 'blocked', nat: 'unknown' } as const;
export const blind = { addresses: 'none', ipv4: false, ...silent } as const;
export const hiding = { hidesAddress: true, addresses: 'unseen', ipv4: false, ...noServers } as const;
/** A browser that shows names in place of addresses: of IPv6, which nothing translates, no server tells more. */
export const named = { addresses: 'names', ipv4: false, nat: 'unknown' } as const;
export const onlyIpv6 = { ipv4: false, ipv6: true, nat: 'unknown' } as const;

export type Change = Partial<SharedFindings>;
/** What is in the way, whose, what to do, and who does it. */
export type Expected = readonly [because: string, whose: string | undefined, todo: string, forWhom: string];
