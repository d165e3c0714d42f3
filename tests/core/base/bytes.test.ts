// Byte strings and their spellings: one byte string, one spelling.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concat,
  equalBytes,
  fromBase64url,
  fromHex,
  fromUtf8,
  toBase64url,
  toHex,
  u32be,
  utf8,
} from '../../../src/core/base/bytes.ts';

const bytes = fc.uint8Array({ maxLength: 200 });

describe('bytes', () => {
  it('come back from base64url as they went in, spelled as Node spells them', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(toBase64url(value)).toBe(Buffer.from(value).toString('base64url'));
        expect(fromBase64url(toBase64url(value))).toEqual(new Uint8Array(value));
      }),
    );
  });

  // Seen to fail with `bits === 0` replaced by true in fromBase64url: then 'AB' reads as 'AA' does.
  it('have exactly one base64url spelling', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,40}$/), (text) => {
        const read = fromBase64url(text);
        if (read) expect(toBase64url(read)).toBe(text);
        else expect(text.length % 4 === 1 || Buffer.from(text, 'base64url').toString('base64url') !== text).toBe(true);
      }),
    );
  });

  it.each(['=', 'AA==', 'A A', 'A+/A', 'A', 'AB', 'ä'])('refuse %j as base64url', (text) => {
    expect(fromBase64url(text)).toBeUndefined();
  });

  it('come back from hexadecimal as they went in', () => {
    fc.assert(
      fc.property(bytes, (value) => {
        expect(fromHex(toHex(value))).toEqual(new Uint8Array(value));
      }),
    );
    for (const text of ['0', 'AB', '0x', 'zz', ' 00']) expect(fromHex(text)).toBeUndefined();
  });

  it('come back from UTF-8 as the text they were, and never as a repaired text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fromUtf8(utf8(text))).toBe(text);
      }),
    );
    expect(fromUtf8(new Uint8Array([0xc0, 0x80]))).toBeUndefined();
    expect(fromUtf8(new Uint8Array([0xed, 0xa0, 0x80]))).toBeUndefined();
    expect(fromUtf8(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('\uFEFFa');
  });

  it('are joined in order, and are equal only when every byte is', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const whole = concat(a, b);
        expect(equalBytes(whole.subarray(0, a.length), a) && equalBytes(whole.subarray(a.length), b)).toBe(true);
        expect(equalBytes(a, b)).toBe(toHex(a) === toHex(b));
      }),
    );
  });

  it('hold 32-bit numbers big-endian', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), (value) => {
        expect(Buffer.from(u32be(value)).readUInt32BE()).toBe(value);
      }),
    );
  });
});
