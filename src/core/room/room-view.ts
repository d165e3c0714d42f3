// What a room shows: every reducer over what counts. Made anew only where something new belongs; the same set of entries always shows the same.
import { agendaOf } from './agenda.ts';
import { ballotsOf } from './ballot.ts';
import { booksOf } from './book.ts';
import { canvasesOf } from './canvas.ts';
import { conversationOf, decisionsOf, filesOf } from './conversation.ts';
import { RoomCount, type Sight } from './count.ts';
import type { EntryBody } from './entry-body.ts';
import type { Evidence, Placed, RoomGraph } from './graph.ts';
import { notesOf } from './note-text.ts';
import { peopleOf } from './people.ts';
import { isSaid, type RoomFacts, type Said } from './room-facts.ts';
import { wallOf } from './wall.ts';

const parts = {
  people: peopleOf,
  conversation: conversationOf,
  decisions: decisionsOf,
  files: filesOf,
  agenda: agendaOf,
  wall: wallOf,
  ballots: ballotsOf,
  books: booksOf,
  canvases: canvasesOf,
  notes: notesOf,
} as const;

type Part = keyof typeof parts;
type Shown<Name extends Part> = ReturnType<(typeof parts)[Name]>;

/** What each kind is shown in. A kind that says who may changes all of it. */
const shownIn: Readonly<Record<EntryBody['k'], readonly Part[]>> = {
  found: [],
  admit: [],
  remove: [],
  leave: [],
  policy: [],
  join: ['people'],
  profile: ['people'],
  rename: ['people'],
  compared: ['people'],
  say: ['conversation', 'people'],
  amend: ['conversation'],
  unsay: ['conversation'],
  react: ['conversation'],
  decision: ['decisions'],
  file: ['files'],
  unfile: ['files'],
  meeting: ['agenda'],
  item: ['agenda'],
  'item-set': ['agenda'],
  met: ['agenda'],
  card: ['wall'],
  'card-set': ['wall'],
  'card-gone': ['wall'],
  columns: ['wall'],
  ballot: ['ballots'],
  vote: ['ballots'],
  close: ['ballots'],
  note: ['notes'],
  'note-set': ['notes'],
  text: ['notes'],
  canvas: ['canvases'],
  stroke: ['canvases'],
  shape: ['canvases'],
  'shape-set': ['canvases'],
  erase: ['canvases'],
  book: ['books'],
  chapter: ['books'],
  review: ['books'],
  withdraw: ['books'],
};

export class RoomView {
  readonly #graph: RoomGraph;
  readonly #count: RoomCount;
  readonly #votes: Said<'vote'>[] = [];
  readonly #made = new Map<Part, unknown>();
  #late: readonly string[] = [];
  #unknown = 0;

  /** @param entries of the graph that are shown from the beginning; all of them unless given. */
  constructor(graph: RoomGraph, entries: readonly Placed[] = [...graph.all()]) {
    this.#graph = graph;
    this.#count = new RoomCount(graph);
    this.add(entries);
  }

  /** What the graph has taken since the last look. */
  add(entries: readonly Placed[]): void {
    this.#votes.push(...entries.filter((entry): entry is Said<'vote'> => isSaid(entry, 'vote')));
    this.#unknown += entries.filter(({ body }) => body === undefined).length;
    const hasChanged = this.#count.add(entries);
    // Words of long ago may count now because somebody has built upon them.
    const late = this.#count.lateWords;
    const isSame = late.length === this.#late.length && late.every((id, i) => id === this.#late[i]);
    this.#late = late;
    if (hasChanged || !isSame) this.#made.clear();
    for (const { body } of entries) if (body) for (const part of shownIn[body.k]) this.#made.delete(part);
  }

  /** One part of the room, as of now. */
  show<Name extends Part>(part: Name): Shown<Name> {
    if (!this.#made.has(part)) this.#made.set(part, parts[part](this.#facts));
    return this.#made.get(part) as Shown<Name>;
  }

  /** Writers who have signed two histories. */
  get evidence(): readonly Evidence[] {
    return this.#graph.evidence();
  }

  /** Entries of a kind or form that a later version knows: kept, passed on, not shown. */
  get unknown(): number {
    return this.#unknown;
  }

  /** Whether an own entry may build upon this one. */
  isFit(entry: Placed): boolean {
    return this.#count.isFit(entry);
  }

  /** Who may. */
  get sight(): Sight {
    return this.#count.sight;
  }

  get #facts(): RoomFacts {
    const { counted, sight } = this.#count;
    return { counted, sight, votes: this.#votes, seenAt: (entry) => this.#count.seenAt(entry) };
  }
}
