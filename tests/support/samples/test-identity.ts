// People for tests, made from a number: the same number is the same person in every run.
import { type Bytes, fromHex, utf8 } from '../../../src/core/base/bytes.ts';
import type { Opener, Signer } from '../../../src/core/base/ports.ts';
import { deriveIdentityKeys, type IdentityKeys } from '../../../src/platform/crypto/identity-keys.ts';
import { ownPorts } from '../../../src/platform/crypto/own-ports.ts';
import { WebCryptoSealer } from '../../../src/platform/crypto/web-crypto-sealer.ts';
import { xWing } from '../../../src/platform/crypto/x-wing.ts';

export interface TestIdentity {
  readonly keys: IdentityKeys;
  readonly signer: Signer;
  readonly opener: Opener;
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
}

/** Their ML-KEM-768 key, as a contact of theirs knows it. */
export async function quantumKeyOf({ opener }: Pick<TestIdentity, 'opener'>): Promise<Bytes> {
  const key = await opener.quantum?.publicKey();
  if (!key) throw new Error('nothing here opens what is sealed against quantum computers');
  return key;
}

const loadXWing = async () => xWing;
export const sealer = new WebCryptoSealer(loadXWing);

/** The person whose entropy is SHA-256("test identity <seed>"). */
export async function testIdentity(seed: number): Promise<TestIdentity> {
  const keys = await deriveIdentityKeys(await testBytes(`test identity ${seed}`));
  return {
    keys,
    ...ownPorts({ keys }, loadXWing),
    ed25519: keys.ed25519Public,
    x25519: keys.x25519Public,
  };
}

/** 32 bytes that look random and are the same in every run. */
export function testBytes(label: string): Promise<Bytes> {
  return sealer.sha256(utf8(label));
}

/** Bytes of a hexadecimal text that the test itself has written. */
export function hex(text: string): Bytes {
  const bytes = fromHex(text);
  if (!bytes) throw new Error(`not hexadecimal: ${text}`);
  return bytes;
}

/** 32 bytes, little-endian, as Curve25519 writes its numbers. */
export function littleEndian32(value: bigint): Bytes {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

/** How many cases a fuzz test runs: FFC_FUZZ_RUNS, or what is quick enough for every run. */
export function fuzzRuns(usual: number): number {
  return Number(process.env['FFC_FUZZ_RUNS'] ?? usual);
}
