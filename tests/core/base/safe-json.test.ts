// JSON from strangers (docs/hostile-cases.md#e13).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSmallJson } from '../../../src/core/base/safe-json.ts';

describe('small JSON', () => {
  it('is read as JSON.parse reads it', () => {
    const value = { v: 1, t: 'invite', deep: [{ a: [true, null, -1.5e3, 'ä"\\\n'] }], '': '' };
    expect(parseSmallJson(JSON.stringify(value))).toEqual(value);
    expect(parseSmallJson(' [ 1 , 2 ] ')).toEqual([1, 2]);
    expect(parseSmallJson('{"a":{"x":1},"b":{"x":1}}')).toEqual({ a: { x: 1 }, b: { x: 1 } });
  });

  // Seen to fail with each of these taken out: depth, tokens, isNewKey, forbiddenKeys, isFinite, forbiddenCharacters of texts and of keys.
  it.each([
    ['depth 5', '[[[[[]]]]]'],
    ['depth 5 in objects', '{"a":{"a":{"a":{"a":{}}}}}'],
    ['depth 10 000', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['5000 values', `[${'1,'.repeat(4999)}1]`],
    ['a doubled key', '{"a":1,"a":2}'],
    ['a key doubled by an escape', '{"a":1,"\\u0061":2}'],
    ['a key doubled after a nested object', '{"a":{"b":1},"a":2}'],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['__proto__ in escapes', '{"\\u005f_proto__":{"admin":true}}'],
    ['constructor', '{"constructor":{"prototype":{"admin":true}}}'],
    ['prototype', '{"prototype":1}'],
    ['a number beyond all numbers', '{"n":1e999}'],
    ['the same, negative, deep inside', '[[[-1e999]]]'],
    ['a lone surrogate', '{"s":"\uD800"}'],
    ['a lone surrogate in escapes', '{"s":"\\ud800"}'],
    ['a lone surrogate in a key', '{"\\udc00":1}'],
    ['NUL', '{"s":"\u0000"}'],
    ['NUL in escapes', '{"s":"a\\u0000b"}'],
    ['a byte order mark in front', '\uFEFF{}'],
    ['a byte order mark in escapes', '["\\ufeff"]'],
    ['nothing', ''],
    ['an open string', '{"a":"'],
    ['an open string ending in a backslash', '"\\'],
    ['two values', '{}{}'],
    ['a trailing comma', '[1,]'],
    ['a comment', '{/**/}'],
    ['more closed than opened', ']]]]'],
    ['a text above 64 Ki characters', `"${'a'.repeat(70_000)}"`],
  ])('refuses %s (E.13)', (_, text) => {
    expect(parseSmallJson(text)).toBeUndefined();
  });

  it('does not mistake signs inside strings for structure', () => {
    const text = JSON.stringify({ sdp: '[{[{[{[{,:,:"\\"'.repeat(500) });
    expect(parseSmallJson(text)).toEqual(JSON.parse(text));
  });

  it('pollutes no prototype whatever is tried (E.13)', () => {
    for (const key of ['__proto__', 'constructor', '\\u005f\\u005fproto__'])
      parseSmallJson(`{"${key}":{"polluted":true,"prototype":{"polluted":true}}}`);
    expect('polluted' in {}).toBe(false);
  });

  it('agrees with JSON.parse on every small value that an honest sender could write', () => {
    const key = fc.string({ maxLength: 8 }).filter((text) => !/^(__proto__|constructor|prototype)$/.test(text));
    const clean = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !/[\0\uFEFF]/.test(text));
    const leaf = fc.oneof(clean, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
    const value = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)));
    fc.assert(
      fc.property(value, (one) => {
        const text = JSON.stringify(one);
        expect(parseSmallJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws on any text, and reads nothing that JSON.parse would not', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', 'u', '0', 'a', ' ', 'e', '9') }),
    );
    fc.assert(
      fc.property(text, (one) => {
        if (parseSmallJson(one) !== undefined) expect(() => JSON.parse(one)).not.toThrow();
      }),
      { numRuns: 5000 },
    );
  });
});
