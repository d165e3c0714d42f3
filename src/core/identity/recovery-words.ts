// The 24 words that bring an identity back (docs/protocol.md#identity). The rule of the 3Bot apps: the words are the entropy (BIP39), and
// the entropy itself is the Ed25519 seed; BIP39's PBKDF2 seed is not used. Knows no keys and no storage.
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Bytes } from '../base/bytes.ts';

const wordCount = 24;
/** More than any list of 24 words is long, with whatever stands around them. */
const maxTextLength = 100_000;
const knownWords = new Set(wordlist);

type WordsRefusal = 'not-24-words' | 'unknown-word' | 'bad-checksum';

/** Words that are no identity. `count`: how many there are; `word` and `position` (from 1) name the first unknown one. */
export interface RefusedWords {
  readonly refused: WordsRefusal;
  readonly count?: number;
  readonly word?: string;
  readonly position?: number;
}

/** The 24 English BIP39 words of 32 bytes. @throws RangeError for any other length. */
export function wordsFromEntropy(entropy32: Uint8Array): readonly string[] {
  if (entropy32.length !== 32) throw new RangeError('entropy must be 32 bytes');
  return entropyToMnemonic(entropy32, wordlist).split(' ');
}

/**
 * The words in a text: whatever is no letter separates them, be it line breaks, numbering, bullets, quotes or brackets. Capitals and
 * accents count for nothing, those of a Turkish keyboard neither.
 */
export function wordsIn(text: string): readonly string[] {
  const plain = text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '').replaceAll('ı', 'i');
  // A letter alone is a bullet or a ticked box: no word of the list is so short.
  const wordsOf = (one: string): readonly string[] => one.match(/\p{L}{2,}/gu) ?? [];
  const distance = ({ length }: readonly string[]): number => Math.abs(length - wordCount);
  // Programs put invisible signs into words, where they mean nothing, and sometimes between them.
  const joined = wordsOf(plain.replaceAll(/\p{Cf}/gu, ''));
  const parted = wordsOf(plain);
  return distance(parted) < distance(joined) ? parted : joined;
}

/**
 * The 32 bytes that 24 words stand for. What they are written with does not matter (see wordsIn); the order and the checksum
 * (8 bits of SHA-256) do.
 */
export function entropyFromWords(text: string): { readonly entropy: Bytes } | RefusedWords {
  const words = wordsIn(text.slice(0, maxTextLength));
  if (words.length !== wordCount || text.length > maxTextLength)
    return { refused: 'not-24-words', count: words.length };
  const unknownAt = words.findIndex((word) => !knownWords.has(word));
  if (unknownAt >= 0) return { refused: 'unknown-word', word: words[unknownAt] ?? '', position: unknownAt + 1 };
  try {
    return { entropy: new Uint8Array(mnemonicToEntropy(words.join(' '), wordlist)) };
  } catch {
    return { refused: 'bad-checksum' };
  }
}
