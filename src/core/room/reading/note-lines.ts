// A note as lines of text with marks (docs/rooms.md#notes): what the attributes of its Yjs text mean. Whatever else stands there means nothing.

/** What one note may have had in it, that which was taken away among it. */
export const maxNote = { length: 524_288, lines: 10_000, marks: 40_000, pieces: 20_000 } as const;
/** UTF-16 units of where a link leads. */
export const maxLink = 2_000;
/** Steps to the side. */
export const maxIndent = 4;

const lineKinds = ['text', 'head-1', 'head-2', 'head-3', 'bullet', 'number', 'check', 'quote', 'code'] as const;
export type LineKind = (typeof lineKinds)[number];

export interface NoteMarks {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly code: boolean;
  /** '' for none. */
  readonly link: string;
}

export interface LineLook {
  readonly kind: LineKind;
  readonly indent: number;
  /** Of a check box. */
  readonly done: boolean;
}

/** Letters that stand together with the same marks, by one writer. */
export interface NoteRun extends NoteMarks {
  readonly text: string;
  /** The writer's number in this note. */
  readonly client: number;
}

export interface NoteLine extends LineLook {
  readonly runs: readonly NoteRun[];
}

/** Attributes of letters and of line feeds, as Yjs has them. */
export type NoteAttributes = Readonly<Record<string, unknown>>;

export const plainLine: LineLook = { kind: 'text', indent: 0, done: false };

/** The marks of letters with these attributes. */
export function marksOf({ b, i, c, a }: NoteAttributes): NoteMarks {
  const link = typeof a === 'string' && a.length <= maxLink ? a : '';
  return { bold: b === true, italic: i === true, code: c === true, link };
}

/** The look of a line whose line feed has these attributes. */
export function lookOf({ k, n, d }: NoteAttributes): LineLook {
  const kind = lineKinds.find((one) => one === k) ?? 'text';
  const indent = typeof n === 'number' && Number.isInteger(n) ? Math.max(0, Math.min(n, maxIndent)) : 0;
  return { kind, indent, done: kind === 'check' && d === true };
}

/** What says these marks: every key, null where there is nothing to say. */
export function marksAsAttributes({ bold, italic, code, link }: NoteMarks): NoteAttributes {
  return { b: bold || null, i: italic || null, c: code || null, a: link || null };
}

/** What says this look of a line: every key, null where there is nothing to say. */
export function lookAsAttributes({ kind, indent, done }: LineLook): NoteAttributes {
  return { k: kind === 'text' ? null : kind, n: indent || null, d: done || null };
}

/** Whether a piece may say this of letters or lines. A later version may say more: what is not known means nothing. */
export function isAttribute(key: unknown, value: unknown): boolean {
  if (typeof key !== 'string' || key.length > 32) return false;
  if (typeof value === 'string') return value.length <= maxLink;
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

/** Controls but tab and line feed, and what turns the text around it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for.
const unwanted = /[\0-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g;

/** Whether letters may stand in a note. */
export function areLetters(text: string): boolean {
  return text.search(unwanted) === -1;
}

/** The letters of a text that may stand in a note. */
export function lettersOf(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(unwanted, '');
}
