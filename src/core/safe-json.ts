// JSON from strangers: parsed only when it is small, shallow and free of tricks. Knows nothing of what it means.

const maxTokens = 4096;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses JSON text that may be hostile (RFC 8259; protocol E.13). Undefined instead of an error for: anything that is not JSON, nesting deeper
 * than `maxDepth`, more than 4096 structural tokens, duplicate or prototype keys, numbers beyond a double, U+0000, lone surrogates, a BOM.
 */
export function parseSmallJson(text: string, maxDepth = 4): unknown {
  if (!text.isWellFormed() || text.startsWith('\uFEFF') || text.includes('\0') || !isShallow(text, maxDepth)) return undefined;
  try {
    const value: unknown = JSON.parse(text, (key: string, inner: unknown) => {
      if (typeof inner === 'number' && !Number.isFinite(inner)) throw new RangeError('number');
      if (typeof inner === 'string' && (inner.includes('\0') || !inner.isWellFormed())) throw new RangeError('text');
      if (forbiddenKeys.has(key) || key.includes('\0') || !key.isWellFormed()) throw new RangeError('key');
      return inner;
    });
    return countKeys(value) !== countNames(text) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Depth and number of structural characters outside strings. */
function isShallow(text: string, maxDepth: number): boolean {
  let depth = 0;
  let tokens = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      if (++depth > maxDepth) return false;
      tokens++;
    } else if (character === '}' || character === ']') depth--;
    else if (character === ',' || character === ':') tokens++;
    if (tokens > maxTokens) return false;
  }
  return true;
}

/** How many names the text has: one per colon outside strings. */
function countNames(text: string): number {
  let count = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === ':') count++;
  }
  return count;
}

/** How many keys the parsed value has: fewer than names in the text when some were doubled. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, one) => sum + countKeys(one), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}
