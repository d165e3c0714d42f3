// The 24 words (docs/protocol.md#identity).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/core/base/bytes.ts';
import { entropyFromWords, wordsFromEntropy } from '../../../src/core/identity/recovery-words.ts';
import { deriveIdentityKeys } from '../../../src/platform/crypto/identity-keys.ts';
import { hex } from '../../support/samples/test-identity.ts';
import vector from '../../vectors/recovery-words.json' with { type: 'json' };

const words = vector.words.split(' ');
/** Words of all kinds, for the forms in which they are written. */
const sample = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) & 255);
const sampleWords = wordsFromEntropy(sample);

/** Fault 9: the words as people and programs write them down. */
const forms = (list: readonly string[]): [string, string][] => [
  ...['•', '*', '–', '—', '-', '[ ]', '[x]', '☐', '>', '|', '◦', '·', '+'].map((bullet): [string, string] => [
    `the bullet ${bullet}`,
    list.map((word) => `${bullet} ${word}`).join('\n'),
  ]),
  ...[' / ', ' · ', ' | ', ' → ', '_', '+', '\t', '\u2028', ' & '].map((between): [string, string] => [
    `${JSON.stringify(between)} between them`,
    list.join(between),
  ]),
  ['straight quotes', list.map((word) => `"${word}"`).join(' ')],
  ['curly quotes', list.map((word) => `“${word}”`).join(', ')],
  ['guillemets', list.map((word) => `«${word}»`).join(' ')],
  ['backquotes', list.map((word) => `\`${word}\``).join(' ')],
  ['JSON around them', JSON.stringify(list)],
  ['JSON with numbers', JSON.stringify(Object.fromEntries(list.map((word, i) => [i + 1, word])), null, 2)],
  ['a Markdown table', list.map((word, i) => `| ${i + 1} | ${word} |`).join('\n')],
  ['circled numbers', list.map((word, i) => `${String.fromCodePoint(0x2460 + (i % 20))} ${word}`).join(' ')],
  ['zero-width spaces inside', list.map((word) => `${word.slice(0, 2)}\u200B${word.slice(2)}`).join(' ')],
  ['zero-width spaces between', list.join('\u200B')],
  ['soft hyphens inside', list.map((word) => `${word.slice(0, 2)}\u00AD${word.slice(2)}`).join(' ')],
  ['a byte order mark', `\uFEFF${list.join(' ')}`],
  ['Turkish capitals', list.map((word) => word.toLocaleUpperCase('tr')).join(' ')],
  ['Turkish small letters', list.map((word) => word.toUpperCase().toLocaleLowerCase('tr')).join(' ')],
  [
    'fullwidth letters',
    list.map((word) => word.replaceAll(/[a-z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))).join(' '),
  ],
];

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

  // Seen to fail for two thirds of them when only blanks, digits and a few signs separated.
  it.each(forms(sampleWords))('are read with %s (fault 9)', (_, text) => {
    expect(entropyFromWords(text)).toEqual({ entropy: sample });
  });

  it('that are not 24 are refused as such', () => {
    for (const count of [0, 12, 23, 25]) {
      const text = Array.from({ length: count }, () => 'abandon').join(' ');
      expect(entropyFromWords(text)).toEqual({ refused: 'not-24-words', count });
    }
    expect(entropyFromWords('abandon '.repeat(100_000))).toMatchObject({ refused: 'not-24-words' });
  });

  it.each(forms(sampleWords.slice(1)))('that are one too few are counted rightly with %s (fault 9)', (_, text) => {
    expect(entropyFromWords(text)).toEqual({ refused: 'not-24-words', count: 23 });
  });

  it('are read whatever stands between them, as long as it is no letter (fault 9)', () => {
    const separator = fc
      .stringMatching(/^[^\p{L}\p{M}\p{Cf}]{1,4}$/u)
      .filter((one) => !/[\p{L}\p{M}]/u.test(one.normalize('NFKD')));
    fc.assert(
      fc.property(fc.array(separator, { minLength: 25, maxLength: 25 }), (separators) => {
        const text = words.map((word, i) => `${separators[i]}${word}`).join('') + separators[24];
        expect(entropyFromWords(text)).toEqual({ entropy: hex(vector.entropy) });
      }),
      { numRuns: 200 },
    );
  });

  it('that are unknown are named with their place', () => {
    const text = words.with(2, 'abandom').with(5, 'wrong1word').join(' ');
    expect(entropyFromWords(words.with(2, 'abandom').join(' '))).toEqual({
      refused: 'unknown-word',
      word: 'abandom',
      position: 3,
    });
    expect(entropyFromWords(text)).toEqual({ refused: 'not-24-words', count: 25 });
  });

  it('in the wrong order or with a wrong word fail the checksum', () => {
    expect(entropyFromWords(words.with(23, 'abandon').join(' '))).toEqual({ refused: 'bad-checksum' });
  });

  it('are made of 32 bytes only', () => {
    expect(() => wordsFromEntropy(new Uint8Array(16))).toThrow(RangeError);
  });
});
