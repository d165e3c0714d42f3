// Who is in a call of several people. Everybody writes one entry, about themselves, signs it, and passes on the entries of others; the
// newest of each author counts, so all copies become the same whatever way they come. Pure: signing is a port, time comes in.
import * as v from 'valibot';
import { type Bytes, concat, fromBase64url, toBase64url, toHex, utf8 } from './bytes.ts';
import { isAcceptableRelayUrl } from './contact-link.ts';
import { cleanDisplayName } from './display-name.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from './ed25519-point.ts';
import type { Sealer, Signer } from './ports.ts';
import { parseSmallJson } from './safe-json.ts';
import { wireObject } from './wire-object.ts';

/** People in one call, with the person here. */
export const maxPeople = 8;
/** Entries that are kept, of people who left as well: an old copy that comes round again must not bring them back. */
const maxEntries = 64;
const maxEntryLength = 4_096;
/** An entry's number is the time of its writing in ms, or one more than the last: nobody's clock is this far ahead. */
const maxAheadMs = 7 * 86_400_000;

const memberId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const keyText = v.pipe(
  v.string(),
  v.maxLength(43),
  v.check((text) => fromBase64url(text)?.length === 32),
);
const shownName = v.pipe(
  v.string(),
  v.maxLength(128),
  v.check((name) => cleanDisplayName(name) === name),
);

const entrySchema = wireObject({
  v: v.literal(1),
  /** The author's identity keys. */
  ed: keyText,
  x: keyText,
  /** Each entry of an author has a greater number than the one before. */
  n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  name: shownName,
  /** Where the author can be reached when every way between people is cut. */
  relays: v.pipe(v.array(v.pipe(v.string(), v.check(isAcceptableRelayUrl))), v.maxLength(3)),
  /** False once the author has left. */
  here: v.boolean(),
  /** Whom the author holds a link to. */
  links: v.pipe(v.array(memberId), v.maxLength(maxPeople - 1)),
  /** Whom the author finds no way to, though they are in the call. */
  lacks: v.pipe(v.array(memberId), v.maxLength(maxPeople - 1)),
  /** Whom the author is calling into this call. Without names: what the author calls them is nobody else's business. */
  calling: v.pipe(
    v.array(wireObject({ id: memberId, state: v.picklist(['calling', 'ringing']) })),
    v.maxLength(maxPeople - 1),
  ),
  hand: v.boolean(),
  /** The author wants nobody else to come in. */
  locked: v.boolean(),
  /** Whom the author has not let in: nobody of these is linked to the author before. Absent when there is nobody. */
  waiting: v.exactOptional(v.pipe(v.array(memberId), v.maxLength(maxPeople - 1))),
});

/** What a person says of themselves, without the form of the wire. */
export interface RosterEntry {
  /** Ed25519 key, lower-case hex. */
  readonly id: string;
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  readonly n: number;
  readonly name: string;
  readonly relays: readonly string[];
  readonly here: boolean;
  readonly links: readonly string[];
  readonly lacks: readonly string[];
  readonly calling: readonly { readonly id: string; readonly state: 'calling' | 'ringing' }[];
  readonly hand: boolean;
  readonly locked: boolean;
  readonly waiting?: readonly string[];
}

/** An entry as it travels: the text that was signed, and the signature (64 bytes, base64url). */
export interface SignedEntry {
  readonly e: string;
  readonly s: string;
}

/** Author's id -> the newest entry, and the form in which it is passed on. */
export type Roster = ReadonlyMap<string, { readonly entry: RosterEntry; readonly signed: SignedEntry }>;

/** What is signed belongs to one group: an entry of another call is worth nothing here. */
function signedBytes(group: Bytes, text: string): Bytes {
  return concat(utf8('ffc/1 roster'), group, utf8(text));
}

/** Signs an own entry for a group (32 bytes). */
export async function signEntry(signer: Signer, group: Bytes, entry: RosterEntry): Promise<SignedEntry> {
  const { ed25519, x25519, n, name, relays, here, links, lacks, calling, hand, locked, waiting = [] } = entry;
  const text = JSON.stringify({
    v: 1,
    ed: toBase64url(ed25519),
    x: toBase64url(x25519),
    n,
    name,
    relays,
    here,
    links,
    lacks,
    calling,
    hand,
    locked,
    ...(waiting.length > 0 ? { waiting } : {}),
  });
  return { e: text, s: toBase64url(await signer.sign(signedBytes(group, text))) };
}

/** Reads an entry from the wire. @returns undefined unless its author signed exactly this for this group. Never throws. */
export async function readEntry(
  sealer: Pick<Sealer, 'verify'>,
  group: Bytes,
  signed: SignedEntry,
  nowMs: number,
): Promise<RosterEntry | undefined> {
  if (signed.e.length > maxEntryLength) return undefined;
  const json = parseSmallJson(signed.e);
  const parsed = json === undefined ? undefined : v.safeParse(entrySchema, json);
  if (!parsed?.success || parsed.output.n > nowMs + maxAheadMs) return undefined;
  const { ed, x, v: _v, ...rest } = parsed.output;
  const [ed25519, x25519, signature] = [fromBase64url(ed), fromBase64url(x), fromBase64url(signed.s)];
  if (!ed25519 || !x25519 || signature?.length !== 64) return undefined;
  if (!isAcceptableEd25519Key(ed25519) || !isAcceptableX25519Key(x25519)) return undefined;
  if (!(await sealer.verify(ed25519, signature, signedBytes(group, signed.e)))) return undefined;
  return { id: toHex(ed25519), ed25519, x25519, ...rest };
}

/** Takes an entry in. @returns the same roster when it holds this one or a newer one of its author already. */
export function mergeEntry(roster: Roster, entry: RosterEntry, signed: SignedEntry): Roster {
  const known = roster.get(entry.id);
  if (known && known.entry.n >= entry.n) return roster;
  const merged = new Map(roster).set(entry.id, { entry, signed });
  if (merged.size <= maxEntries) return merged;
  const oldest = [...merged.values()].reduce((a, b) => (b.entry.n < a.entry.n ? b : a));
  merged.delete(oldest.entry.id);
  return merged;
}

/** Both are in the call and say this of each other. */
export function bothSay(roster: Roster, what: 'links' | 'lacks', a: string, b: string): boolean {
  const [one, other] = [roster.get(a)?.entry, roster.get(b)?.entry];
  return Boolean(one?.here && other?.here && one[what].includes(b) && other[what].includes(a));
}

/** Both say that there is a link between them; of the person here it is known. */
function areLinked(roster: Roster, a: string, b: string, self: string, ownLinks: ReadonlySet<string>): boolean {
  if (a === self) return ownLinks.has(b);
  if (b === self) return ownLinks.has(a);
  return bothSay(roster, 'links', a, b);
}

/**
 * Everybody who is in the call, seen from here: whom a chain of links leads to. Whoever is gone without a word drops out as soon as
 * nobody holds a link to them. Without the person here; at most seven, those of the shortest chains.
 */
export function peopleIn(roster: Roster, self: string, ownLinks: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  let edge: readonly string[] = [self];
  while (edge.length > 0) {
    const next: string[] = [];
    for (const from of edge)
      for (const id of new Set([...roster.keys(), ...ownLinks])) {
        if (id === self || found.has(id) || found.size >= maxPeople - 1) continue;
        if (!areLinked(roster, from, id, self, ownLinks)) continue;
        found.add(id);
        next.push(id);
      }
    edge = next;
  }
  return found;
}

/** Who can hand something over to `to`: those with a link to both. `upLinks` are the own links that carry words now. */
export function goBetweens(roster: Roster, to: string, upLinks: ReadonlySet<string>): readonly string[] {
  return [...upLinks].filter((id) => id !== to && roster.get(id)?.entry.links.includes(to)).sort();
}

/** Of two who shall be linked, this one calls: without a word about it both know. */
export function callsFirst(own: string, other: string): boolean {
  return own < other;
}
