// The letters that stand for a person without a picture. Pure.

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First letters of the first and the last word, at most two characters as people see them. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => {
    const [first] = graphemes.segment(word ?? '');
    return first?.segment ?? '';
  });
  return letters.join('').toLocaleUpperCase() || '?';
}
