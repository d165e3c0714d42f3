// Who is in a call of several people. Everybody writes one entry, about themselves, signs it, and passes on the entries of others; the
// newest of each author counts, so all copies become the same whatever way they come. Which are believed and kept is entry-book.ts's. Pure:
// signing is a port, time comes in.
import * as v from 'valibot';
import { type Bytes, concat, fromBase64url, toBase64url, toHex, utf8 } from '../base/bytes.ts';
import { cleanDisplayName } from '../base/display-name.ts';
import type { Sealer, Signer } from '../base/ports.ts';
import { parseSmallJson } from '../base/safe-json.ts';
import { byteString, hex32, wireObject } from '../base/wire-object.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from '../identity/ed25519-point.ts';
import { isAcceptableRelayUrl } from '../network/relay-address.ts';
import { announcementSchema, answersSchema, type ConsentWords } from './consent-words.ts';

/** People in one call, with the person here. */
export const maxPeople = 8;
/** Questions that an entry answers: of everybody in a full call, and of as many who are on their way into it. */
export const maxHeard = 24;
const maxEntryLength = 4_096;
/** An entry's number is the time of its writing in ms, or one more than the last: two clocks may each be two hours off, and some. */
const maxAheadMs = 6 * 3_600_000;

const memberId = hex32;
const keyText = byteString(32);
const askText = byteString(16);
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
  /** X25519 key of the author's call page, made for this call: what is only for this page is sealed to it. */
  ek: keyText,
  /** The author's question, random: only who answers it in `heard` is believed to be in this call, and now. */
  ask: askText,
  /** Questions of others that the author answers. */
  heard: v.pipe(v.array(askText), v.maxLength(maxHeard)),
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
  /** What the author records, and what they say to those who record. Absent when there is nothing. */
  rec: v.exactOptional(announcementSchema),
  says: v.exactOptional(answersSchema),
});

/** What a person says of themselves, without the form of the wire. */
export interface RosterEntry extends ConsentWords {
  /** Ed25519 key, lower-case hex. */
  readonly id: string;
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  /** The key of the author's call page, X25519. */
  readonly ek: Bytes;
  /** 16 random bytes, base64url. */
  readonly ask: string;
  readonly heard: readonly string[];
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

function signedBytes(text: string): Bytes {
  return concat(utf8('ffc/1 roster\0'), utf8(text));
}

/** Signs an own entry. */
export async function signEntry(signer: Signer, entry: RosterEntry): Promise<SignedEntry> {
  const { ed25519, x25519, ek, ask, heard, n, name, relays, here, links, lacks, calling, hand, locked } = entry;
  const { waiting = [], rec, says = [] } = entry;
  const text = JSON.stringify({
    v: 1,
    ed: toBase64url(ed25519),
    x: toBase64url(x25519),
    ek: toBase64url(ek),
    ask,
    heard,
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
    ...(rec ? { rec } : {}),
    ...(says.length > 0 ? { says } : {}),
  });
  return { e: text, s: toBase64url(await signer.sign(signedBytes(text))) };
}

/** What an entry from the wire says, whoever wrote it. @returns undefined for everything that is not exactly an entry. Never throws. */
export function parseEntry({ e }: SignedEntry, nowMs: number): RosterEntry | undefined {
  if (e.length > maxEntryLength) return undefined;
  const json = parseSmallJson(e);
  const parsed = json === undefined ? undefined : v.safeParse(entrySchema, json);
  if (!parsed?.success || parsed.output.n > nowMs + maxAheadMs) return undefined;
  const { ed, x, ek, v: _v, ...rest } = parsed.output;
  const [ed25519, x25519, pageKey] = [fromBase64url(ed), fromBase64url(x), fromBase64url(ek)];
  if (!ed25519 || !x25519 || !pageKey) return undefined;
  if (!isAcceptableEd25519Key(ed25519) || !isAcceptableX25519Key(x25519) || !isAcceptableX25519Key(pageKey))
    return undefined;
  return { id: toHex(ed25519), ed25519, x25519, ek: pageKey, ...rest };
}

/** Whether its author has signed exactly this. */
export async function isEntrySigned(
  sealer: Pick<Sealer, 'verify'>,
  { ed25519 }: RosterEntry,
  { e, s }: SignedEntry,
): Promise<boolean> {
  const signature = fromBase64url(s);
  return signature?.length === 64 && (await sealer.verify(ed25519, signature, signedBytes(e)));
}

/** Both are in the call and say this of each other. */
export function bothSay(roster: Roster, what: 'links' | 'lacks', a: string, b: string): boolean {
  const [one, other] = [roster.get(a)?.entry, roster.get(b)?.entry];
  return Boolean(one?.here && other?.here && one[what].includes(b) && other[what].includes(a));
}

/**
 * Everybody who is in the call, seen from here: whom a chain of links leads to. Whoever is gone without a word drops out as soon as
 * nobody holds a link to them. Without the person here; at most seven: those linked to us, then in turns one of each through whom there
 * are others, so that nobody fills the call with people of theirs; of those the ones first who were in it `before`.
 */
export function peopleIn(
  roster: Roster,
  self: string,
  ownLinks: ReadonlySet<string>,
  before: ReadonlySet<string> = new Set(),
): ReadonlySet<string> {
  /** Person -> whose link to us the chain begins with. */
  const through = new Map([...ownLinks].filter((id) => id !== self).map((id) => [id, id] as const));
  let edge: readonly string[] = [...through.keys()];
  while (edge.length > 0) {
    const next = new Map<string, string>();
    for (const from of edge)
      for (const id of roster.get(from)?.entry.links ?? [])
        if (id !== self && !through.has(id) && !next.has(id) && bothSay(roster, 'links', from, id))
          next.set(id, through.get(from) ?? from);
    for (const [id, first] of next) through.set(id, first);
    edge = [...next.keys()];
  }
  const further = [...through].filter(([id, first]) => id !== first);
  const shares = [...ownLinks].map((link) => {
    const theirs = further.flatMap(([id, first]) => (first === link ? [id] : []));
    return [...theirs.filter((id) => before.has(id)), ...theirs.filter((id) => !before.has(id))];
  });
  const linked = [...ownLinks].filter((id) => id !== self);
  return new Set([...linked, ...inTurns(shares)].slice(0, maxPeople - 1));
}

/** Whom those in `by` say they are linked to, as far as they are not among them: one of each in turn. */
export function claimedBy(roster: Roster, by: ReadonlySet<string>, self: string): readonly string[] {
  const claimed = [...by].map((id) => roster.get(id)?.entry.links ?? []);
  return inTurns(claimed.map((ids) => ids.filter((id) => id !== self && !by.has(id))));
}

/** The first of each list, then the second of each; everything once. */
function inTurns(lists: readonly (readonly string[])[]): readonly string[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return [...new Set(Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat())];
}

/** Of the own links that carry words now, those from which the way to `to` is the shortest, by links that both ends say. */
export function nextHops(roster: Roster, to: string, self: string, upLinks: ReadonlySet<string>): readonly string[] {
  const seen = new Set([self, to]);
  let edge: readonly string[] = [to];
  while (edge.length > 0) {
    edge = inTurns(
      edge.map((from) =>
        (roster.get(from)?.entry.links ?? []).filter((id) => !seen.has(id) && bothSay(roster, 'links', from, id)),
      ),
    );
    for (const id of edge) seen.add(id);
    const near = edge.filter((id) => upLinks.has(id));
    if (near.length > 0) return [...near].sort();
  }
  return [];
}

/** Who can hand something over to `to`: those with a link to both. `upLinks` are the own links that carry words now. */
export function goBetweens(roster: Roster, to: string, upLinks: ReadonlySet<string>): readonly string[] {
  return [...upLinks].filter((id) => id !== to && roster.get(id)?.entry.links.includes(to)).sort();
}

/** Of two who shall be linked, this one calls: without a word about it both know. */
export function callsFirst(own: string, other: string): boolean {
  return own < other;
}
