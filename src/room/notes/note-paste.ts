// What is pasted or dropped into a note, as lines: text as it is, or the little of HTML that a note knows. No pictures, nothing from elsewhere.
import createPurifier from 'dompurify';
import { DOMParser, Fragment, type Node, Slice } from 'prosemirror-model';
import { type LineKind, lettersOf } from '../../core/room/reading/note-lines.ts';
import { noteSchema } from './note-schema.ts';

/** UTF-16 units that are taken at once. */
const mostPasted = 100_000;
/** Of HTML: what is longer is taken as plain text. */
const mostHtml = 1_000_000;

const tags =
  'a p div br strong b em i code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 table tbody thead tr td th span'.split(' ');
const purifier = createPurifier(window);

/** Plain text, each of its lines a line. */
function linesFrom(text: string, kind: LineKind): Slice {
  const lines = lettersOf(text)
    .split('\n')
    .map((letters) => noteSchema.nodes.line.create({ kind }, letters === '' ? null : noteSchema.text(letters)));
  return new Slice(Fragment.from(lines), 1, 1);
}

/** Only letters that may stand in a note, and links of bounded length. */
function cleaned(fragment: Fragment): Fragment {
  const nodes: Node[] = [];
  for (const node of fragment.content) {
    if (!node.isText) nodes.push(node.copy(cleaned(node.content)));
    else {
      const letters = lettersOf(node.text ?? '').replaceAll('\n', ' ');
      if (letters !== '') nodes.push(noteSchema.text(letters, node.marks));
    }
  }
  return Fragment.fromArray(nodes);
}

function fromHtml(html: string): Slice {
  const clean = purifier.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href', 'data-line', 'data-indent', 'data-done', 'data-link'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  // A line break begins a line here, as the end of a paragraph does.
  for (const end of clean.querySelectorAll('br')) {
    const isInLine = end.closest('p, li, div, h1, h2, h3, h4, h5, h6, blockquote, td') !== null;
    end.replaceWith(isInLine && end.nextSibling ? ' ' : '');
  }
  const slice = DOMParser.fromSchema(noteSchema).parseSlice(clean);
  return new Slice(cleaned(slice.content), slice.openStart, slice.openEnd);
}

/** @param kind of the line that it comes into. @returns undefined for more than is taken at once. */
export function pastedSlice(data: DataTransfer | null, kind: LineKind): Slice | undefined {
  const text = data?.getData('text/plain') ?? '';
  const html = data?.getData('text/html') ?? '';
  if (text.length > mostPasted) return undefined;
  if (html === '' || html.length > mostHtml || kind === 'code') return linesFrom(text, kind === 'code' ? kind : 'text');
  const slice = fromHtml(html);
  return slice.content.size > mostPasted ? undefined : slice;
}
