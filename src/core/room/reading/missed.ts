// What has come into a room since this person last looked, in the order in which it matters: what was decided first, talk last.
import type { Ballot } from '../ballot.ts';
import type { ChapterVersion } from '../book.ts';
import type { Decision, RoomFile, RoomMessage } from '../conversation.ts';
import { knows, type RoomGraph } from '../graph.ts';
import { Past } from '../past.ts';
import type { RoomView } from '../room-view.ts';
import type { Card } from '../wall.ts';

interface MissedNote {
  readonly id: string;
  readonly title: string;
  /** Who has written in it, by key, nobody twice. */
  readonly authors: readonly string[];
}

export interface Missed {
  readonly decisions: readonly Decision[];
  /** Votes that were closed. */
  readonly results: readonly Ballot[];
  /** Votes that are open and new. */
  readonly ballots: readonly Ballot[];
  /** Cards that are new or were changed by others. */
  readonly cards: readonly Card[];
  /** Names of new things to talk about, and of new meetings. */
  readonly agenda: readonly string[];
  /** Versions of chapters. */
  readonly chapters: readonly ChapterVersion[];
  /** Notes that are new or were written in by others. */
  readonly notes: readonly MissedNote[];
  readonly files: readonly RoomFile[];
  readonly messages: readonly RoomMessage[];
  /** Of all of these. */
  readonly count: number;
}

/** @param seen the last entries that this person has seen. @param self their key: their own words are not news to them. */
export function missedOf(graph: RoomGraph, view: RoomView, seen: readonly string[], self: string): Missed {
  const past = seen.reduce((all, id) => all.joined(graph.get(id)?.past ?? Past.none), Past.none);
  const isNew = (id: string): boolean => {
    const entry = graph.get(id);
    return entry !== undefined && entry.author !== self && !knows({ past }, entry);
  };
  const decisions = view.show('decisions').filter(({ id }) => isNew(id));
  const ballots = view.show('ballots');
  const results = ballots.filter(({ closings: [first] }) => first && isNew(first.entry));
  const open = ballots.filter(({ id, closings }) => closings.length === 0 && isNew(id));
  const cards = view
    .show('wall')
    .cards.filter(({ id, isGone, changes }) => !isGone && (isNew(id) || changes.some(({ by }) => isNew(by))));
  const { meetings, items } = view.show('agenda');
  const agenda = [...meetings, ...items].filter(({ id }) => isNew(id)).map(({ title }) => title);
  const chapters = view
    .show('books')
    .flatMap((book) => book.chapters.flatMap(({ versions }) => versions.filter(({ id }) => isNew(id))));
  const notes = view.show('notes').flatMap(({ id, author, title, isGone, changes, pieces }): MissedNote[] => {
    if (isGone) return [];
    const written = [{ entry: id, author }, ...pieces].filter(({ entry }) => isNew(entry));
    const renamed = changes.filter(isNew).map((entry) => ({ entry, author: graph.get(entry)?.author ?? author }));
    const authors = [...new Set([...written, ...renamed].map((one) => one.author))];
    return authors.length === 0 ? [] : [{ id, title, authors }];
  });
  const files = view.show('files').filter(({ id }) => isNew(id));
  const messages = view.show('conversation').filter(({ id, isUnsaid }) => !isUnsaid && isNew(id));
  const count =
    decisions.length +
    results.length +
    open.length +
    cards.length +
    agenda.length +
    chapters.length +
    notes.length +
    files.length +
    messages.length;
  return { decisions, results, ballots: open, cards, agenda, chapters, notes, files, messages, count };
}
