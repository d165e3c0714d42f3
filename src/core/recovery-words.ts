// The 24 words that bring an identity back (protocol C.2). The rule of the 3Bot apps: the words are the entropy (BIP39), and the
// entropy itself is the Ed25519 seed; BIP39's PBKDF2 seed is not used. Knows no keys and no storage.
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Bytes } from './bytes.ts';

const wordCount = 24;
const maxTextLength = 4096;
const knownWords = new Set(wordlist);

type WordsRefusal = 'not-24-words' | 'unknown-word' | 'bad-checksum';

/** Words that are no identity. `word` and `position` (from 1) name the first unknown word. */
export interface RefusedWords {
  readonly refused: WordsRefusal;
  readonly word?: string;
  readonly position?: number;
}

/** The 24 English BIP39 words of 32 bytes. @throws RangeError for any other length. */
export function wordsFromEntropy(entropy32: Uint8Array): readonly string[] {
  if (entropy32.length !== 32) throw new RangeError('entropy must be 32 bytes');
  return entropyToMnemonic(entropy32, wordlist).split(' ');
}

/**
 * The 32 bytes that 24 words stand for. Case, line breaks, commas and numbering ("1. abandon") do not matter; the order and
 * the checksum (8 bits of SHA-256) do.
 */
export function entropyFromWords(text: string): { readonly entropy: Bytes } | RefusedWords {
  if (text.length > maxTextLength) return { refused: 'not-24-words' };
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[\s\d.,:;()#-]+/)
    .filter((word) => word !== '');
  if (words.length !== wordCount) return { refused: 'not-24-words' };
  const unknownAt = words.findIndex((word) => !knownWords.has(word));
  if (unknownAt >= 0) return { refused: 'unknown-word', word: words[unknownAt] ?? '', position: unknownAt + 1 };
  try {
    return { entropy: new Uint8Array(mnemonicToEntropy(words.join(' '), wordlist)) };
  } catch {
    return { refused: 'bad-checksum' };
  }
}
