// Bytes that are read piece by piece, because all of them at once may be more than fits into memory.
import type { Bytes } from './bytes.ts';

export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `from` up to `to`; fewer where the source ends before. */
  readonly read: (from: number, to: number) => Promise<Bytes>;
}

/** The bytes of another source between two places. */
export function partOf(source: ByteSource, begin: number, end = source.size): ByteSource {
  const last = Math.min(source.size, end);
  return {
    size: Math.max(0, last - begin),
    read: (from, to) => source.read(Math.min(last, begin + from), Math.min(last, begin + to)),
  };
}

export function bytesSource(bytes: Bytes): ByteSource {
  return { size: bytes.length, read: async (from, to) => bytes.slice(from, to) };
}
