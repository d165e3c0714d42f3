// What is known of a parser that is fuzzed, and what must hold of it.
import { fromBase64url, utf8 } from '../../src/core/base/bytes.ts';

export interface FuzzedParser {
  readonly name: string;
  /** Words of its format. */
  readonly dictionary: readonly (string | Uint8Array<ArrayBuffer>)[];
  /** Inputs that it takes, to begin with. */
  seeds(): Promise<readonly Uint8Array<ArrayBuffer>[]>;
  /** Gives it an input. @throws when it has thrown, has taken what is out of bounds, or does not read again what it has read. */
  check(input: Uint8Array<ArrayBuffer>): unknown;
}

/** A property of a parser that does not hold. */
class Broken extends Error {}

export function must(isSo: boolean, what: string): void {
  if (!isSo) throw new Broken(what);
}

/** Bytes as text, as a channel or relay brings them: nothing else comes in a text frame. */
export function textOf(input: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(input);
}

/** What was read is written and read again: nothing changes. `-0` is 0 on the wire. */
export function mustReadAgain<Value>(value: Value, read: (value: Value) => unknown): void {
  must(JSON.stringify(read(value)) === JSON.stringify(value), 'reads something else when it is written again');
}

export const json =
  (...values: readonly unknown[]) =>
  async () =>
    values.map((value) => utf8(JSON.stringify(value)));
export const jsonWords = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\u0061',
  '\\ud800',
  'null',
  'true',
  '"__proto__":',
  '1e999',
];
export const keysOf = (...values: readonly object[]): string[] => [
  ...new Set(values.flatMap((value) => Object.keys(value).map((name) => `"${name}":`))),
];

export function mustBeCount(value: number): void {
  must(Number.isSafeInteger(value) && value >= 0, 'a number out of bounds');
}

export const mustBeBytes = (text: string, length: number) =>
  must(fromBase64url(text)?.length === length, `not ${length} bytes of base64url`);
