// Which bytes of somebody else may be given to a decoder as a portrait.
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, toBase64url } from '../../../src/core/base/bytes.ts';
import { isPortrait, readPortrait } from '../../../src/core/media/portrait.ts';
import { maxPortraitBytes } from '../../../src/core/media/portrait-limits.ts';

/** The beginning of a JPEG file of that size, as ITU-T T.81 has it, and as many bytes as wanted. */
function jpeg(width: number, height: number, length = 400, frame = 0xc0): Bytes {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  const head = [0xff, 0xd8, 0xff, frame, 0, 17, 8, ...size, 3, 1, 34, 0, 2, 17, 1, 3, 17, 1, 0xff, 0xda, 0, 2];
  return concat(new Uint8Array(head), new Uint8Array(Math.max(0, length - head.length)));
}

const png = new Uint8Array(64);
png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 9, 0, 0, 0, 9]);

describe('portrait: bytes of somebody else (E.86)', () => {
  test.each([
    ['as we draw them', jpeg(192, 192), true],
    ['as large as can be', jpeg(256, 256, maxPortraitBytes), true],
    ['a progressive file', jpeg(192, 192, 400, 0xc2), true],
    ['a byte too long', jpeg(192, 192, maxPortraitBytes + 1), false],
    ['a pixel too wide', jpeg(257, 10), false],
    ['a pixel too high', jpeg(10, 257), false],
    ['a bomb: few bytes, many pixels', jpeg(65_535, 65_535), false],
    ['of no height, to be told later', jpeg(192, 0), false],
    ['another kind of picture', png, false],
    ['words', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), false],
    ['nothing', new Uint8Array(), false],
  ])('%s', (_what, bytes, is) => {
    expect(isPortrait(bytes)).toBe(is);
    expect(readPortrait(toBase64url(bytes))).toEqual(is ? bytes : undefined);
  });

  test('two frames count with the larger one', () => {
    const [small, bomb] = [jpeg(10, 10), jpeg(5_000, 5_000)];
    expect(isPortrait(concat(small.slice(0, 21), bomb.slice(2)))).toBe(false);
  });

  test.each(['', '!', 'A', 'AAAA '.repeat(4_000)])('text that is none: %j', (text) => {
    expect(readPortrait(text)).toBeUndefined();
  });
});
