// JSON from strangers (docs/hostile-cases.md#e13): small, shallow, without tricks. Knows no schema; whatever passes still has to match one.

/** How much text is looked at: its length in UTF-16 units, and its structural signs. */
interface JsonBounds {
  readonly maxLength: number;
  readonly maxTokens: number;
}

const messageBounds: JsonBounds = { maxLength: 65_536, maxTokens: 4096 };
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
/** NUL, the byte order mark, and surrogates without their other half; JSON.parse itself refuses the first two outside strings. */
const forbiddenCharacters = /[\0\uFEFF\p{Surrogate}]/u;

/**
 * Parses a small JSON text (RFC 8259). Refuses what JSON.parse lets through but no honest sender writes: nesting deeper than
 * `maxDepth`, more structural signs than `bounds` allow (4096 unless given), duplicate keys, keys that reach prototypes, numbers
 * beyond the finite, NUL, byte order marks and lone surrogates, raw or escaped. @returns the value, or undefined; never throws.
 */
export function parseSmallJson(text: string, maxDepth = 4, bounds = messageBounds): unknown | undefined {
  if (text.length > bounds.maxLength || !isTame(text, maxDepth, bounds.maxTokens)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isClean(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One pass over the text, before anything is built from it: depth, tokens and keys. Says nothing of syntax errors. */
function isTame(text: string, maxDepth: number, maxTokens: number): boolean {
  /** The keys of each open object; undefined for an open array. */
  const open: (Set<string> | undefined)[] = [];
  let tokens = 0;
  let keyIsNext = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') {
      const end = endOfString(text, at);
      if (end === undefined) return false;
      if (keyIsNext && !isNewKey(text.slice(at, end + 1), open.at(-1))) return false;
      keyIsNext = false;
      at = end;
    } else if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? new Set() : undefined);
      keyIsNext = sign === '{';
      if (open.length > maxDepth) return false;
    } else if (sign === '}' || sign === ']') {
      open.pop();
      keyIsNext = false;
    } else if (sign === ',') {
      keyIsNext = open.at(-1) !== undefined;
    } else if (sign !== ':') continue;
    if (++tokens > maxTokens) return false;
  }
  return true;
}

function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return undefined;
}

/** Keys are compared as the parser will read them: `"\u0061"` is `"a"`. */
function isNewKey(quoted: string, keys: Set<string> | undefined): boolean {
  let key: unknown;
  try {
    key = JSON.parse(quoted);
  } catch {
    return false;
  }
  if (typeof key !== 'string' || forbiddenKeys.has(key) || forbiddenCharacters.test(key) || keys?.has(key))
    return false;
  keys?.add(key);
  return true;
}

/** Texts and numbers as the parser has read them, with escapes and exponents resolved. Depth is already bounded. */
function isClean(value: unknown): boolean {
  if (typeof value === 'string') return !forbiddenCharacters.test(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isClean);
}
