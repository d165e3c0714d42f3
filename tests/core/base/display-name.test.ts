// Names that others chose (docs/hostile-cases.md#e14).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import { cleanDisplayName, displayNameForLink } from '../../../src/core/base/display-name.ts';
import { cleanFileName } from '../../../src/core/base/file-name.ts';

describe('a display name', () => {
  it.each([
    ['Zoë  Müller ', 'Zoë Müller'],
    ['Zoe\u0308', 'Zoë'],
    ['line\r\nbreak\u2028here\tand there', 'line break here and there'],
    ['李小龍', '李小龍'],
    ['Anna ❤️', 'Anna ❤️'],
    ['हिन्दी', 'हिन्दी'],
    ['   ', ''],
    ['', ''],
  ])('reads %j as %j', (raw, clean) => {
    expect(cleanDisplayName(raw)).toBe(clean);
  });

  // Seen to fail with \p{Cf} or \p{Default_Ignorable_Code_Point} taken out of `invisible`.
  it('loses right-to-left overrides, zero-width characters and invisible letters (E.14)', () => {
    expect(cleanDisplayName('Bob\u202Efdp.exe\u2066\u200E\u061C\uFFF9')).toBe('Bobfdp.exe');
    expect(cleanDisplayName('A\u200Bl\u200Di\uFEFFc\u00ADe\u2060')).toBe('Alice');
    expect(cleanDisplayName('\u3164\u115F\u1160\uFFA0\u034F\u{E0041}')).toBe('');
  });

  // Seen to fail with every joiner taken out, and with every joiner kept.
  it.each([
    ['a family', '👨\u200D👩\u200D👧'],
    ['a heart on fire', '❤️\u200D🔥'],
    ['an astronaut with a skin tone', '👩🏽\u200D🚀'],
    ['Persian', 'نگار می\u200Cخواهم'],
    ['Sinhala', 'ශ්\u200Dරී ලංකා'],
    ['Malayalam', 'അവന്\u200D'.concat('റെ')],
  ])('keeps the joiners of %s', (_, name) => {
    expect(cleanDisplayName(name)).toBe(name.normalize('NFC'));
    expect(cleanFileName(`${name}.txt`)).toBe(`${name.normalize('NFC')}.txt`);
  });

  it('loses joiners that join nothing', () => {
    expect(cleanDisplayName('Al\u200Cice\u200D \u200D👩\u200D م\u200C\u200Cن \u200Cن')).toBe('Alice 👩 من ن');
    expect(displayNameForLink(`${'م\u200C'.repeat(40)}م`)).not.toMatch(/\u200C$/);
  });

  it('loses control characters and lone surrogates', () => {
    expect(cleanDisplayName('a\u0000b\u001B[31mc\u009Bd\uD800e')).toBe('ab[31mcde');
  });

  // Seen to fail with the replacement of tooManyMarks taken out.
  it('keeps three of 10 000 combining marks, and none without a letter (E.14)', () => {
    expect(cleanDisplayName(`Z${'\u0335'.repeat(10_000)}o`.slice(0, 4000).concat('e'))).toBe('Z\u0335\u0335\u0335e');
    expect(cleanDisplayName(`x${'\u0335'.repeat(10_000)}`)).toBe('x\u0335\u0335\u0335');
    expect(cleanDisplayName('\u0335\u0335 Bob')).toBe('Bob');
  });

  it('keeps HTML as the text that it is: views show names as text (E.14)', () => {
    expect(cleanDisplayName('<img src=x onerror=alert(1)>')).toBe('<img src=x onerror=alert(1)>');
  });

  it('has at most 64 code points, counted in whole characters', () => {
    expect([...cleanDisplayName('😀'.repeat(100))]).toHaveLength(64);
  });

  it('has at most 64 bytes in a link, never ending inside a character', () => {
    expect(displayNameForLink('😀'.repeat(100))).toBe('😀'.repeat(16));
    expect(displayNameForLink('Zoë')).toBe('Zoë');
  });

  it('changes nothing when cleaned again, whatever it was', () => {
    const raw = fc.string({
      unit: fc.oneof(
        fc.constantFrom(
          ' ',
          '\n',
          '\u0335',
          '\u0301',
          '\u202E',
          '\u200D',
          '\u200C',
          'م',
          '👩',
          '\uFE0F',
          '\u1100',
          '\u1161',
          'a',
          '\uD800',
        ),
        fc.nat(0x10ffff).map((code) => String.fromCodePoint(code)),
      ),
      maxLength: 100,
    });
    fc.assert(
      fc.property(raw, (text) => {
        const once = cleanDisplayName(text);
        expect(cleanDisplayName(once)).toBe(once);
        expect(cleanDisplayName(displayNameForLink(text))).toBe(displayNameForLink(text));
        expect([...once].length).toBeLessThanOrEqual(64);
        expect(utf8(displayNameForLink(text)).length).toBeLessThanOrEqual(64);
        expect(once.replace(/[\u200C\u200D]/g, '')).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\p{M}{4}|^ | $| {2}/u,
        );
      }),
      { numRuns: 2000 },
    );
  });
});
