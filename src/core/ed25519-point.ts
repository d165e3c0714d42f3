// Which public keys may be trusted at all. Browsers verify signatures by small-order keys as true for any message, so such keys are
// refused here, before any signature is looked at (protocol E.15, E.16).
import type { Bytes } from './bytes.ts';

/** The field prime 2^255 - 19 (RFC 8032 section 5.1). */
const p = (1n << 255n) - 19n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const squareRootOfMinusOne = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;

function mod(value: bigint): bigint {
  const rest = value % p;
  return rest < 0n ? rest + p : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let factor = mod(base);
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = mod(result * factor);
    factor = mod(factor * factor);
  }
  return result;
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}

/** The point of an encoding (RFC 8032 section 5.1.3), or undefined when there is none or the encoding is not canonical. */
function decode(bytes: Uint8Array): { x: bigint; y: bigint } | undefined {
  const encoded = littleEndian(bytes);
  const sign = encoded >> 255n;
  const y = encoded & ((1n << 255n) - 1n);
  if (y >= p) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(d * y * y + 1n);
  let x = mod(u * power(v, 3n) * power(mod(u * power(v, 7n)), (p - 5n) / 8n));
  const check = mod(v * x * x);
  if (check === mod(-u)) x = mod(x * squareRootOfMinusOne);
  else if (check !== u) return undefined;
  if (x === 0n && sign === 1n) return undefined;
  return { x: (x & 1n) === sign ? x : mod(-x), y };
}

/** Adds a point to itself on the twisted Edwards curve (RFC 8032 section 5.1.4, affine). */
function double({ x, y }: { x: bigint; y: bigint }): { x: bigint; y: bigint } {
  const product = mod(d * x * x * y * y);
  const inverse = (value: bigint) => power(value, p - 2n);
  return { x: mod(2n * x * y * inverse(1n + product)), y: mod((y * y + x * x) * inverse(1n - product)) };
}

const accepted = new Map<string, boolean>();

/** Whether 32 bytes are a canonical Ed25519 public key whose order is not small: eight times the point is not the neutral element. */
export function isAcceptableEd25519Key(key: Bytes): boolean {
  if (key.length !== 32) return false;
  const name = key.join();
  const known = accepted.get(name);
  if (known !== undefined) return known;
  const point = decode(key);
  const eightfold = point && double(double(double(point)));
  const acceptable = eightfold !== undefined && !(eightfold.x === 0n && eightfold.y === 1n);
  // The decision costs big-number arithmetic; the same few people send most messages.
  if (accepted.size > 512) accepted.clear();
  accepted.set(name, acceptable);
  return acceptable;
}

/** The u-coordinates of small order on Curve25519 and its twist (RFC 7748 section 6.1), reduced below 2^255. */
const lowOrder: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  p - 1n,
  p,
  p + 1n,
]);

/** Whether 32 bytes are an X25519 public key that leads to a secret: not one of the low-order values, which give zero for everybody. */
export function isAcceptableX25519Key(key: Bytes): boolean {
  if (key.length !== 32) return false;
  return !lowOrder.has(littleEndian(key) & ((1n << 255n) - 1n));
}
