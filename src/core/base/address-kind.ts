// What kind of network an address belongs to. Knows nothing of who has it.
import { ipv6Groups, isIpv4, isIpv6 } from './ip-address.ts';

export type AddressKind =
  | 'ipv4-public'
  | 'ipv4-private'
  | 'ipv6-global'
  | 'yggdrasil'
  | 'mycelium'
  /** Good for the same machine or the same local network only: loopback, link-local, fc00::/7. */
  | 'local'
  /** An mDNS name in place of an address (RFC 8828 section 5.1), or anything else. */
  | 'name';

/** RFC 1918, and RFC 6598 for networks behind a provider's own NAT. */
function ipv4Kind(address: string): AddressKind {
  const [first = 0, second = 0] = address.split('.').map(Number);
  if (first === 127 || first === 0 || (first === 169 && second === 254)) return 'local';
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second <= 127);
  return isPrivate ? 'ipv4-private' : 'ipv4-public';
}

/** RFC 4291 section 2.4; 0200::/7 is Yggdrasil's, 0400::/7 Mycelium's. */
function ipv6Kind(address: string): AddressKind {
  const [first = 0] = ipv6Groups(address);
  if (first >= 0x2000 && first <= 0x3fff) return 'ipv6-global';
  if (first >= 0x0200 && first <= 0x03ff) return 'yggdrasil';
  return first >= 0x0400 && first <= 0x05ff ? 'mycelium' : 'local';
}

/** @param address as a candidate has it: without brackets and port. */
export function addressKind(address: string): AddressKind {
  if (isIpv4(address)) return ipv4Kind(address);
  return isIpv6(address) ? ipv6Kind(address) : 'name';
}
