// Where the next own entry stands: behind the own last one, and behind what others have written last.
import { type EntryPlace, maxHeads, writerOf } from './entry.ts';
import { knows, type Placed, type RoomGraph } from './graph.ts';
import type { RoomView } from './room-view.ts';

/** @param view of all that the graph holds. */
export function placeOfNext(graph: RoomGraph, view: RoomView, author: string, device: string, at: number): EntryPlace {
  const writer = writerOf({ author, device });
  const last = graph.get(graph.at(writer, graph.lastOf(writer))[0] ?? '');
  const heads = fitHeads(graph, view, last);
  const n = 1 + Math.max(0, ...[...heads, ...(last ? [last] : [])].map((entry) => entry.n));
  const ids = heads.map(({ id }) => id).sort();
  return { device, seq: (last?.seq ?? 0) + 1, n, before: last?.id ?? '', heads: ids, at };
}

/** The last entries to build upon, the newest first; none of them is known to another one, or to the own last one. */
function fitHeads(graph: RoomGraph, view: RoomView, last: Placed | undefined): readonly Placed[] {
  const looked = new Set<string>();
  const fit: Placed[] = [];
  let edge = graph.heads();
  while (edge.length > 0) {
    const next: string[] = [];
    for (const id of edge) {
      const entry = graph.get(id);
      if (!entry || looked.has(id)) continue;
      looked.add(id);
      if (view.isFit(entry)) fit.push(entry);
      else next.push(...(entry.before === '' ? entry.heads : [entry.before, ...entry.heads]));
    }
    edge = next;
  }
  const apart: Placed[] = [];
  for (const entry of fit.sort((one, other) => other.n - one.n))
    if (apart.length < maxHeads && ![last, ...apart].some((other) => other && knows(other, entry))) apart.push(entry);
  return apart;
}
