// Between the lines of the editor and the text that travels: whatever was changed in the one, the other says the same afterwards.
import '../../support/drivers/page-window.ts';
import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { LineKind, NoteLine } from '../../../src/core/room/reading/note-lines.ts';
import { LiveNote } from '../../../src/platform/notes/live-note.ts';
import { documentOf, editsBetween, indexOf, positionOf } from '../../../src/room/notes/note-letters.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const run = fc.record({
  text: fc
    .oneof(fc.constantFrom('a', 'aa', 'b ', '😀', '😁x', 'ab'), fc.string({ minLength: 1, maxLength: 5 }))
    .map((text) =>
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what a note does not take.
      text.replace(/[\0-\x1f\x7f]/g, '_'),
    ),
  client: fc.constant(1),
  bold: fc.boolean(),
  italic: fc.boolean(),
  code: fc.constant(false),
  link: fc.constantFrom('', 'https://one.example/', 'https://two.example/'),
});
const line: fc.Arbitrary<NoteLine> = fc
  .record({
    kind: fc.constantFrom<LineKind>('text', 'head-1', 'bullet', 'check'),
    indent: fc.nat(2),
    done: fc.boolean(),
    runs: fc.array(run, { maxLength: 3 }),
  })
  .map((one) => ({ ...one, done: one.done && one.kind === 'check' }));
const lines = fc.array(line, { minLength: 1, maxLength: 6 });

/** A note in which this stands. */
function liveWith(doc: Node): LiveNote {
  const live = new LiveNote(new Y.Doc(), 1);
  live.edit([{ at: 0, letters: '\n', attributes: {} }]);
  live.edit(editsBetween(documentOf([{ kind: 'text', indent: 0, done: false, runs: [] }]), doc));
  return live;
}

test('note letters: what makes one document of another makes one text of the other', () => {
  fc.assert(
    fc.property(lines, lines, fc.nat(6), (one, other, kept) => {
      const before = documentOf(one);
      // Much of what is edited stays as it is.
      const after = documentOf([...one.slice(0, kept), ...other]);
      const live = liveWith(before);
      expect(documentOf(live.lines).toJSON()).toEqual(before.toJSON());
      live.edit(editsBetween(before, after));
      expect(documentOf(live.lines).toJSON()).toEqual(after.toJSON());
      expect(live.isOpenEnded).toBe(false);
      expect(editsBetween(after, documentOf(live.lines))).toEqual([]);
    }),
    { numRuns: fuzzRuns(150) },
  );
});

test('note letters: a letter that is typed, and a look that is changed, are that and nothing else', () => {
  const words = (text: string, more: Partial<NoteLine> = {}): NoteLine => ({
    ...{ kind: 'text', indent: 0, done: false },
    runs: [{ text, client: 1, bold: false, italic: false, code: false, link: '' }],
    ...more,
  });
  const doc = (...all: readonly NoteLine[]) => documentOf(all);
  expect(editsBetween(doc(words('ab'), words('cd')), doc(words('ab'), words('cxd')))).toEqual([
    { at: 4, letters: 'x', attributes: {} },
  ]);
  expect(editsBetween(doc(words('ab')), doc(words('ab', { kind: 'bullet' })))).toEqual([
    { at: 2, length: 1, attributes: { k: 'bullet' } },
  ]);
  expect(editsBetween(doc(words('abcd')), doc(words('ab'), words('cd')))).toEqual([
    { at: 2, letters: '\n', attributes: {} },
  ]);
  expect(editsBetween(doc(words('ab', { kind: 'check', done: true })), doc(words('ab', { kind: 'check' })))).toEqual([
    { at: 2, length: 1, attributes: { d: null } },
  ]);
});

test('note letters: places of the text and of the document are the same places', () => {
  fc.assert(
    fc.property(lines, (one) => {
      const doc = documentOf(one);
      const length = one.reduce((sum, { runs }) => sum + runs.reduce((all, { text }) => all + text.length, 0) + 1, 0);
      for (let index = 0; index < length; index++) expect(indexOf(doc, positionOf(doc, index))).toBe(index);
    }),
    { numRuns: fuzzRuns(50) },
  );
});
