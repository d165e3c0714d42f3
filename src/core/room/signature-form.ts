// Whether a signature is written the one way that every engine judges alike (docs/rooms.md#signatures). One that some browsers take and
// others refuse would give the members of a room different rooms.

/** The order of the base point and the field prime (RFC 8032 section 5.1). */
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const prime = 2n ** 255n - 19n;

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  return value;
}

/** 64 bytes: R with its y below the prime and no sign on x = 0 (RFC 8032 section 5.1.3), S below the order (section 5.1.7). */
export function isCanonicalSignature(signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const [r, s] = [littleEndian(signature.subarray(0, 32)), littleEndian(signature.subarray(32))];
  const isNegative = r >> 255n === 1n;
  const y = r & (2n ** 255n - 1n);
  const hasNoX = y === 1n || y === prime - 1n;
  return y < prime && !(isNegative && hasNoX) && s < order;
}
