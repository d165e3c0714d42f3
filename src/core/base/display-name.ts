// A person's name as others may see it (docs/hostile-cases.md#e14). The raw text is hostile: it comes from links and invites.
// Knows nothing of views; what it returns is plain text and must still be shown as text, never as HTML.
import { utf8 } from './bytes.ts';
import { settled, withoutLooseJoiners } from './visible-text.ts';

const maxCodePoints = 64;
const maxBytesInLink = 64;
const maxMarksInARow = 3;
/** Longer raw names are cut before any work is done on them, in UTF-16 units. */
const maxRawLength = 4096;

/** Line and paragraph breaks, tabs, every kind of space, and the braille blank, which looks like one. */
const blanks = /[\p{Z}\t\n\v\f\r\u0085\u2800]+/gu;
/**
 * Controls, format characters (bidi, zero width, tags), lone surrogates, private use, and invisible letters; variation selectors are
 * marks, and joiners have rules of their own.
 */
const invisible = /(?![\u{FE00}-\u{FE0F}\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const tooManyMarks = new RegExp(`(\\p{M}{${maxMarksInARow}})\\p{M}+`, 'gu');

/**
 * Makes a name safe to show: NFC, one line, no bidi, zero-width or control characters but the joiners that letters and emoji need, at most
 * three combining marks in a row, at most 64 code points, no blanks at the ends. Cleaning twice changes nothing. @returns '' when nothing is
 * left.
 */
export function cleanDisplayName(raw: string): string {
  return settled(raw.slice(0, maxRawLength), cleanOnce);
}

function cleanOnce(text: string): string {
  const visible = withoutLooseJoiners(text.replace(blanks, ' ').replace(invisible, '')).normalize('NFC');
  const calm = visible
    .replace(tooManyMarks, '$1')
    .replace(/ {2,}/g, ' ')
    .replace(/^[ \p{M}]+/u, '');
  return Array.from(calm).slice(0, maxCodePoints).join('').trimEnd();
}

/** A cleaned name cut to the 64 UTF-8 bytes that a contact link holds (docs/protocol.md#contact-link), never inside a code point. */
export function displayNameForLink(raw: string): string {
  let kept = '';
  let length = 0;
  for (const character of cleanDisplayName(raw)) {
    length += utf8(character).length;
    if (length > maxBytesInLink) break;
    kept += character;
  }
  // A joiner whose other side was cut away joins nothing.
  return cleanDisplayName(kept);
}
