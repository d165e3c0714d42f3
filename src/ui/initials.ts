// The letters that stand for a person without a picture. Pure.
import { languageTag } from './texts/text.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const isEmoji = (word: string): boolean => /^\p{Extended_Pictographic}|^\p{Regional_Indicator}/u.test(word);

/**
 * First letters of the first and the last word, at most two characters as people see them; of emoji one, and what stands in brackets, only where
 * there is nothing else.
 */
export function initials(name: string): string {
  const named = name.replace(/\([^()]*\)/gu, '').trim();
  const all = (named || name).split(/\s+/u).filter((word) => word !== '');
  const written = all.filter((word) => !isEmoji(word));
  const words = written.length > 0 ? written : all.slice(0, 1);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => {
    const [first] = graphemes.segment(word ?? '');
    return first?.segment ?? '';
  });
  return letters.join('').toLocaleUpperCase(languageTag()) || '?';
}
