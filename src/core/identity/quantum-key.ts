// Whether something can be sealed to an ML-KEM-768 key that somebody said (FIPS 203, 7.2): looked at before it is kept, without the library.
import type { Bytes } from '../base/bytes.ts';
import { quantumKeyBytes } from '../base/ports.ts';

const modulus = 3329;
/** Behind the numbers stands a seed, of which any will do. */
const seedBytes = 32;

/** The right length, and every one of its 768 numbers of 12 bits below the modulus. */
export function isAcceptableQuantumKey(key: Bytes): boolean {
  if (key.length !== quantumKeyBytes) return false;
  for (let at = 0; at < quantumKeyBytes - seedBytes; at += 3) {
    const [a = 0, b = 0, c = 0] = key.subarray(at, at + 3);
    if ((a | ((b & 15) << 8)) >= modulus || ((b >> 4) | (c << 4)) >= modulus) return false;
  }
  return true;
}
