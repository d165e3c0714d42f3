// Names that people take for each other, and names that they do not (F6).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookalikeOf, looksAlike, nameSkeleton } from '../../../src/core/base/lookalike-name.ts';

describe('E.66 F6 names that look alike', () => {
  test.each([
    ['Mum', 'mum'],
    ['Mum', 'M U M'],
    ['Mum', 'Mum.'],
    ['Mum', '✓ Mum'],
    ['Mum', '“Mum”'],
    ['Mum', 'Мum'],
    ['Mum', 'ᴍᴜᴍ'],
    ['Mum', '𝓜𝓾𝓶'],
    ['Mum', 'Ｍｕｍ'],
    ['Mum', 'Ⓜⓤⓜ'],
    ['Mum', 'Múm'],
    ['Mum', 'M\u200Bum'],
    ['Mum', 'M\u00ADum'],
    ['Mum', '\u202EMum'],
    ['Mum', 'Mu\u0301\u0302m'],
    ['Alice', 'АӀісе'],
    ['Alice', 'AIice'],
    ['Alice', 'A1ice'],
    ['Alice', 'Al|ce'],
    ['Bob', 'Воb'],
    ['Bob', 'B0b'],
    ['Bob', 'Βοb'],
    ['Bernard', 'Bemard'],
    ['Will', 'VVill'],
    ['Straße', 'Strasse'],
    ['Zoë', 'Zoe'],
    ['Иван', 'ИВАН'],
    ['Иван', 'И в а н'],
    ['🦊', '🦊 '],
  ])('%s and %s', (one, other) => {
    expect(looksAlike(one, other)).toBe(true);
    expect(looksAlike(other, one)).toBe(true);
  });

  test.each([
    ['Mum', 'Mo'],
    ['Alice', 'Alicia'],
    ['Bob', 'Rob'],
    ['Anna', 'Hanna'],
    ['Иван', 'Игорь'],
    ['王芳', '王伟'],
    ['🦊', '🐻'],
    ['', ''],
    [' ', '\u200B'],
  ])('but not %s and %s', (one, other) => {
    expect(looksAlike(one, other)).toBe(false);
  });

  test('what is left of a name does not change when it is taken again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        expect(looksAlike(name, name)).toBe(nameSkeleton(name) !== '');
      }),
    );
  });
});

describe('E.66 F6 whom somebody could be taken for', () => {
  const names = {
    self: ['Alice', 'You'],
    contacts: [
      { id: 'bob', name: 'Bob' },
      { id: 'mum', name: 'Mum' },
    ],
    participants: [
      { id: 'bob', name: 'Bob' },
      { id: 'wire', name: 'Wire' },
    ],
  };

  test.each([
    ['AIice', { of: 'self' }],
    ['you', { of: 'self' }],
    ['Mum', { of: 'contact', name: 'Mum' }],
    ['B0B', { of: 'contact', name: 'Bob' }],
    ['wire', { of: 'participant', name: 'Wire' }],
    ['Police', undefined],
  ])('%s', (name, expected) => {
    expect(lookalikeOf({ id: 'stranger', name }, names)).toEqual(expected);
  });

  test('nobody is taken for themselves', () => {
    expect(lookalikeOf({ id: 'wire', name: 'Wire' }, names)).toBeUndefined();
  });
});
