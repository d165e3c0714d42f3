// What is said and kept in a room: words, changes of one's own, reactions; decisions and files apart from the talk.
import { isSaid, type RoomFacts, type Said, Targets } from './room-facts.ts';

export interface RoomMessage {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  /** '' once its author has taken it back, or when nothing of it can be seen. */
  readonly text: string;
  /** The message it replies to. */
  readonly re?: string;
  /** The meeting, card, chapter … that it is about. */
  readonly in?: string;
  readonly isAmended: boolean;
  readonly isUnsaid: boolean;
  /** Emoji -> who has put it there. */
  readonly reactions: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Different emoji under one message. */
export const maxReactions = 64;

/** The talk of a room, oldest first. */
export function conversationOf({ counted }: RoomFacts): readonly RoomMessage[] {
  const messages = new Targets<RoomMessage>();
  for (const entry of counted)
    if (isSaid(entry, 'say')) {
      const { text, re, in: about } = entry.body;
      const named = { ...(re === undefined ? {} : { re }), ...(about === undefined ? {} : { in: about }) };
      const { id, author, at } = entry;
      messages.set(entry, { id, author, at, text, ...named, isAmended: false, isUnsaid: false, reactions: new Map() });
    } else if (isSaid(entry, 'amend', 'unsay')) {
      const said = messages.of(entry.body.of, entry);
      if (said?.entry.author !== entry.author || said.value.isUnsaid) continue;
      const change =
        entry.body.k === 'unsay' ? { text: '', isUnsaid: true } : { text: entry.body.text, isAmended: true };
      messages.change(said.entry.id, { ...said.value, ...change });
    } else if (isSaid(entry, 'react')) {
      const said = messages.of(entry.body.of, entry);
      if (said) messages.change(said.entry.id, { ...said.value, reactions: reacted(said.value.reactions, entry) });
    }
  return messages.values;
}

function reacted(before: RoomMessage['reactions'], { author, body }: Said<'react'>): RoomMessage['reactions'] {
  if (!before.has(body.emoji) && (!body.on || before.size >= maxReactions)) return before;
  const people = new Set(before.get(body.emoji));
  if (body.on) people.add(author);
  else people.delete(author);
  const after = new Map(before).set(body.emoji, people);
  if (people.size === 0) after.delete(body.emoji);
  return after;
}

export interface Decision {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly text: string;
  /** The item or ballot that it came from. */
  readonly of?: string;
}

/** What was decided, oldest first. */
export function decisionsOf({ counted }: RoomFacts): readonly Decision[] {
  return counted.flatMap((entry) => {
    if (!isSaid(entry, 'decision')) return [];
    const { id, author, at, body } = entry;
    return [{ id, author, at, text: body.text, ...(body.of === undefined ? {} : { of: body.of }) }];
  });
}

export interface RoomFile {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly hash: string;
  readonly in?: string;
}

/** The files of a room. Whoever put one there can take it away, and so can a steward. */
export function filesOf({ counted, sight }: RoomFacts): readonly RoomFile[] {
  const files = new Targets<RoomFile | undefined>();
  for (const entry of counted)
    if (isSaid(entry, 'file')) {
      const { k: _k, in: about, ...blob } = entry.body;
      const { id, author, at } = entry;
      files.set(entry, { id, author, at, ...blob, ...(about === undefined ? {} : { in: about }) });
    } else if (isSaid(entry, 'unfile')) {
      const file = files.of(entry.body.of, entry);
      if (file && (file.entry.author === entry.author || sight.stood(entry, 'steward')))
        files.change(file.entry.id, undefined);
    }
  return files.values.filter((file) => file !== undefined);
}
