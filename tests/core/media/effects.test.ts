// Which effect there is, by which way, and what is drawn of a frame.
import { describe, expect, test } from 'vitest';
import {
  type Background,
  backgrounds,
  colorParts,
  coveringPart,
  frameLook,
  longestMaskMs,
  noiseWay,
  type PictureEffectState,
  pictureWay,
} from '../../../src/core/media/effects.ts';

const able = { nativeBlur: false, canDraw: true, isTooSlow: false };

describe('backgrounds: the way', () => {
  test.each([
    ['none', { ...able, nativeBlur: true }, 'none'],
    ['none', { ...able, canDraw: false, isTooSlow: true }, 'none'],
    ['blur', able, 'own'],
    ['blur', { ...able, nativeBlur: true }, 'native'],
    ['blur-light', { ...able, nativeBlur: true }, 'native'],
    ['picture', { ...able, nativeBlur: true }, 'own'],
    ['color', { ...able, nativeBlur: true, canDraw: false }, 'impossible'],
    ['blur', { nativeBlur: true, canDraw: false, isTooSlow: true }, 'native'],
    ['blur', { ...able, isTooSlow: true }, 'slow'],
    ['picture', { ...able, canDraw: false, isTooSlow: true }, 'impossible'],
  ] as const)('%s with %o is %s', (background, abilities, way) => {
    expect(pictureWay(background, abilities)).toBe(way);
  });
});

describe('backgrounds: a frame', () => {
  const states: readonly PictureEffectState[] = ['off', 'starting', 'on', 'reduced', 'slow', 'impossible', 'stopped'];
  const behind = backgrounds.filter((one): one is Exclude<Background, 'none'> => one !== 'none');

  // Seen to fail with a mask of any age taken.
  test.each(behind)('%s never shows the bare room, whatever the state and the age of the mask', (background) => {
    for (const state of states)
      for (const age of [undefined, 0, longestMaskMs, longestMaskMs + 1]) {
        const look = frameLook(background, state, age);
        expect(look).not.toBe('bare');
        if (age === undefined || age > longestMaskMs) expect(look).toBe('veiled');
      }
  });

  test('is blurred as a whole once it was too slow or went wrong, though there is a mask', () => {
    expect((['slow', 'impossible', 'stopped'] as const).map((state) => frameLook('blur', state, 0))).toEqual([
      'veiled',
      'veiled',
      'veiled',
    ]);
    expect(frameLook('blur', 'reduced', 0)).toBe('composed');
  });

  test('is the room itself only when that is wanted', () => {
    expect(states.map((state) => frameLook('none', state, undefined))).toEqual(states.map(() => 'bare'));
  });
});

describe('noise: the way', () => {
  test.each([
    [false, { isolatesVoice: true, canSuppress: true }, 'browser'],
    [true, { isolatesVoice: true, canSuppress: true }, 'device'],
    [true, { isolatesVoice: false, canSuppress: true }, 'own'],
    [true, { isolatesVoice: false, canSuppress: false }, 'browser'],
  ] as const)('wanted %s with %o is %s', (wanted, abilities, way) => {
    expect(noiseWay(wanted, abilities)).toBe(way);
  });
});

test('backgrounds: a colour is read, and of what is none a grey comes', () => {
  expect(colorParts('#ff8000')).toEqual([1, 128 / 255, 0]);
  const grey = colorParts('#5f6b7a');
  expect([colorParts(''), colorParts('red'), colorParts('#12345'), colorParts('url(x)')]).toEqual([
    grey,
    grey,
    grey,
    grey,
  ]);
});

test('backgrounds: a picture covers a frame of any shape without being stretched', () => {
  expect(coveringPart({ width: 1280, height: 720 }, { width: 640, height: 360 })).toEqual({
    x: 0,
    y: 0,
    width: 1,
    height: 1,
  });
  expect(coveringPart({ width: 400, height: 100 }, { width: 100, height: 100 })).toEqual({
    x: 0.375,
    y: 0,
    width: 0.25,
    height: 1,
  });
  expect(coveringPart({ width: 100, height: 400 }, { width: 100, height: 100 })).toEqual({
    x: 0,
    y: 0.375,
    width: 1,
    height: 0.25,
  });
});
