// The 24 words (protocol C.2).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/core/bytes.ts';
import { entropyFromWords, wordsFromEntropy } from '../../src/core/recovery-words.ts';
import { deriveIdentityKeys } from '../../src/platform/identity-keys.ts';
import { hex } from '../support/test-identity.ts';
import vector from '../vectors/recovery-words.json' with { type: 'json' };

const words = vector.words.split(' ');

describe('recovery words', () => {
  it('give the key that the 3Bot apps give for them: the entropy is the Ed25519 seed', async () => {
    const read = entropyFromWords(vector.words);
    if ('refused' in read) throw new Error(read.refused);
    expect(toHex(read.entropy)).toBe(vector.entropy);
    expect(toHex((await deriveIdentityKeys(read.entropy)).ed25519Public)).toBe(vector.ed25519);
    expect(wordsFromEntropy(hex(vector.entropy))).toEqual(words);
  });

  it('come back as the entropy that they were made of', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (entropy) => {
        expect(entropyFromWords(wordsFromEntropy(entropy).join(' '))).toEqual({ entropy: new Uint8Array(entropy) });
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['capitals and line breaks', words.map((word) => word.toUpperCase()).join('\r\n')],
    ['numbers', words.map((word, i) => `${i + 1}. ${word}`).join('\n')],
    ['numbers in brackets', words.map((word, i) => `${i + 1}) ${word}`).join('  ')],
    ['commas', `  ${words.join(', ')} `],
    ['no-break spaces', words.join('\u00A0')],
  ])('are read with %s', (_, text) => {
    expect(entropyFromWords(text)).toEqual({ entropy: hex(vector.entropy) });
  });

  it('that are not 24 are refused as such', () => {
    for (const count of [0, 12, 23, 25]) {
      const text = Array.from({ length: count }, () => 'abandon').join(' ');
      expect(entropyFromWords(text)).toEqual({ refused: 'not-24-words' });
    }
    expect(entropyFromWords('abandon '.repeat(100_000))).toEqual({ refused: 'not-24-words' });
  });

  it('that are unknown are named with their place', () => {
    const text = words.with(2, 'abandom').with(5, 'wrong1word').join(' ');
    expect(entropyFromWords(words.with(2, 'abandom').join(' '))).toEqual({
      refused: 'unknown-word',
      word: 'abandom',
      position: 3,
    });
    expect(entropyFromWords(text)).toEqual({ refused: 'not-24-words' });
  });

  it('in the wrong order or with a wrong word fail the checksum', () => {
    expect(entropyFromWords(words.with(23, 'abandon').join(' '))).toEqual({ refused: 'bad-checksum' });
  });

  it('are made of 32 bytes only', () => {
    expect(() => wordsFromEntropy(new Uint8Array(16))).toThrow(RangeError);
  });
});
