// Between the lines of the editor and the text that travels: what has to be done to the text so that it says what the lines say.
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import {
  type LineLook,
  lookAsAttributes,
  lookOf,
  marksAsAttributes,
  type NoteAttributes,
  type NoteLine,
  type NoteMarks,
} from '../../core/room/reading/note-lines.ts';
import type { NoteEdit } from '../../platform/notes/live-note.ts';
import { noteSchema } from './note-schema.ts';

const { nodes, marks: markTypes } = noteSchema;

export const lookOfNode = ({ attrs: { kind, indent, done } }: Node): LineLook =>
  lookOf({ k: kind as unknown, n: indent as unknown, d: done as unknown });

function marksIn(marks: readonly Mark[]): NoteMarks {
  const has = (name: string) => marks.some(({ type }) => type.name === name);
  const link = marks.find(({ type }) => type === markTypes.link)?.attrs['href'] as unknown;
  return {
    bold: has('bold'),
    italic: has('italic'),
    code: has('code'),
    link: typeof link === 'string' ? link : '',
  };
}

function marksFor({ bold, italic, code, link }: NoteMarks): readonly Mark[] {
  const all = [
    ...(link === '' ? [] : [markTypes.link.create({ href: link })]),
    ...(bold ? [markTypes.bold.create()] : []),
    ...(italic ? [markTypes.italic.create()] : []),
    ...(code ? [markTypes.code.create()] : []),
  ];
  return all;
}

/** The lines as the editor shows them. */
export function documentOf(lines: readonly NoteLine[]): Node {
  const shown = lines.map(({ runs, kind, indent, done }) =>
    nodes.line.create(
      { kind, indent, done },
      Fragment.from(runs.map((run) => noteSchema.text(run.text, marksFor(run)))),
    ),
  );
  return nodes.doc.create(null, shown);
}

/** One unit of the text, or some that belong together. */
interface Letters {
  readonly text: string;
  /** As one text, to be compared. */
  readonly says: string;
  readonly attributes: NoteAttributes;
}

const lettersFor = (text: string, attributes: NoteAttributes): Letters => ({
  text,
  attributes,
  says: JSON.stringify(attributes),
});

function lettersIn(lines: readonly Node[]): readonly Letters[] {
  return lines.flatMap((line) => [
    ...line.children.map((node) =>
      // A line feed within a line would be two lines for everybody else.
      lettersFor((node.text ?? '').replaceAll('\n', ' '), marksAsAttributes(marksIn(node.marks))),
    ),
    lettersFor('\n', lookAsAttributes(lookOfNode(line))),
  ]);
}

/** For each unit, what is said of it. */
function saysOf(letters: readonly Letters[]): readonly Letters[] {
  return letters.flatMap((run) => Array.from({ length: run.text.length }, () => run));
}

const isHighHalf = (unit: string | undefined): boolean => unit !== undefined && /[\ud800-\udbff]/.test(unit);
const isLowHalf = (unit: string | undefined): boolean => unit !== undefined && /[\udc00-\udfff]/.test(unit);

/** How many units are the same at the beginning and at the end; signs of two units are not cut. */
function sameEnds(before: string, after: string): readonly [number, number] {
  const most = Math.min(before.length, after.length);
  let first = 0;
  while (first < most && before[first] === after[first]) first++;
  if (isHighHalf(before[first - 1])) first--;
  let last = 0;
  while (last < most - first && before.at(-1 - last) === after.at(-1 - last)) last++;
  if (last > 0 && isLowHalf(before.at(-last))) last--;
  return [first, last];
}

/** What is said otherwise of units that stay. */
function formats(before: readonly Letters[], after: readonly Letters[], at: number): readonly NoteEdit[] {
  const edits: { at: number; length: number; attributes: NoteAttributes; from: Letters; to: Letters }[] = [];
  for (const [i, to] of after.entries()) {
    const from = before[i];
    if (!from || from.says === to.says) continue;
    const last = edits.at(-1);
    if (last?.from === from && last.to === to && last.at + last.length === at + i) last.length += 1;
    else {
      const changed = Object.entries(to.attributes).filter(([key, value]) => from.attributes[key] !== value);
      edits.push({ at: at + i, length: 1, attributes: Object.fromEntries(changed), from, to });
    }
  }
  return edits.map(({ at: place, length, attributes }) => ({ at: place, length, attributes }));
}

/** Without what is not said. */
const said = (attributes: NoteAttributes): NoteAttributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));

/** Where a line begins in the text. */
const beginOf = (doc: Node, line: number): number =>
  doc.children.slice(0, line).reduce((sum, node) => sum + node.content.size + 1, 0);

/** What makes the text of one document that of the other. Each line of both has its line feed. */
export function editsBetween(before: Node, after: Node): readonly NoteEdit[] {
  const [old, now] = [before.children, after.children];
  const most = Math.min(old.length, now.length);
  let first = 0;
  while (first < most && old[first]?.eq(now[first] as Node)) first++;
  let last = 0;
  while (last < most - first && old.at(-1 - last)?.eq(now.at(-1 - last) as Node)) last++;
  const from = lettersIn(old.slice(first, old.length - last));
  const to = lettersIn(now.slice(first, now.length - last));
  const [fromText, toText] = [from, to].map((all) => all.map(({ text }) => text).join('')) as [string, string];
  const [head, tail] = sameEnds(fromText, toText);
  const [fromSays, toSays] = [saysOf(from), saysOf(to)];
  const at = beginOf(before, first);
  const edits: NoteEdit[] = [];
  const gone = fromText.length - head - tail;
  if (gone > 0) edits.push({ at: at + head, gone });
  let place = head;
  while (place < toText.length - tail) {
    const run = toSays[place];
    let end = place;
    while (end < toText.length - tail && toSays[end] === run) end++;
    edits.push({ at: at + place, letters: toText.slice(place, end), attributes: said(run?.attributes ?? {}) });
    place = end;
  }
  edits.push(...formats(fromSays.slice(0, head), toSays.slice(0, head), at));
  const tailFrom = fromText.length - tail;
  const tailTo = toText.length - tail;
  edits.push(...formats(fromSays.slice(tailFrom), toSays.slice(tailTo), at + tailTo));
  return edits;
}

/** The place in the text of a place in the document. */
export function indexOf(doc: Node, position: number): number {
  const place = doc.resolve(position);
  return beginOf(doc, place.index(0)) + (place.depth === 0 ? 0 : place.parentOffset);
}

/** The place in the document of a place in the text. */
export function positionOf(doc: Node, index: number): number {
  let [begin, position] = [0, 0];
  for (const line of doc.children) {
    if (index <= begin + line.content.size) return position + 1 + Math.max(0, index - begin);
    begin += line.content.size + 1;
    position += line.nodeSize;
  }
  return Math.max(1, doc.content.size - 1);
}
