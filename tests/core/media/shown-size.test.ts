// How large people say that they show each other: in steps, never more than they show.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenSize, isHidden, isSameSize, linesOf, saidSize, settleMs } from '../../../src/core/media/shown-size.ts';

const side = fc.integer({ min: 1, max: 8_192 });
const shown = fc.record({ width: side, height: side });
const pixels = ({ width, height }: { width: number; height: number }) => width * height;

describe('the size that is said', () => {
  it.each([
    [
      { width: 1280, height: 720 },
      { width: 1280, height: 720 },
    ],
    [
      { width: 426, height: 240 },
      { width: 403, height: 227 },
    ],
    [
      { width: 430, height: 242 },
      { width: 403, height: 227 },
    ],
    [{ width: 0, height: 720 }, hiddenSize],
  ])('of %j is %j', (size, said) => {
    expect(saidSize(size)).toEqual(said);
  });

  it('is whole, has no more pixels than are shown, and not much fewer', () => {
    fc.assert(
      fc.property(shown, (size) => {
        const said = saidSize(size);
        expect(Number.isInteger(said.width) && Number.isInteger(said.height)).toBe(true);
        // Strips of a few pixels and specks are rounded, or raised to the least.
        fc.pre(Math.min(said.width, said.height) >= 40 && linesOf(size) >= 45);
        expect(pixels(said)).toBeLessThanOrEqual(pixels(size) * 1.03);
        expect(pixels(said)).toBeGreaterThanOrEqual(pixels(size) * 0.75);
      }),
    );
  });

  it('is the same when it is said again', () => {
    fc.assert(
      fc.property(shown, (size) => {
        fc.pre(Math.min(size.width, size.height) >= 100);
        const said = saidSize(size);
        expect(isSameSize(saidSize(said), said)).toBe(true);
        expect(isHidden(said)).toBe(false);
      }),
    );
  });
});

describe('a change of size', () => {
  const small = saidSize({ width: 320, height: 180 });
  const large = saidSize({ width: 1280, height: 720 });

  it('is none within a step, and between shapes of as many pixels', () => {
    expect(isSameSize(saidSize({ width: 425, height: 239 }), saidSize({ width: 440, height: 247 }))).toBe(true);
    expect(isSameSize({ width: 320, height: 180 }, { width: 180, height: 320 })).toBe(true);
    expect(isSameSize(small, large)).toBe(false);
    expect(isSameSize(small, hiddenSize)).toBe(false);
    expect(isSameSize(hiddenSize, hiddenSize)).toBe(true);
  });

  it('is said at once where somebody comes into view, soon where they grow, and after a while where they shrink or go', () => {
    expect(settleMs(undefined, small)).toBe(0);
    expect(settleMs(hiddenSize, small)).toBe(0);
    expect(settleMs(small, large)).toBe(150);
    expect(settleMs(large, small)).toBe(800);
    expect(settleMs(large, hiddenSize)).toBe(800);
  });
});
