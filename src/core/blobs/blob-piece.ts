// A piece of a block of a blob on its way over a link (docs/rooms.md#blobs). Parsing never throws.
import { type Bytes, fromBase64url, toBase64url } from '../base/bytes.ts';
import { blockLength } from '../transfer/file-message.ts';

export const pieceMark = 2;
/** With its header below the 256 KiB that every browser takes. */
export const maxPieceLength = 65_536;

const tagLength = 16;
const hashLength = 32;
const headLength = 1 + tagLength + hashLength + 8;

export interface BlobPiece {
  readonly tag: string;
  readonly hash: string;
  /** The number of the block, and where in it the bytes stand. */
  readonly at: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export function formatBlobPiece({ tag, hash, at, offset, bytes }: BlobPiece): Bytes {
  const piece = new Uint8Array(headLength + bytes.length);
  piece[0] = pieceMark;
  piece.set(fromBase64url(tag) ?? [], 1);
  piece.set(fromBase64url(hash) ?? [], 1 + tagLength);
  const numbers = new DataView(piece.buffer, 1 + tagLength + hashLength, 8);
  numbers.setUint32(0, at);
  numbers.setUint32(4, offset);
  piece.set(bytes, headLength);
  return piece;
}

/** The bytes stay where they are. @returns undefined for everything that is not exactly a piece. */
export function parseBlobPiece(piece: Uint8Array): BlobPiece | undefined {
  const length = piece.length - headLength;
  if (piece[0] !== pieceMark || length < 1 || length > maxPieceLength) return undefined;
  const numbers = new DataView(piece.buffer, piece.byteOffset + 1 + tagLength + hashLength, 8);
  const [at, offset] = [numbers.getUint32(0), numbers.getUint32(4)];
  if (offset + length > blockLength) return undefined;
  const tag = toBase64url(piece.subarray(1, 1 + tagLength));
  const hash = toBase64url(piece.subarray(1 + tagLength, 1 + tagLength + hashLength));
  return { tag, hash, at, offset, bytes: piece.subarray(headLength) };
}
