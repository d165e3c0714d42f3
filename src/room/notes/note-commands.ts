// What the keys and buttons of the editor do to lines and letters.
import { baseKeymap, chainCommands, toggleMark } from 'prosemirror-commands';
import { InputRule, inputRules } from 'prosemirror-inputrules';
import { keydownHandler } from 'prosemirror-keymap';
import type { MarkType, Node } from 'prosemirror-model';
import { type Command, type EditorState, Plugin, type Transaction } from 'prosemirror-state';
import { type LineKind, type LineLook, maxIndent } from '../../core/room/reading/note-lines.ts';
import { lookOfNode } from './note-letters.ts';
import { noteSchema } from './note-schema.ts';

export type MarkName = 'bold' | 'italic' | 'code';

const listed: ReadonlySet<LineKind> = new Set(['bullet', 'number', 'check']);

/** The lines that are selected, each with its place. */
function selectedLines({ doc, selection: { from, to } }: EditorState): readonly (readonly [Node, number])[] {
  const lines: [Node, number][] = [];
  doc.nodesBetween(from, to, (node, at) => {
    if (node.type === noteSchema.nodes.line) lines.push([node, at]);
    return node.type === noteSchema.nodes.doc;
  });
  return lines;
}

/** How the first selected line looks. */
export function currentLook(state: EditorState): LineLook {
  return lookOfNode(state.selection.$from.parent);
}

function changeLines(state: EditorState, change: (look: LineLook) => LineLook): Transaction | undefined {
  const tr = state.tr;
  for (const [line, at] of selectedLines(state)) {
    const look = lookOfNode(line);
    const changed = change(look);
    if (JSON.stringify(changed) !== JSON.stringify(look)) tr.setNodeMarkup(at, null, { ...changed });
  }
  return tr.docChanged ? tr : undefined;
}

const lines =
  (change: (look: LineLook) => LineLook): Command =>
  (state, dispatch) => {
    const tr = changeLines(state, change);
    if (tr) dispatch?.(tr.scrollIntoView());
    return tr !== undefined;
  };

/** Makes the selected lines of this kind, or plain ones where the first is that already. */
export const setKind =
  (kind: LineKind): Command =>
  (state, dispatch) => {
    const to = currentLook(state).kind === kind ? 'text' : kind;
    return lines((look) => ({ kind: to, indent: listed.has(to) ? look.indent : 0, done: false }))(state, dispatch);
  };

/** Moves points of lists in or out. */
export const indentBy = (by: 1 | -1): Command =>
  lines((look) => (listed.has(look.kind) ? { ...look, indent: clamped(look.indent + by) } : look));

const clamped = (indent: number): number => Math.max(0, Math.min(indent, maxIndent));

/** Ticks the check boxes that are selected, or takes the ticks away. */
export const toggleDone: Command = (state, dispatch) => {
  const { kind, done } = currentLook(state);
  return (
    kind === 'check' && lines((look) => (look.kind === 'check' ? { ...look, done: !done } : look))(state, dispatch)
  );
};

/** In an empty point a new line ends the list; anywhere else it goes on. */
const newLine: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const look = lookOfNode($from.parent);
  if (state.selection.empty && $from.parent.content.size === 0 && look.kind !== 'text')
    return lines((one) =>
      one.indent > 0 ? { ...one, indent: one.indent - 1 } : { kind: 'text', indent: 0, done: false },
    )(state, dispatch);
  const isHeading = look.kind.startsWith('head');
  const isAtEnd = $to.parentOffset === $to.parent.content.size;
  const next: LineLook = isHeading && isAtEnd ? { kind: 'text', indent: 0, done: false } : { ...look, done: false };
  const tr = state.tr.deleteSelection();
  tr.split(tr.mapping.map($from.pos), 1, [{ type: noteSchema.nodes.line, attrs: { ...next } }]);
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** At the beginning of a line its look goes first. */
const plainFirst: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  return lines((look) =>
    look.indent > 0 ? { ...look, indent: look.indent - 1 } : { kind: 'text', indent: 0, done: false },
  )(state, dispatch);
};

const inList =
  (command: Command): Command =>
  (state, dispatch) => {
    if (!listed.has(currentLook(state).kind)) return false;
    command(state, dispatch);
    // In a list the key means this alone, also where there is nothing left to do.
    return true;
  };

const mark = (name: MarkName): MarkType => noteSchema.marks[name];

export const toggle = (name: MarkName): Command => toggleMark(mark(name));

export function isMarked(state: EditorState, name: MarkName): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return mark(name).isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, mark(name));
}

interface LinkThere {
  readonly href: string;
  readonly from: number;
  readonly to: number;
}

/** The link at the caret, and from where to where it goes. */
export function linkAt({ selection: { $from } }: EditorState): LinkThere | undefined {
  const parts: { href: string; from: number; to: number }[] = [];
  let at = $from.start();
  for (const node of $from.parent.children) {
    const href = (noteSchema.marks.link.isInSet(node.marks)?.attrs['href'] as string | undefined) ?? '';
    const last = parts.at(-1);
    if (last?.href === href) last.to = at + node.nodeSize;
    else parts.push({ href, from: at, to: at + node.nodeSize });
    at += node.nodeSize;
  }
  return parts.find(({ href, from, to }) => href !== '' && from <= $from.pos && $from.pos <= to);
}

/** Lets the selected letters, or the link at the caret, lead there; '' for nowhere. Where nothing is selected the address itself is written. */
export const setLink =
  (href: string): Command =>
  (state, dispatch) => {
    const { link } = noteSchema.marks;
    const { from, to, empty } = state.selection;
    const known = linkAt(state);
    const tr = state.tr;
    const [begin, end] = empty && known ? [known.from, known.to] : [from, to];
    tr.removeMark(begin, end, link);
    if (href !== '') {
      if (begin === end) tr.insertText(href, begin);
      tr.addMark(begin, begin === end ? begin + href.length : end, link.create({ href }));
    }
    tr.removeStoredMark(link);
    dispatch?.(tr.scrollIntoView());
    return true;
  };

/** What is typed at the beginning of a line and makes it one of a kind. */
const beginnings: readonly (readonly [RegExp, (match: RegExpMatchArray) => Partial<LineLook>])[] = [
  [/^(#{1,3})\s$/, ([, signs = '']) => ({ kind: `head-${signs.length}` as LineKind })],
  [/^[-*]\s$/, () => ({ kind: 'bullet' })],
  [/^1[.)]\s$/, () => ({ kind: 'number' })],
  [/^\[([ x]?)\]\s$/, ([, sign]) => ({ kind: 'check', done: sign === 'x' })],
  [/^>\s$/, () => ({ kind: 'quote' })],
  [/^```$/, () => ({ kind: 'code' })],
];

const rules = beginnings.map(
  ([sign, look]) =>
    new InputRule(sign, (state, match, start, end) => {
      const { kind } = currentLook(state);
      if (kind === 'code' || (kind !== 'text' && match[0].startsWith('```'))) return null;
      const tr = state.tr.delete(start, end);
      const at = tr.doc.resolve(start).before();
      return tr.setNodeMarkup(at, null, { ...currentLook(state), done: false, ...look(match) });
    }),
);

interface Outside {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly leave: () => void;
  readonly askLink: () => void;
}

const outside =
  (run: () => void): Command =>
  () => {
    run();
    return true;
  };

/** Keys and beginnings of lines. */
export function notePlugins({ undo, redo, leave, askLink }: Outside): readonly Plugin[] {
  const [undoing, redoing] = [outside(undo), outside(redo)];
  const { Enter = newLine, Backspace = plainFirst } = baseKeymap;
  const keys: Readonly<Record<string, Command>> = {
    ...baseKeymap,
    Enter: chainCommands(newLine, Enter),
    'Shift-Enter': newLine,
    'Mod-Enter': toggleDone,
    Backspace: chainCommands(plainFirst, Backspace),
    'Mod-b': toggle('bold'),
    'Mod-i': toggle('italic'),
    'Mod-e': toggle('code'),
    'Mod-k': outside(askLink),
    'Mod-z': undoing,
    'Mod-y': redoing,
    'Mod-Shift-z': redoing,
    Tab: inList(indentBy(1)),
    'Shift-Tab': inList(indentBy(-1)),
    Escape: outside(leave),
  };
  return [inputRules({ rules }), new Plugin({ props: { handleKeyDown: keydownHandler({ ...keys }) } })];
}
