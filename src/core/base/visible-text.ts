// What of a text from somebody else can be seen: signs that turn the order of what follows, signs that show nothing, and joiners, which show
// nothing either and yet are letters' business in many scripts. Shared by names, file names and messages.

/** Bidi embeddings, overrides and isolates (UAX #9): what they turn may be far away from them. Marks of direction (LRM, RLM, ALM) turn nothing. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/** Whatever leaves no ink by itself: controls, format signs, blanks of every kind, marks, fillers, private use, the null notehead. */
const inkless = /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]/gu;

/** Without the signs that turn text around them. */
export function withoutTurns(text: string): string {
  return text.replace(turning, '');
}

/** Whether anybody would see that there is a text. */
export function isVisible(text: string): boolean {
  return text.replace(inkless, '') !== '';
}

/** Scripts in which a joiner between two letters chooses their shapes. */
const joiningScripts = [
  'Arabic',
  'Syriac',
  'Mongolian',
  'Nko',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Myanmar',
  'Tibetan',
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');
const joined = `(?<=[${joiningScripts}])[\\u200C\\u200D](?=[${joiningScripts}])`;
const emojiJoined = '(?<=\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?)\\u200D(?=\\p{Extended_Pictographic})';
const joiners = new RegExp(`(?<kept>${joined}|${emojiJoined})|[\\u200C\\u200D]`, 'gu');

/** Joiners stay where they shape letters (Persian, Sinhala, …) or make one emoji of several; anywhere else they only hide. */
export function withoutLooseJoiners(text: string): string {
  return text.replace(joiners, (sign, kept: string | undefined) => (kept === undefined ? '' : sign));
}

/** Cleans again and again until nothing changes: what one step takes away may bring together what another one minds. */
export function settled(text: string, clean: (text: string) => string): string {
  let now = text;
  for (let before: string | undefined; before !== now; ) {
    before = now;
    now = clean(now);
  }
  return now;
}
