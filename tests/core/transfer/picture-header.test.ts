// How large a picture claims to be, before anything decodes it (M10).
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { concat, u32be, utf8 } from '../../../src/core/base/bytes.ts';
import {
  isModest,
  maxPicturePixels,
  type PictureHeader,
  pictureHeader,
} from '../../../src/core/transfer/picture-header.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const u16be = (value: number) => Uint8Array.of(value >> 8, value & 255);
const u16le = (value: number) => Uint8Array.of(value & 255, value >> 8);
const u24le = (value: number) => Uint8Array.of(value & 255, (value >> 8) & 255, value >> 16);
const u32le = (value: number) => Uint8Array.from([...u32be(value)].reverse());
const bytes = (...values: number[]) => Uint8Array.from(values);
const filler = new Uint8Array(64);

const png = (width: number, height: number) =>
  concat(
    bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    u32be(13),
    utf8('IHDR'),
    u32be(width),
    u32be(height),
    bytes(8, 6, 0, 0, 0),
    filler,
  );

/** With an EXIF part that holds a smaller picture, as cameras write it. */
const jpeg = (width: number, height: number, frame = 0xc0) => {
  const thumbnail = concat(bytes(0xff, 0xd8, 0xff, 0xc0), u16be(8), bytes(8), u16be(9), u16be(9), bytes(1));
  return concat(
    bytes(0xff, 0xd8, 0xff, 0xe1),
    u16be(2 + thumbnail.length),
    thumbnail,
    bytes(0xff, 0xc4),
    u16be(4),
    bytes(0, 0, 0xff, 0xff, frame),
    u16be(8),
    bytes(8),
    u16be(height),
    u16be(width),
    bytes(3, 0xff, 0xda),
    filler,
  );
};

const gif = (width: number, height: number, ...frames: readonly (readonly [number, number, number, number])[]) =>
  concat(
    utf8('GIF89a'),
    u16le(width),
    u16le(height),
    bytes(0x80, 0, 0),
    new Uint8Array(6),
    bytes(0x21, 0xf9, 4, 0, 0, 0, 0, 0),
    ...frames.flatMap(([left, top, w, h]) => [
      bytes(0x2c),
      u16le(left),
      u16le(top),
      u16le(w),
      u16le(h),
      bytes(0, 2, 1, 0, 0),
    ]),
    bytes(0x3b),
  );

const chunk = (name: string, ...parts: Uint8Array[]) => {
  const body = concat(...parts);
  return concat(utf8(name), u32le(body.length), body, new Uint8Array(body.length % 2));
};
const webp = (...chunks: Uint8Array[]) => {
  const body = concat(utf8('WEBP'), ...chunks);
  return concat(utf8('RIFF'), u32le(body.length), body);
};
const lossy = (width: number, height: number) =>
  chunk('VP8 ', bytes(0, 0, 0, 0x9d, 1, 0x2a), u16le(width), u16le(height), filler);
const lossless = (width: number, height: number) =>
  chunk('VP8L', bytes(0x2f), u32le(((width - 1) | ((height - 1) << 14)) >>> 0), filler);
const canvas = (width: number, height: number) => chunk('VP8X', bytes(2, 0, 0, 0), u24le(width - 1), u24le(height - 1));
const frame = (width: number, height: number, picture: Uint8Array) =>
  chunk('ANMF', u24le(0), u24le(0), u24le(width - 1), u24le(height - 1), bytes(0, 0, 0, 0), picture);

const box = (name: string, ...parts: Uint8Array[]) => {
  const body = concat(...parts);
  return concat(u32be(body.length + 8), utf8(name), body);
};
const ispe = (width: number, height: number) => box('ispe', u32be(0), u32be(width), u32be(height));
const avif = (...sizes: readonly (readonly [number, number])[]) =>
  concat(
    box('ftyp', utf8('avif'), u32be(0), utf8('mif1avif')),
    box(
      'meta',
      u32be(0),
      box('hdlr', filler),
      box('iprp', box('ipco', box('colr', filler), ...sizes.map(([w, h]) => ispe(w, h)))),
    ),
    box('mdat', filler),
  );

const size = (type: PictureHeader['type'], width: number, height: number): PictureHeader => ({ type, width, height });

describe('the header of a picture', () => {
  it.each<[string, Uint8Array, PictureHeader]>([
    ['PNG', png(640, 480), size('image/png', 640, 480)],
    ['JPEG', jpeg(4_000, 3_000), size('image/jpeg', 4_000, 3_000)],
    ['progressive JPEG', jpeg(4_000, 3_000, 0xc2), size('image/jpeg', 4_000, 3_000)],
    ['GIF', gif(320, 200, [0, 0, 320, 200]), size('image/gif', 320, 200)],
    [
      'GIF whose pictures stand over its edge',
      gif(1, 1, [0, 0, 1, 1], [20_000, 5, 30_000, 60_000]),
      size('image/gif', 50_000, 60_005),
    ],
    ['lossy WebP', webp(lossy(640, 480)), size('image/webp', 640, 480)],
    ['lossless WebP', webp(lossless(16_384, 9)), size('image/webp', 16_384, 9)],
    ['WebP with a canvas', webp(canvas(70_000, 20), lossy(10, 10)), size('image/webp', 70_000, 20)],
    [
      'WebP whose picture is larger than its canvas',
      webp(canvas(1, 1), lossless(9_000, 8_000)),
      size('image/webp', 9_000, 8_000),
    ],
    ['moving WebP', webp(canvas(5, 5), frame(5, 5, lossless(7_000, 6_000))), size('image/webp', 7_000, 6_000)],
    ['AVIF', avif([800, 600]), size('image/avif', 800, 600)],
    ['AVIF of tiles', avif([512, 512], [20_000, 100]), size('image/avif', 20_000, 512)],
  ])('of %s tells its greatest size', (_, file, header) => {
    expect(pictureHeader(file)).toEqual(header);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['SVG', utf8('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')],
    ['an icon', concat(bytes(0, 0, 1, 0, 1, 0), filler)],
    ['a bitmap', concat(utf8('BM'), filler)],
    ['HTML', utf8('<!doctype html><p>not a picture at all</p>')],
    ['a PNG that does not begin with its header', concat(png(1, 1).slice(0, 12), utf8('IDAT'), filler)],
    ['a PNG of no width', png(0, 5)],
    ['a JPEG without a frame', concat(bytes(0xff, 0xd8, 0xff, 0xda), filler)],
    ['a JPEG that tells its height later', jpeg(100, 0)],
    ['a moving AVIF', concat(box('ftyp', utf8('avis'), u32be(0), utf8('avifavis')), box('meta', u32be(0)))],
    ['HEIC', concat(box('ftyp', utf8('heic'), u32be(0), utf8('mif1heic')), box('meta', u32be(0)))],
    ['an AVIF without a size', avif()],
    ['boxes that are longer than the file', concat(box('ftyp', utf8('avif'), u32be(0)), u32be(500), utf8('meta'))],
    ['boxes of no length', concat(box('ftyp', utf8('avif'), u32be(0)), u32be(4), utf8('free'), filler)],
  ])('of %s is none', (_, file) => {
    expect(pictureHeader(file)).toBeUndefined();
  });

  test('of an AVIF of a hundred thousand parts is none: nobody waits for the last of them', () => {
    const free = box('free');
    const parts = new Uint8Array(free.length * 100_000);
    for (let at = 0; at < parts.length; at += free.length) parts.set(free, at);
    expect(pictureHeader(concat(avif([800, 600]), parts.subarray(0, 8 * 90_000)))).toBeDefined();
    expect(pictureHeader(concat(avif([800, 600]), parts))).toBeUndefined();
  });

  const all = [png(9, 9), jpeg(9, 9), gif(9, 9, [0, 0, 9, 9]), webp(canvas(9, 9), lossy(9, 9)), avif([9, 9])];

  test('cut off anywhere, or damaged anywhere, is read or is none, and never throws', () => {
    for (const file of all)
      for (let length = 0; length < file.length; length += 1) pictureHeader(file.subarray(0, length));
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        (file, at, instead) => {
          const damaged = Uint8Array.from(file);
          damaged.set(instead, at % Math.max(1, file.length - instead.length));
          const header = pictureHeader(damaged);
          if (header) expect(header.width * header.height).toBeGreaterThan(0);
        },
      ),
      { numRuns: fuzzRuns(5_000) },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...all), (rest, file) => {
        pictureHeader(rest);
        pictureHeader(concat(file.slice(0, 16), rest));
      }),
      { numRuns: fuzzRuns(5_000) },
    );
  });

  test('lets 24 million pixels be shown and no more (F8, M10)', () => {
    expect(isModest(size('image/png', 6_000, 4_000))).toBe(true);
    expect(isModest(size('image/png', 6_001, 4_000))).toBe(false);
    expect(isModest(size('image/png', 2 ** 32 - 1, 2 ** 32 - 1))).toBe(false);
    expect(isModest(size('image/png', maxPicturePixels + 1, 1))).toBe(false);
  });
});
