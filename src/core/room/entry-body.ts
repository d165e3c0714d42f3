// What members can say in a room (docs/rooms.md#kinds): one schema for each kind. Knows nothing of who may, and of what comes of it.
import * as v from 'valibot';
import { fromBase64url } from '../base/bytes.ts';
import { whole, wireObject } from '../base/wire-object.ts';
import * as field from './entry-fields.ts';

const maybe = v.exactOptional;
const admits = v.picklist(['stewards', 'members']);
const hash = field.hashText;
const blob = { name: field.fileName, type: field.mediaType, size: field.size, hash };
const source = v.pipe(v.string(), v.maxLength(1_000));

const reach = {
  name: field.personName,
  /** What members need to reach this person: their X25519 key, relays, and the secret of an inbox for this room alone. */
  x: field.keyText,
  relays: field.relays,
  inbox: field.secretText,
};

const membership = [
  wireObject({
    k: v.literal('found'),
    name: field.title,
    nonce: field.hashText,
    admit: admits,
    /** What the room is for. */
    purpose: maybe(field.shortText),
    /** The room that this one goes on from, and its last entries. */
    from: maybe(wireObject({ room: hash, heads: v.pipe(v.array(hash), v.maxLength(16)) })),
  }),
  wireObject({
    k: v.literal('admit'),
    who: field.keyText,
    role: v.picklist(['steward', 'member']),
    name: field.personName,
  }),
  wireObject({ k: v.literal('join'), ...reach }),
  wireObject({ k: v.literal('profile'), ...reach }),
  wireObject({ k: v.literal('leave') }),
  wireObject({ k: v.literal('remove'), who: field.keyText }),
  wireObject({ k: v.literal('policy'), admit: admits }),
  wireObject({ k: v.literal('rename'), name: field.title, purpose: maybe(field.shortText) }),
  wireObject({ k: v.literal('compared'), who: field.keyText, how: v.picklist(['emoji', 'qr']) }),
] as const;

const talk = [
  wireObject({ k: v.literal('say'), text: field.longText, re: maybe(hash), in: maybe(hash) }),
  wireObject({ k: v.literal('amend'), of: hash, text: field.longText }),
  wireObject({ k: v.literal('unsay'), of: hash }),
  wireObject({ k: v.literal('react'), of: hash, emoji: field.emoji, on: v.boolean() }),
  wireObject({ k: v.literal('decision'), text: field.longText, of: maybe(hash) }),
  wireObject({ k: v.literal('file'), ...blob, in: maybe(hash) }),
  wireObject({ k: v.literal('unfile'), of: hash }),
] as const;

const itemFields = {
  title: maybe(field.title),
  meeting: maybe(hash),
  minutes: maybe(field.minutes),
  order: maybe(field.order),
  who: maybe(field.people),
};

const agenda = [
  wireObject({
    k: v.literal('meeting'),
    title: field.title,
    at: maybe(field.moment),
    minutes: maybe(field.minutes),
  }),
  wireObject({ k: v.literal('item'), ...itemFields, title: field.title, order: field.order }),
  wireObject({
    k: v.literal('item-set'),
    of: hash,
    ...itemFields,
    state: maybe(v.picklist(['open', 'done', 'carried'])),
  }),
  /** A call was held. */
  wireObject({
    k: v.literal('met'),
    meeting: maybe(hash),
    began: field.moment,
    ended: field.moment,
    people: field.people,
  }),
] as const;

const cardFields = {
  title: maybe(field.title),
  text: maybe(field.shortText),
  column: maybe(field.shortName),
  order: maybe(field.order),
  who: maybe(field.people),
  due: maybe(field.moment),
  progress: maybe(whole(0, 100)),
  need: maybe(field.shortText),
  pledge: maybe(field.shortText),
};

const wall = [
  wireObject({
    k: v.literal('card'),
    ...cardFields,
    title: field.title,
    column: field.shortName,
    order: field.order,
  }),
  wireObject({ k: v.literal('card-set'), of: hash, ...cardFields }),
  wireObject({ k: v.literal('card-gone'), of: hash, gone: v.boolean() }),
  wireObject({
    k: v.literal('columns'),
    columns: v.pipe(
      v.array(wireObject({ id: field.shortName, name: field.title })),
      v.minLength(1),
      v.maxLength(12),
      v.check((all) => new Set(all.map(({ id }) => id)).size === all.length),
    ),
  }),
  wireObject({
    k: v.literal('ballot'),
    of: maybe(hash),
    question: field.title,
    choices: v.pipe(v.array(field.title), v.minLength(2), v.maxLength(8)),
    /** What the leading choice needs, in parts of 100; and how many of 100 members have to vote. */
    pass: wireObject({
      share: whole(1, 100),
      of: v.picklist(['members', 'votes']),
      quorum: whole(0, 100),
    }),
    /** When it is planned to be closed. No clock closes it. */
    until: maybe(field.moment),
    /** Clients show no votes before it is closed. */
    hide: v.boolean(),
  }),
  wireObject({ k: v.literal('vote'), of: hash, choice: whole(0, 7), why: maybe(field.shortText) }),
  wireObject({ k: v.literal('close'), of: hash }),
] as const;

const shapeFields = {
  x: maybe(field.place),
  y: maybe(field.place),
  width: maybe(field.place),
  height: maybe(field.place),
  text: maybe(field.shortText),
  colour: maybe(field.colour),
};
const encoded = (most: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(most),
    v.check((text) => fromBase64url(text) !== undefined),
  );

const notes = [
  wireObject({ k: v.literal('note'), title: field.title }),
  wireObject({ k: v.literal('note-set'), of: hash, title: maybe(field.title), gone: maybe(v.boolean()) }),
  /** A Yjs update. */
  wireObject({ k: v.literal('text'), doc: hash, u: encoded(12_288) }),
  wireObject({ k: v.literal('canvas'), title: field.title }),
  wireObject({
    k: v.literal('stroke'),
    canvas: hash,
    /** Differences of x, y and pressure, one after the other. */
    points: encoded(8_192),
    colour: field.colour,
    width: whole(1, 200),
    text: maybe(field.shortText),
  }),
  wireObject({
    k: v.literal('shape'),
    canvas: hash,
    form: v.picklist(['note', 'text', 'box', 'arrow', 'image']),
    ...shapeFields,
    x: field.place,
    y: field.place,
    blob: maybe(wireObject(blob)),
  }),
  wireObject({ k: v.literal('shape-set'), of: hash, ...shapeFields }),
  wireObject({ k: v.literal('erase'), of: v.pipe(v.array(hash), v.minLength(1), v.maxLength(64)) }),
] as const;

const books = [
  wireObject({ k: v.literal('book'), title: field.title }),
  /** One version of a chapter; `of` is the one before. */
  wireObject({
    k: v.literal('chapter'),
    book: hash,
    of: maybe(hash),
    title: field.title,
    order: field.order,
    parts: v.pipe(
      v.array(wireObject({ text: maybe(field.longText), blob: maybe(wireObject(blob)) })),
      v.minLength(1),
      v.maxLength(64),
    ),
    source: maybe(source),
  }),
  wireObject({
    k: v.literal('review'),
    of: hash,
    verdict: v.picklist(['confirmed', 'doubtful', 'wrong']),
    sure: whole(1, 10),
    text: field.shortText,
    source: maybe(source),
  }),
  wireObject({ k: v.literal('withdraw'), of: hash }),
] as const;

const schemas = [...membership, ...talk, ...agenda, ...wall, ...notes, ...books] as const;
type Schema = (typeof schemas)[number];

export type EntryBody = v.InferOutput<Schema>;
export type BodyOf<Kind extends EntryBody['k']> = Extract<EntryBody, { k: Kind }>;

const byKind: ReadonlyMap<string, Schema> = new Map(schemas.map((schema) => [schema.entries.k.literal, schema]));

/** @returns undefined for a kind that is not known here, and for one that says anything but what its kind says. */
export function parseBody(json: unknown): EntryBody | undefined {
  const kind = (json as { readonly k?: unknown }).k;
  const schema = typeof kind === 'string' ? byKind.get(kind) : undefined;
  const parsed = schema && v.safeParse(schema, json);
  return parsed?.success ? parsed.output : undefined;
}
