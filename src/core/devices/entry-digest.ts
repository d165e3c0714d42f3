// By what two devices find out in one small word where they differ (docs/protocol.md#kept-the-same): entries are divided into buckets by their
// keys, and each bucket has a short digest. Pure.
import { type Bytes, concat, utf8 } from '../base/bytes.ts';
import type { Sealer } from '../base/ports.ts';
import { type KeptEntry, textOf } from './kept-entry.ts';

const buckets = 64;
const bucketBytes = 6;
/** Bytes of all the digests together. */
export const digestsLength = buckets * bucketBytes;
/** Bytes of the digest of everything. */
export const digestLength = 12;

/** In which bucket an entry is: FNV-1a (32 bits) of its key. */
export function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8(key)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % buckets;
}

export interface Digests {
  /** Of each bucket, one after another. */
  readonly each: Bytes;
  readonly all: Bytes;
}

/** The same on two devices exactly where they have the same entries. */
export async function digestsOf(
  sealer: Pick<Sealer, 'sha256'>,
  entries: ReadonlyMap<string, KeptEntry>,
): Promise<Digests> {
  const texts: string[][] = Array.from({ length: buckets }, () => []);
  for (const [key, entry] of entries) texts[bucketOf(key)]?.push(`${key}\n${textOf(entry as never)}`);
  const hashes = await Promise.all(
    texts.map(async (list) => (await sealer.sha256(utf8(list.sort().join('\n')))).slice(0, bucketBytes)),
  );
  const each = concat(...hashes);
  return { each, all: (await sealer.sha256(each)).slice(0, digestLength) };
}

/** The keys of the entries that the other side has otherwise, or not at all. */
export function differing(entries: Iterable<string>, here: Bytes, there: Bytes): readonly string[] {
  const differs = (bucket: number) => {
    const [from, to] = [bucket * bucketBytes, (bucket + 1) * bucketBytes];
    return here.slice(from, to).some((byte, i) => byte !== there[from + i]);
  };
  return [...entries].filter((key) => differs(bucketOf(key)));
}
