// How everything on the wire is read, in one place: a later version may say more than this one understands.
import * as v from 'valibot';
import { fromBase64url } from './bytes.ts';
import { parseSmallJson } from './safe-json.ts';

/**
 * Each known key exactly as its schema says, or the whole object is dropped. Unknown keys are ignored and not handed on
 * (docs/protocol.md#extending-the-protocol). Stored data and backups have version numbers instead, and are read strictly.
 */
export const wireObject = v.object;

/** Base64url of exactly `length` bytes. */
export const byteString = (length: number) =>
  v.pipe(
    v.string(),
    v.maxLength(Math.ceil((length * 4) / 3)),
    v.check((text) => fromBase64url(text)?.length === length),
  );

/** 32 bytes as hexadecimal digits: a person, or a topic. */
export const hex32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** A whole number. */
export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most));

/** Reads a word of JSON text. @returns undefined for everything that is not exactly as the schema says. Never throws. */
export function parseWire<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  maxLength: number,
): v.InferOutput<Schema> | undefined {
  const json = text.length > maxLength ? undefined : parseSmallJson(text);
  const parsed = json === undefined ? undefined : v.safeParse(schema, json);
  return parsed?.success ? parsed.output : undefined;
}
