// Whether a public key of someone else may be used at all (docs/protocol.md#contact-link, docs/hostile-cases.md#e15, #e16). Browsers
// verify signatures under small-order Ed25519 keys as true, so keys are refused here before any engine sees them. Arithmetic only on
// public values.

/** The field prime of Curve25519 (RFC 7748 section 4.1). */
const p = 2n ** 255n - 19n;
/** The twisted Edwards constant d of RFC 8032 section 5.1. */
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const lowerBits = 2n ** 255n - 1n;

/** y of two of the four points of order 8, a root of d·y⁴ + 2y² = 1; the other two have p - y. */
const orderEightY = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;

/** u of the points of order 8 on Curve25519. */
const lowOrderU = new Set([
  0n,
  1n,
  p - 1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
]);

/**
 * Whether 32 bytes are an Ed25519 public key to trust signatures of: the one canonical encoding (RFC 8032 section 5.1.3) of a
 * point on the curve that is not among the eight of small order. About 0.2 ms.
 */
export function isAcceptableEd25519Key(bytes: Uint8Array): boolean {
  if (bytes.length !== 32) return false;
  const y = littleEndian(bytes) & lowerBits;
  if (y >= p) return false;
  // Orders 1, 2 (both with x = 0, whatever the sign bit says), 4 and 8.
  if (y === 1n || y === p - 1n || y === 0n || y === orderEightY || y === p - orderEightY) return false;
  // x² = (y² - 1) / (d·y² + 1): there is an x when the quotient, or equally the product, is a square.
  const ySquared = (y * y) % p;
  return isSquare((ySquared - 1n) * (d * ySquared + 1n));
}

/**
 * Whether 32 bytes are an X25519 public key that can give a shared secret: not one of the low-order u-coordinates in any
 * encoding (RFC 7748 section 5 ignores the top bit and reduces modulo p; section 6.1 warns of the zero secret).
 */
export function isAcceptableX25519Key(bytes: Uint8Array): boolean {
  return bytes.length === 32 && !lowOrderU.has((littleEndian(bytes) & lowerBits) % p);
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  return value;
}

/** Euler's criterion; zero counts as a square. */
function isSquare(value: bigint): boolean {
  let base = ((value % p) + p) % p;
  let result = 1n;
  for (let exponent = (p - 1n) / 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result !== p - 1n;
}
