// What is said of a message that was left, before it comes (docs/protocol.md#left-messages).
import * as v from 'valibot';
import { byteString, whole, wireObject } from '../base/wire-object.ts';

/** The longest that is taken, in seconds: other clocks count otherwise. */
const longestTakenSeconds = 600;
/** Of one contact may lie here, in bytes. */
export const mostOfContact = 50_000_000;
/** A message waits so long, and one that came stays so long. */
export const messageLifeMs = 30 * 24 * 3_600_000;

export const announcedEntries = {
  /** Which one. */
  m: byteString(16),
  /** How long it is, in seconds. */
  s: whole(1, longestTakenSeconds),
  /** Bytes, sealed. */
  size: whole(17, mostOfContact),
  kind: v.picklist(['video', 'voice']),
  /** Of the sealed bytes, as of every file (docs/protocol.md#files). */
  hash: byteString(32),
  key: byteString(32),
};

/** What a note of a missed call says of a message. */
export const announcedSchema = wireObject(announcedEntries);
export type Announced = v.InferOutput<typeof announcedSchema>;
