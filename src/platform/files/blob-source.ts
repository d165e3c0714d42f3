// A file of the browser as bytes that are read piece by piece.
import type { ByteSource } from '../../core/base/byte-source.ts';

export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    read: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  };
}
