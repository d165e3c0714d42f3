// How large a picture says it is, read from its bytes before any decoder sees them: a file of 31 kB may unfold to a gigabyte. Knows PNG,
// JPEG, GIF, WebP and AVIF, the greatest size that any part of a file names, and nothing of what is painted. Never throws.

/** What is shown of one picture without harm on any computer: 24 million pixels are 96 MB. */
export const maxPicturePixels = 24_000_000;
/** And of all pictures of a conversation together without another click. */
export const maxShownPixels = 96_000_000;

type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif';

export interface PictureHeader {
  /** What the bytes are, whatever they were called. */
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
}

/** The greatest width and height so far. */
interface Extent {
  width: number;
  height: number;
}

/** Parts of a file that are looked at; an honest one has far fewer. */
const maxParts = 100_000;

/** A part of the file is not as its format wants it. */
class Malformed extends Error {}

/** @returns undefined for what is none of the five kinds, is cut off before it has named its size, or names none. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const extent: Extent = { width: 0, height: 0 };
  try {
    const type = kindOf(file);
    if (!type) return undefined;
    measures[type](file, extent);
    return extent.width > 0 && extent.height > 0 ? { type, ...extent } : undefined;
  } catch (error) {
    // A view says so when something would lie beyond the end.
    if (error instanceof RangeError || error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Whether all of it may be unfolded. */
export function isModest({ width, height }: PictureHeader): boolean {
  return width * height <= maxPicturePixels;
}

const measures: Readonly<Record<PictureType, (file: DataView, extent: Extent) => void>> = {
  'image/png': measurePng,
  'image/jpeg': measureJpeg,
  'image/gif': measureGif,
  'image/webp': measureWebp,
  'image/avif': measureAvif,
};

function kindOf(file: DataView): PictureType | undefined {
  if (file.byteLength < 16) return undefined;
  if (file.getUint32(0) === 0x89504e47 && file.getUint32(4) === 0x0d0a1a0a) return 'image/png';
  if (file.getUint16(0) === 0xffd8) return 'image/jpeg';
  if (/^GIF8[79]a$/.test(letters(file, 0, 6))) return 'image/gif';
  if (letters(file, 0, 4) === 'RIFF' && letters(file, 8, 4) === 'WEBP') return 'image/webp';
  return letters(file, 4, 4) === 'ftyp' ? 'image/avif' : undefined;
}

function letters(file: DataView, at: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, index) => file.getUint8(at + index)));
}

function include(extent: Extent, width: number, height: number): void {
  extent.width = Math.max(extent.width, width);
  extent.height = Math.max(extent.height, height);
}

/** PNG, section 11.2.2: IHDR is the first chunk, and nothing in the file is larger. */
function measurePng(file: DataView, extent: Extent): void {
  if (letters(file, 12, 4) !== 'IHDR') throw new Malformed();
  include(extent, file.getUint32(16), file.getUint32(20));
}

/** ITU-T T.81, annex B: the frame header (SOF) before the first scan. A height that is told later (DNL) counts as none. */
function measureJpeg(file: DataView, extent: Extent): void {
  let at = 2;
  for (let part = 0; part < maxParts; part++) {
    if (file.getUint8(at) !== 0xff) throw new Malformed();
    while (file.getUint8(at) === 0xff) at += 1;
    const marker = file.getUint8(at);
    const start = at + 1;
    if (marker === 0xda || marker === 0xd9) return;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) include(extent, file.getUint16(start + 5), file.getUint16(start + 3));
    at = start + file.getUint16(start);
  }
  throw new Malformed();
}

/** GIF89a, sections 18 and 20: the screen, and every picture on it, which may stand over its edges. */
function measureGif(file: DataView, extent: Extent): void {
  const low = (at: number) => file.getUint16(at, true);
  const tableLength = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const afterBlocks = (from: number) => {
    let at = from;
    for (let length = file.getUint8(at); length > 0; length = file.getUint8(at)) at += length + 1;
    return at + 1;
  };
  include(extent, low(6), low(8));
  let at = 13 + tableLength(file.getUint8(10));
  for (let part = 0; part < maxParts; part++) {
    // Whatever is cut off is not painted either.
    if (at >= file.byteLength) return;
    const kind = file.getUint8(at);
    if (kind === 0x3b) return;
    if (kind === 0x21) at = afterBlocks(at + 2);
    else if (kind === 0x2c) {
      include(extent, low(at + 1) + low(at + 5), low(at + 3) + low(at + 7));
      at = afterBlocks(at + 11 + tableLength(file.getUint8(at + 9)));
    } else throw new Malformed();
  }
  throw new Malformed();
}

/** RFC 9649: the canvas, each frame of an animation, and what the bits of each picture say of themselves. */
function measureWebp(file: DataView, extent: Extent): void {
  const low24 = (at: number) => file.getUint16(at, true) + file.getUint8(at + 2) * 65_536;
  const walk = (from: number, end: number): void => {
    let at = from;
    for (let part = 0; part < maxParts && at + 8 <= end; part++) {
      const name = letters(file, at, 4);
      const start = at + 8;
      const length = file.getUint32(at + 4, true);
      if (name === 'VP8X') include(extent, low24(start + 4) + 1, low24(start + 7) + 1);
      else if (name === 'VP8 ') {
        if (low24(start + 3) !== 0x2a019d) throw new Malformed();
        include(extent, file.getUint16(start + 6, true) & 0x3fff, file.getUint16(start + 8, true) & 0x3fff);
      } else if (name === 'VP8L') {
        const bits = file.getUint32(start + 1, true);
        include(extent, (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
      } else if (name === 'ANMF' && from === 12) {
        include(extent, low24(start) * 2 + low24(start + 6) + 1, low24(start + 3) * 2 + low24(start + 9) + 1);
        walk(start + 16, Math.min(end, start + length));
      }
      at = start + length + (length % 2);
    }
  };
  walk(12, file.byteLength);
}

/** Boxes of ISO/IEC 23008-12 that hold others which lead to sizes; `meta` begins with four bytes of its own. */
const avifBoxes: ReadonlySet<string> = new Set(['meta', 'iprp', 'ipco']);

/** AVIF 1.1: every `ispe` of the file. Sequences (`avis`) name theirs elsewhere, and are not measured. */
function measureAvif(file: DataView, extent: Extent): void {
  let parts = 0;
  const walk = (from: number, end: number): void => {
    let at = from;
    while (at + 8 <= end) {
      if (++parts > maxParts) throw new Malformed();
      const told = file.getUint32(at);
      const name = letters(file, at + 4, 4);
      const head = told === 1 ? 16 : 8;
      const length = told === 1 ? Number(file.getBigUint64(at + 8)) : told || end - at;
      if (length < head || at + length > end) throw new Malformed();
      const start = at + head;
      if (name === 'ftyp') {
        const brands = letters(file, start, Math.min(length - head, 256));
        if (!/^(?:.{4})*avif/s.test(brands) || /^(?:.{4})*avis/s.test(brands)) throw new Malformed();
      } else if (name === 'ispe') include(extent, file.getUint32(start + 4), file.getUint32(start + 8));
      else if (avifBoxes.has(name)) walk(name === 'meta' ? start + 4 : start, at + length);
      at += length;
    }
  };
  walk(0, file.byteLength);
}
