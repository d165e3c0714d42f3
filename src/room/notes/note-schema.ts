// A note as the editor has it: lines one below the other, each with a look of its own and nothing but letters in it. So every text is a note, and
// two who write at once can never make something that none of them can show.
import { type Attrs, type DOMOutputSpec, Schema } from 'prosemirror-model';
import { type LineKind, lookOf, maxIndent } from '../../core/room/reading/note-lines.ts';

/** Elements of what is pasted. */
const pastedKinds: readonly (readonly [string, LineKind])[] = [
  ['h1', 'head-1'],
  ['h2', 'head-2'],
  ['h3, h4, h5, h6', 'head-3'],
  ['blockquote', 'quote'],
  ['pre', 'code'],
  ['p, div, td, th, dt, dd', 'text'],
];

/** A point of a list that is pasted: what the list is, and how deep it lies in others. */
function pointLook(point: HTMLElement): Attrs {
  let depth = 0;
  for (let at = point.parentElement; at; at = at.parentElement) if (at.matches('ul, ol')) depth += 1;
  const kind = point.parentElement?.matches('ol') ? 'number' : 'bullet';
  return { kind, indent: Math.min(Math.max(0, depth - 1), maxIndent), done: false };
}

export const elementOf: Readonly<Record<LineKind, string>> = {
  text: 'p',
  'head-1': 'h4',
  'head-2': 'h5',
  'head-3': 'h6',
  bullet: 'div',
  number: 'div',
  check: 'div',
  quote: 'blockquote',
  code: 'pre',
};

const letters = (tag: string): DOMOutputSpec => [tag, 0];

export const noteSchema = new Schema({
  nodes: {
    doc: { content: 'line+' },
    line: {
      content: 'text*',
      attrs: { kind: { default: 'text' }, indent: { default: 0 }, done: { default: false } },
      whitespace: 'pre',
      defining: true,
      parseDOM: [
        // What this editor has put into the clipboard itself.
        {
          tag: '[data-line]',
          preserveWhitespace: 'full',
          getAttrs: (element) => {
            const { line: k, indent, done } = (element as HTMLElement).dataset;
            return { ...lookOf({ k, n: Number(indent), d: done === 'true' }) };
          },
        },
        { tag: 'li', preserveWhitespace: false, getAttrs: (element) => pointLook(element as HTMLElement) },
        ...pastedKinds.map(([tag, kind]) => ({
          tag,
          preserveWhitespace: kind === 'code' ? ('full' as const) : false,
          attrs: { kind, indent: 0, done: false },
        })),
      ],
      toDOM: ({ attrs }) => {
        const { kind, indent, done } = attrs as { kind: LineKind; indent: number; done: boolean };
        return [elementOf[kind], { 'data-line': kind, 'data-indent': String(indent), 'data-done': String(done) }, 0];
      },
    },
    text: {},
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [
        { tag: 'a[href]', getAttrs: (element) => ({ href: (element as HTMLElement).getAttribute('href') ?? '' }) },
        { tag: '[data-link]', getAttrs: (element) => ({ href: (element as HTMLElement).dataset['link'] ?? '' }) },
      ],
      // No link: a click puts the caret there, and nothing of it is asked for.
      toDOM: ({ attrs: { href } }) => [
        'span',
        { class: 'note-link', 'data-link': String(href), title: String(href) },
        0,
      ],
    },
    bold: { parseDOM: [{ tag: 'strong' }, { tag: 'b' }], toDOM: () => letters('strong') },
    italic: { parseDOM: [{ tag: 'em' }, { tag: 'i' }], toDOM: () => letters('em') },
    code: { parseDOM: [{ tag: 'code' }], toDOM: () => letters('code') },
  },
});
