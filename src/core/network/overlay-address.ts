// Addresses that overlay networks make of keys: whoever has such an address there has the key (docs/protocol.md#overlay-addresses).
import { ipv6Groups, isIpv6 } from '../base/ip-address.ts';

const text = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');
const bitAt = (key: Uint8Array, place: number): number => ((key[place >> 3] ?? 0) >> (7 - (place & 7))) & 1;

/**
 * The address of a node of Yggdrasil, version 0.4 and later, that runs with this key: 02, how many bits at the beginning of the key are 0,
 * and the inverted bits after the first 1.
 * @param ed25519 the public key, 32 bytes.
 * @returns eight groups in hexadecimal, not shortened.
 */
export function yggdrasilAddress(ed25519: Uint8Array): string {
  if (ed25519.length !== 32) throw new RangeError('a key has 32 bytes');
  let zeros = 0;
  while (zeros < 255 && bitAt(ed25519, zeros) === 0) zeros += 1;
  const groups = Array.from({ length: 8 }, (_, group) => {
    if (group === 0) return (0x02 << 8) | zeros;
    let value = 0;
    for (let place = 0; place < 16; place++) {
      const from = zeros + 1 + (group - 1) * 16 + place;
      value = (value << 1) | (from < 256 ? 1 - bitAt(ed25519, from) : 0);
    }
    return value;
  });
  return text(groups);
}

/** Whether this is the address in Yggdrasil that belongs to the key. @param address as a candidate has it, however it is written. */
export function isAddressOfKey(address: string, ed25519: Uint8Array): boolean {
  return isIpv6(address) && text(ipv6Groups(address)) === yggdrasilAddress(ed25519);
}
