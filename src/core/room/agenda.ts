// Meetings of a room and what is on their agenda. What stays open goes on to the next meeting by itself.
import { fieldsIn, isSaid, type RoomFacts, type Said, Targets } from './room-facts.ts';

export interface Meeting {
  readonly id: string;
  readonly author: string;
  readonly title: string;
  /** When it is planned, in ms since the epoch. */
  readonly at?: number;
  readonly minutes?: number;
  /** Calls that were held for it, as members tell it. */
  readonly held: readonly Held[];
}

interface Held {
  readonly id: string;
  readonly author: string;
  readonly began: number;
  readonly ended: number;
  readonly people: readonly string[];
}

export interface AgendaItem {
  readonly id: string;
  readonly author: string;
  readonly title: string;
  readonly order: string;
  readonly minutes?: number;
  readonly who?: readonly string[];
  readonly state: 'open' | 'done' | 'carried';
  /** The meeting that it was written for. */
  readonly meeting?: string;
  /** The meeting on whose agenda it is now; undefined: the next one, whenever that is. */
  readonly now?: string;
}

export interface Agenda {
  readonly meetings: readonly Meeting[];
  /** In the order in which they stand on the agenda. */
  readonly items: readonly AgendaItem[];
  /** Calls that were held without a meeting being planned. */
  readonly unplanned: readonly Held[];
}

/** The agenda of a room. Every member may change every item; of two changes of one field the later one holds. */
export function agendaOf({ counted }: RoomFacts): Agenda {
  const meetings = new Targets<Meeting>();
  const items = new Targets<AgendaItem>();
  const unplanned: Held[] = [];
  for (const entry of counted)
    if (isSaid(entry, 'meeting')) {
      const { id, author } = entry;
      meetings.set(entry, { id, author, held: [], title: entry.body.title, ...fieldsIn(entry.body) });
    } else if (isSaid(entry, 'met')) {
      const meeting = meetings.of(entry.body.meeting, entry);
      if (meeting)
        meetings.change(meeting.entry.id, { ...meeting.value, held: [...meeting.value.held, heldOf(entry)] });
      else unplanned.push(heldOf(entry));
    } else if (isSaid(entry, 'item')) {
      const { id, author, body } = entry;
      items.set(entry, { id, author, state: 'open', title: body.title, order: body.order, ...fieldsIn(body) });
    } else if (isSaid(entry, 'item-set')) {
      const item = items.of(entry.body.of, entry);
      if (item) items.change(item.entry.id, { ...item.value, ...fieldsIn(entry.body) });
    }
  return {
    meetings: meetings.values,
    items: items.values.map((item) => onAgenda(item, meetings.values)).sort(byOrder),
    unplanned,
  };
}

function heldOf({ id, author, body: { began, ended, people } }: Said<'met'>): Held {
  return { id, author, began, ended, people };
}

/** Until its own meeting was held it stands there; then, unless it is done, on the next one that was not. */
function onAgenda(item: AgendaItem, meetings: readonly Meeting[]): AgendaItem {
  const own = meetings.findIndex(({ id }) => id === item.meeting);
  const isOver = item.state === 'carried' || (meetings[own]?.held.length ?? 0) > 0;
  if (own >= 0 && (!isOver || item.state === 'done')) return { ...item, now: meetings[own]?.id ?? '' };
  const next = meetings.slice(own + 1).find(({ held }) => held.length === 0);
  return next ? { ...item, now: next.id } : item;
}

function byOrder(one: AgendaItem, other: AgendaItem): number {
  if (one.order !== other.order) return one.order < other.order ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
