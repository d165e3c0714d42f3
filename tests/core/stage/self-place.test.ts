// Where the own picture goes when it is moved.
import { expect, test } from 'vitest';
import { cornerAt, firstCorner, movedCorner, nextCorner } from '../../../src/core/stage/self-place.ts';

test('a key takes it to the corner in its direction, and no further', () => {
  expect(movedCorner('bottom-right', 'left')).toBe('bottom-left');
  expect(movedCorner('bottom-left', 'up')).toBe('top-left');
  expect(movedCorner('top-left', 'up')).toBe('top-left');
  expect(movedCorner('top-left', 'right')).toBe('top-right');
  expect(movedCorner('top-right', 'down')).toBe('bottom-right');
});

test('a click takes it round: four bring it back', () => {
  const seen = new Set([firstCorner]);
  let corner = firstCorner;
  for (let clicks = 0; clicks < 4; clicks += 1) {
    corner = nextCorner(corner);
    seen.add(corner);
  }
  expect([corner, seen.size]).toEqual([firstCorner, 4]);
});

test('let go of, it is in the nearest corner', () => {
  expect(cornerAt(0.1, 0.2)).toBe('top-left');
  expect(cornerAt(0.9, 0.4)).toBe('top-right');
  expect(cornerAt(0.4, 0.9)).toBe('bottom-left');
  expect(cornerAt(0.51, 0.51)).toBe('bottom-right');
});
