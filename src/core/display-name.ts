// Names that other people chose for themselves: shown as text, never trusted (protocol E.14).

const maxCodePoints = 64;
const maxMarksInARow = 3;
/** Controls, bidi overrides and isolates, zero-width and other invisible characters. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u115F\u1160\u3164\uFFA0]/gu;

/** A name that cannot play tricks: one line, no invisible or direction-changing characters, few combining marks, at most 64 code points. May be ''. */
export function cleanDisplayName(raw: string): string {
  const text = raw
    .toWellFormed()
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(invisible, '')
    .replace(/ +/g, ' ');
  let marks = 0;
  const kept: string[] = [];
  for (const character of text.trim()) {
    marks = /\p{M}/u.test(character) ? marks + 1 : 0;
    if (marks <= maxMarksInARow) kept.push(character);
    if (kept.length === maxCodePoints) break;
  }
  return kept.join('').trim();
}
