// What somebody outside of a room needs to check one of its books by themselves: the entries of the book, those by which their authors became
// members, and the beginning of the room (docs/rooms.md#a-book-as-one-page).

import type { Book } from '../book.ts';
import { inOrder, type SignedText } from '../entry.ts';
import type { Placed, RoomGraph } from '../graph.ts';
import { isSaid } from '../room-facts.ts';

/** @returns in their order: each behind those that it needs. */
export function proofOfBook(graph: RoomGraph, { id, chapters }: Book): readonly SignedText[] {
  const versions = chapters.flatMap((chapter) => chapter.versions);
  const ids = [id, ...versions.flatMap((version) => [version.id, ...version.reviews.map((review) => review.id)])];
  const proof = new Set<Placed>(ids.flatMap((one) => graph.get(one) ?? []));
  const all = [...graph.all()];
  const founding = all.find((entry) => isSaid(entry, 'found'));
  if (founding) proof.add(founding);
  const people = [...new Set([...proof].map(({ author }) => author))];
  for (const who of people)
    for (const entry of all) {
      if (!isSaid(entry, 'admit') || entry.body.who !== who) continue;
      proof.add(entry);
      if (!people.includes(entry.author)) people.push(entry.author);
    }
  return [...proof].sort(inOrder).map(({ signed }) => signed);
}
