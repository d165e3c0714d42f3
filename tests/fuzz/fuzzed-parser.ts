// What is known of a parser that is fuzzed, and what must hold of it.

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
export class Broken extends Error {}

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
