// How much of somebody's Markdown is laid out: what is longer, denser or deeper than people write is shown as it was typed, because a few
// thousand signs can keep a page busy for seconds. Looks at the text and at its tokens, never at elements.
import type { MarkedToken, Token } from 'marked';

/** In UTF-16 units. */
export const longestMarkdown = 2_000;
/** Signs that may begin or end something, each with those of its kind. Code has many, and is cheap: it is not counted. */
const mostSigns: readonly [RegExp, number][] = [
  [/[*_]+/g, 160],
  [/~+/g, 60],
  [/`+/g, 160],
  [/[[\]]/g, 120],
  [/[<>]/g, 160],
  [/\|/g, 200],
  [/&/g, 120],
  [/\\/g, 200],
  [/https?:\/\/|www\.|@/gi, 60],
  // Lines that begin with a bullet, a number, a quote or a headline.
  [/^[ \t]*(?:[-*+>#=|]|\d+[.)])/gm, 120],
];
/** Deeper lists and quotes than this on one line. */
const tooDeep = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){10}/m;
const fenced = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1[ \t]*$/gm;

/** Tokens of one message, and how deep they lie in each other: about twice as many elements come of them at most. */
const mostTokens = 250;
const deepest = 12;

/** Whether a text may be parsed at all. */
export function isParsable(text: string): boolean {
  if (text.length > longestMarkdown || tooDeep.test(text)) return false;
  const prose = text.replace(fenced, '');
  return mostSigns.every(([sign, most]) => (prose.match(sign)?.length ?? 0) <= most);
}

/** Whether what was parsed may be laid out. */
export function isModestTree(tokens: readonly Token[]): boolean {
  let left = mostTokens;
  const walk = (level: readonly Token[], depth: number): boolean =>
    depth <= deepest &&
    level.every((token) => --left >= 0 && inside(token as MarkedToken).every((next) => walk(next, depth + 1)));
  return walk(tokens, 1);
}

function inside(token: MarkedToken): readonly (readonly Token[])[] {
  if (token.type === 'list') return [token.items];
  if (token.type === 'table')
    return [...token.header, ...token.rows.flat()].map((cell) => [
      { type: 'text', raw: '', text: '', tokens: cell.tokens },
    ]);
  return 'tokens' in token && token.tokens ? [token.tokens] : [];
}
