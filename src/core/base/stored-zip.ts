// A ZIP archive (APPNOTE.TXT 6.3, without encryption and ZIP64) in which every file is stored as it is: what a book for reading systems is packed in.
// Pictures, sound and film are compressed already. Pure: says what stands between the files, and copies none of them.
import { type Bytes, concat, utf8 } from './bytes.ts';

export interface StoredFile {
  /** ASCII. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly crc: number;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb8_8320 : rest >>> 1;
  return rest >>> 0;
});

/** CRC-32 of what came before and these bytes. @param before of nothing: 0. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = ~before >>> 0;
  for (const byte of bytes) rest = ((table[(rest ^ byte) & 255] ?? 0) ^ (rest >>> 8)) >>> 0;
  return ~rest >>> 0;
}

/** Numbers of so many bytes each, the least byte first. */
function littleEndian(...fields: readonly (readonly [length: 2 | 4, value: number])[]): Bytes {
  return concat(
    ...fields.map(([length, value]) => {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at++) bytes[at] = Math.floor(value / 2 ** (8 * at)) & 255;
      return bytes;
    }),
  );
}

/** What both headers of a file have in common: version 1.0, nothing special, stored, the first day that the format knows. */
const facts = ({ name, size, crc }: StoredFile): Bytes =>
  littleEndian([2, 10], [2, 0], [2, 0], [2, 0], [2, 0x21], [4, crc], [4, size], [4, size], [2, name.length], [2, 0]);

/** Stands before the bytes of a file. */
export const localHeader = (file: StoredFile): Bytes =>
  concat(littleEndian([4, 0x0403_4b50]), facts(file), utf8(file.name));

/** Stands behind the last file. @param files in the order in which they stand there. */
export function centralDirectory(files: readonly StoredFile[]): Bytes {
  const records: Bytes[] = [];
  let at = 0;
  for (const file of files) {
    const place = littleEndian([2, 0], [2, 0], [2, 0], [4, 0], [4, at]);
    records.push(concat(littleEndian([4, 0x0201_4b50], [2, 10]), facts(file), place, utf8(file.name)));
    at += localHeader(file).length + file.size;
  }
  const directory = concat(...records);
  const count = files.length;
  const end = littleEndian(
    [4, 0x0605_4b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, at],
    [2, 0],
  );
  return concat(directory, end);
}
