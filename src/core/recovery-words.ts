// The 24 words that are the identity (BIP39). The 3Bot rule: the words' 32 bytes of entropy themselves are the Ed25519 seed.
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import type { Bytes } from './bytes.ts';

const known = new Set(wordlist);

/** 24 English words for 32 bytes of entropy. */
export function wordsFromEntropy(entropy: Bytes): readonly string[] {
  return entropyToMnemonic(entropy, wordlist).split(' ');
}

export type WordsRefusal =
  | { readonly refused: 'not-24-words'; readonly count: number }
  | { readonly refused: 'unknown-word'; readonly word: string; readonly position: number }
  | { readonly refused: 'bad-checksum' };

/** Reads 24 words as a person wrote them: any case, spaces, lines, commas or numbering. `position` counts from 1. */
export function entropyFromWords(text: string): { readonly entropy: Bytes } | WordsRefusal {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^\d+[.):]?/, ''))
    .filter((word) => word !== '');
  for (const [index, word] of words.entries()) if (!known.has(word)) return { refused: 'unknown-word', word, position: index + 1 };
  if (words.length !== 24) return { refused: 'not-24-words', count: words.length };
  try {
    return { entropy: new Uint8Array(mnemonicToEntropy(words.join(' '), wordlist)) };
  } catch {
    return { refused: 'bad-checksum' };
  }
}
