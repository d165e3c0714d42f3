// Names and addresses inside of sentences that run the other way: without a fence of their own an Arabic name turns the words and signs
// around it, and an address in a Hebrew sentence falls apart. Pure.

const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const letter = /\p{L}/u;

/** U+2068, first strong isolate, and U+2069, its end. Names hold neither: they are taken out where a name comes in. */
const fence = (value: string): string => `\u2068${value}\u2069`;

/** What goes into a sentence of this direction: as it is, or fenced where any letter of it runs the other way. */
export function isolated(value: string, direction: 'ltr' | 'rtl'): string {
  const runsOtherWay =
    direction === 'ltr'
      ? rightToLeft.test(value)
      : [...value].some((sign) => letter.test(sign) && !rightToLeft.test(sign));
  return runsOtherWay && !value.startsWith('\u2068') ? fence(value) : value;
}
