// How notes are read: as Markdown, as versions, and as something that was missed.
import { describe, expect, test } from 'vitest';
import { missedOf } from '../../../../src/core/room/reading/missed.ts';
import type { NoteLine, NoteRun } from '../../../../src/core/room/reading/note-lines.ts';
import { noteMarkdown } from '../../../../src/core/room/reading/note-markdown.ts';
import { versionsOf } from '../../../../src/core/room/reading/note-versions.ts';
import { admit, found, keyOf, Replica } from '../../../support/worlds/room-history.ts';

const run = (text: string, more: Partial<NoteRun> = {}): NoteRun => ({
  ...{ text, client: 1, bold: false, italic: false, code: false, link: '' },
  ...more,
});
const line = (kind: NoteLine['kind'], text: string | readonly NoteRun[], more: Partial<NoteLine> = {}): NoteLine => ({
  ...{ kind, indent: 0, done: false },
  runs: typeof text === 'string' ? [run(text)] : text,
  ...more,
});

describe('notes as Markdown', () => {
  test('have headings below theirs, lists that count, boxes, quotes and fences', () => {
    const words = noteMarkdown(
      [
        line('head-1', 'Plan'),
        line('text', 'First'),
        line('number', 'one'),
        line('number', 'inner', { indent: 1 }),
        line('number', 'two'),
        line('text', 'Then'),
        line('number', 'again'),
        line('check', 'done', { done: true }),
        line('check', 'open'),
        line('quote', 'said'),
        line('code', 'a ``` b'),
        line('code', '# no heading'),
        line('text', ''),
      ],
      2,
    );
    expect(words).toBe(
      [
        ...['### Plan', '', 'First', '', '1. one', '   1. inner', '2. two', '', 'Then', ''],
        ...['1. again', '- [x] done', '- [ ] open', '', '> said', '', '````', 'a ``` b', '# no heading', '````', ''],
      ].join('\n'),
    );
  });

  test('say their marks close to the words, and nothing that was typed is taken for a sign', () => {
    const words = noteMarkdown(
      [
        line('text', [
          run('bold ', { bold: true }),
          run('*not*', { italic: true }),
          run(' here', { link: 'https://a.example/b c>(' }),
          run('x`y', { code: true }),
        ]),
        line('text', '# <b>[no](yes)'),
      ],
      1,
    );
    expect(words).toBe(
      '**bold** *\\*not\\**[ here](<https://a.example/b%20c%3E(>)`` x`y ``\n\n\\# \\<b\\>\\[no\\](yes)\n',
    );
  });
});

describe('notes of a room', () => {
  const begun = () => {
    const room = new Replica();
    room.write('F', found);
    for (const name of ['A', 'B']) room.write('F', admit(name));
    return { room, note: room.write('F', { k: 'note', title: 'Minutes' }).id };
  };

  test('are called as the last one says, go off the list and come back; a note that nobody has is nothing', () => {
    const { room, note } = begun();
    const shown = () => room.view.show('notes').map(({ title, isGone }) => [title, isGone]);
    room.write('A', { k: 'note-set', of: note, title: 'Plan' });
    room.write('B', { k: 'note-set', of: note, gone: true });
    expect(shown()).toEqual([['Plan', true]]);
    room.write('F', { k: 'note-set', of: note, gone: false });
    room.write('F', { k: 'note-set', of: room.write('A', { k: 'say', text: 'no note' }).id, title: 'Else' });
    room.write('F', { k: 'note-set', of: note, title: 7 });
    expect(shown()).toEqual([['Plan', false]]);
  });

  test('have a version for what one person writes without a pause', () => {
    const minute = 60_000;
    const piece = (author: string, at: number) => ({
      ...{ entry: `${author}${at}`, author, device: '', at: at * minute, after: undefined },
      update: new Uint8Array(1),
    });
    const pieces = [piece('A', 0), piece('A', 9), piece('B', 10), piece('A', 11), piece('A', 30)];
    expect(versionsOf({ pieces }, []).map(({ author, at, pieces: count }) => [author, at / minute, count])).toEqual([
      ['A', 30, 5],
      ['A', 11, 4],
      ['B', 10, 3],
      ['A', 9, 2],
    ]);
    expect(versionsOf({ pieces }, ['B10', 'A30']).map(({ at, pieces: count }) => [at / minute, count])).toEqual([
      [11, 4],
    ]);
  });

  test('are missed when others wrote in them, by name; not one’s own words, and not what is off the list', () => {
    const { room, note } = begun();
    const seen = room.graph.heads();
    const missed = (who: string) => missedOf(room.graph, room.view, seen, keyOf(who));
    room.write('A', { k: 'text', doc: note, u: 'AAAA' });
    room.write('A', { k: 'text', doc: note, u: 'AAAB' });
    room.write('B', { k: 'note-set', of: note, title: 'Plan' });
    expect(missed('F').notes).toEqual([{ id: note, title: 'Plan', authors: [keyOf('A'), keyOf('B')] }]);
    expect([missed('A').notes[0]?.authors, missed('F').count]).toEqual([[keyOf('B')], 1]);
    room.write('B', { k: 'note-set', of: note, gone: true });
    expect(missed('F').count).toBe(0);
  });
});
