// What belongs to the person and is the same on all their devices (docs/protocol.md#kept-the-same), as entries of single values. Each value knows
// when and on which device it was set; of two the later counts (a map of registers, last writer wins), so that all devices come to the same whatever
// reaches them, in whatever order. Pure.
import { fromBase64url } from '../base/bytes.ts';
import { clockToleranceMs } from '../base/clock-tolerance.ts';
import { parseSmallJson } from '../base/safe-json.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value, or without one that it was taken away. */
interface KeptValue {
  /** Ms since the epoch, by the clock of the device that set it. */
  readonly at: number;
  /** That device, base64url. */
  readonly by: string;
  readonly value?: Json;
}

/** One thing, by fields. What was said before it was taken away for the last time does not count, and is not in it, but for what grows. */
export type KeptEntry = Readonly<Record<string, KeptValue>>;

/** What is there on a device now, by fields. Undefined for what cannot be said now: it stays as it was. */
export type Values = Readonly<Record<string, Json | undefined>>;

/** How a value comes about that is no choice, but grows: of two both count, the same whichever side is asked. */
export interface Growth {
  readonly grows: (field: string) => boolean;
  readonly join: (field: string, one: Json, two: Json) => Json;
}

/** The field that a thing has which can be taken away, and the one that says that it was. */
const there = '';
const gone = '-';

/** An entry as text has at most so many units. */
export const maxEntryLength = 8_192;
/** What was taken away is remembered for so long, and of so many things. */
const rememberedMs = 366 * 86_400_000;
export const mostGone = 2_000;

/** JSON text with the keys in order: the same for the same value. */
export function textOf(value: Json | undefined): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}

/** Above 0 where `one` is later. A device that set two values in one moment is bound to one of them as well. */
function order(one: KeptValue, two: KeptValue): number {
  if (one.at !== two.at) return one.at - two.at;
  const [a, b] = one.by === two.by ? [textOf(one.value), textOf(two.value)] : [one.by, two.by];
  return a < b ? -1 : a > b ? 1 : 0;
}

function pruned(entry: KeptEntry, { grows }: Pick<Growth, 'grows'>): KeptEntry {
  const last = entry[gone];
  if (!last) return entry;
  const counts = ([field, { at }]: [string, KeptValue]) => field === gone || at > last.at || grows(field);
  return Object.fromEntries(Object.entries(entry).filter(counts));
}

/** Since when the thing is away; undefined where it is there, or can not be taken away at all. */
export function goneSince(entry: KeptEntry): number | undefined {
  return entry[there] ? undefined : entry[gone]?.at;
}

/** Both sides as one: the same whichever comes first, and however often. */
export function mergedEntry(here: KeptEntry | undefined, theirs: KeptEntry, growth: Growth): KeptEntry {
  const merged: Record<string, KeptValue> = { ...here };
  for (const [field, one] of Object.entries(theirs)) {
    const ours = merged[field];
    const later = !ours || order(one, ours) > 0 ? one : ours;
    const both = growth.grows(field) && ours?.value !== undefined && one.value !== undefined;
    merged[field] = both ? { at: later.at, by: later.by, value: growth.join(field, ours.value, one.value) } : later;
  }
  return pruned(merged, growth);
}

export interface LookParts extends Pick<Growth, 'grows'> {
  readonly by: string;
  /** When a value that was not there before was set. */
  readonly at: (field: string) => number;
  /** Whether this version knows the field: what a later one has said stays as it is. */
  readonly isKnown: (field: string) => boolean;
}

/**
 * What has become of an entry here since it was looked at last; undefined for nothing. What changes is never earlier than what it takes the place
 * of: a clock that is late must not lose what its person has just chosen.
 * @param values undefined: the thing is not there.
 */
export function lookedEntry(
  kept: KeptEntry | undefined,
  values: Values | undefined,
  { by, at, isKnown, grows }: LookParts,
): KeptEntry | undefined {
  if (values === undefined) {
    if (!kept?.[there]) return undefined;
    const last = Math.max(at(gone), ...Object.values(kept).map((one) => one.at));
    return pruned({ ...kept, [gone]: { at: last, by, value: true } }, { grows });
  }
  const changed: Record<string, KeptValue> = {};
  const set = (field: string, value?: Json) => {
    const after = Math.max(kept?.[field]?.at ?? -1, kept?.[gone]?.at ?? -1) + 1;
    changed[field] = { at: Math.max(at(field), after), by, ...(value === undefined ? {} : { value }) };
  };
  for (const [field, value] of Object.entries(values))
    if (value !== undefined && textOf(value) !== textOf(kept?.[field]?.value)) set(field, value);
  for (const [field, { value }] of Object.entries(kept ?? {}))
    if (value !== undefined && !(field in values) && field !== gone && isKnown(field) && !grows(field)) set(field);
  return Object.keys(changed).length > 0 ? { ...kept, ...changed } : undefined;
}

/** Whether the thing was taken away so long ago that nobody needs to know. */
export function isLongGone(entry: KeptEntry, now: number): boolean {
  return now - (goneSince(entry) ?? now) > rememberedMs;
}

export function formatEntry(key: string, entry: KeptEntry): string {
  const fields = Object.entries(entry).map(([field, { at, by, value }]) => [
    field,
    value === undefined ? [at, by] : [at, by, value],
  ]);
  return JSON.stringify([key, Object.fromEntries(fields)]);
}

/** Reads an entry of another device; undefined for what is none. A value from more than two hours ahead makes it none. Never throws. */
export function parseEntry(text: string, now: number): { readonly key: string; readonly entry: KeptEntry } | undefined {
  const json = text.length > maxEntryLength ? undefined : parseSmallJson(text, 8);
  if (!Array.isArray(json) || json.length !== 2) return undefined;
  const [key, fields] = json as [unknown, unknown];
  if (typeof key !== 'string' || key === '' || key.length > 140) return undefined;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return undefined;
  const entry: Record<string, KeptValue> = {};
  for (const [field, said] of Object.entries(fields)) {
    if (!Array.isArray(said) || said.length < 2 || said.length > 3) return undefined;
    const [at, by, value] = said as [unknown, unknown, Json | undefined];
    if (!Number.isSafeInteger(at) || Number(at) < 0 || Number(at) > now + clockToleranceMs) return undefined;
    if (typeof by !== 'string' || fromBase64url(by)?.length !== 8) return undefined;
    entry[field] = { at: Number(at), by, ...(value === undefined ? {} : { value }) };
  }
  return Object.keys(entry).length > 0 ? { key, entry } : undefined;
}
