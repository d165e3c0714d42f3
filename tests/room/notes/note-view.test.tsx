// The page of a note: what is read of it, what is typed, pasted and pressed in the editor. What needs layout is looked at in the gallery.
import '../../support/drivers/editor-window.ts';
import { render } from 'preact';
import { TextSelection } from 'prosemirror-state';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import messages from '../../../public/_locales/en/messages.json';
import type { NoteLine, NoteRun } from '../../../src/core/room/reading/note-lines.ts';
import { noteMarkdown } from '../../../src/core/room/reading/note-markdown.ts';
import { LiveNote } from '../../../src/platform/notes/live-note.ts';
import { indentBy, setKind, setLink, toggle, toggleDone } from '../../../src/room/notes/note-commands.ts';
import { NoteEditor } from '../../../src/room/notes/note-editor.ts';
import { NoteLinesView } from '../../../src/room/notes/note-lines-view.tsx';
import { textsOf } from '../../../src/ui/texts/message-file.ts';
import { takeTextsFrom } from '../../../src/ui/texts/text.ts';

const root = () => document.getElementById('root') as HTMLElement;
const plain = { client: 1, bold: false, italic: false, code: false, link: '' };
const line = (runs: readonly Partial<NoteRun>[], more: Partial<NoteLine> = {}): NoteLine => ({
  ...{ kind: 'text', indent: 0, done: false },
  runs: runs.map((run) => ({ ...plain, text: '', ...run })),
  ...more,
});

beforeEach(() => {
  takeTextsFrom(textsOf(messages, ['en']));
});

describe('a note that is read', () => {
  afterEach(() => render(null, root()));

  test('E.99: has links that go to pages and mailboxes alone, and say where; anything else is text', () => {
    const links = [
      'https://bank.example/',
      'https://xn--bnk-6ve.example/login',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'mailto:ana@home.example?body=x',
      '//elsewhere.example',
    ];
    render(<NoteLinesView lines={[line(links.map((link) => ({ text: 'https://bank.example/', link })))]} />, root());
    const shown = [...root().querySelectorAll('a')];
    expect(shown.map(({ href }) => href)).toEqual([links[0], links[1], links[5]]);
    expect(shown.map(({ textContent }) => textContent)).toEqual([
      'https://bank.example/',
      'https://bank.example/ xn--bnk-6ve.example',
      'https://bank.example/ ana@home.example',
    ]);
    expect(shown.every(({ target, rel }) => target === '_blank' && rel === 'noopener noreferrer')).toBe(true);
  });

  test('has lists in lists, and names who wrote each line', () => {
    const lines = [
      line([{ text: 'outer' }], { kind: 'bullet' }),
      line([{ text: 'inner' }], { kind: 'number', indent: 1 }),
      line([{ text: 'deeper', client: 2 }], { kind: 'check', indent: 3, done: true }),
      line([{ text: 'one' }, { text: 'two', client: 2 }], { kind: 'number' }),
      line([], { kind: 'number' }),
      line([{ text: '<b>\u202e' }], { kind: 'code' }),
    ];
    const names = ['', 'Ana', 'Bob'];
    render(
      <NoteLinesView lines={lines} writerOf={(client) => ({ name: names[client] ?? '', id: `0${client}` })} />,
      root(),
    );
    expect(root().querySelector('ul > li > ol > li')?.textContent).toContain('inner');
    expect(root().querySelector('ol > li > ul [role="img"]')?.getAttribute('aria-label')).toBe('Done');
    expect([...root().querySelectorAll('.note-writers')].map(({ textContent }) => textContent)).toEqual(
      ['Ana', 'Ana', 'Bob', 'Ana and Bob', 'Ana'].map((words) => expect.stringMatching(words.replace(' ', '.*'))),
    );
    expect(root().querySelector('pre')?.textContent).toContain('<b>');
    expect(root().querySelector('pre')?.textContent).not.toContain('\u202e');
  });
});

describe('a note that is written', () => {
  let live: LiveNote;
  let editor: NoteEditor;
  let space: number;
  const asked = { onFull: vi.fn(), onTooLong: vi.fn(), leave: vi.fn(), askLink: vi.fn() };
  const says = () => noteMarkdown(live.lines, 1);
  const run = (command: (state: typeof editor.view.state, dispatch: typeof editor.view.dispatch) => boolean) =>
    command(editor.view.state, editor.view.dispatch.bind(editor.view));
  const type = (words: string) => editor.view.dispatch(editor.view.state.tr.insertText(words));
  const press = (key: string, more: KeyboardEventInit = {}) =>
    editor.view.someProp('handleKeyDown', (handle) =>
      handle(editor.view, new window.KeyboardEvent('keydown', { key, ...more })),
    ) ?? false;
  const select = (from: number, to = from) => {
    const { state } = editor.view;
    editor.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
  };
  const paste = (text: string, html = '') => {
    const event = new window.Event('paste', { cancelable: true });
    const getData = (kind: string) => (kind === 'text/html' ? html : text);
    Object.assign(event, { clipboardData: { getData } });
    editor.view.dom.dispatchEvent(event);
    return event;
  };

  beforeEach(() => {
    live = new LiveNote(new Y.Doc(), 1);
    space = 1_000_000;
    for (const one of Object.values(asked)) one.mockClear();
    const parts = { live, label: 'Minutes', hint: 'hint', onState: vi.fn(), room: () => space, ...asked };
    editor = new NoteEditor(root(), parts);
  });
  afterEach(() => {
    editor.close();
    live.close();
  });

  test('has lines of each kind by keys; an empty point ends the list, and the key at its beginning takes the look first', () => {
    type('Plan');
    run(setKind('head-1'));
    press('Enter');
    type('text');
    press('Enter');
    run(setKind('bullet'));
    type('one');
    press('Enter');
    press('Tab');
    type('two');
    press('Enter');
    expect(says()).toBe(
      '## Plan\n\ntext\n\n- one\n   - two\n   -\n'.replace('   -\n', '   - \n').trimEnd().concat('\n'),
    );
    press('Enter');
    press('Enter');
    type('after');
    expect(says()).toBe('## Plan\n\ntext\n\n- one\n   - two\n\nafter\n');
    run(setKind('quote'));
    select(editor.doc.content.size - 'after'.length - 1);
    press('Backspace');
    expect(says()).toMatch(/\n\nafter\n$/);
  });

  test('has boxes that are ticked by keys and by a click, and points that go in and out within bounds', () => {
    run(setKind('check'));
    type('dig');
    run(toggleDone);
    expect(says()).toBe('- [x] dig\n');
    (editor.view.dom.querySelector('.note-box') as HTMLElement).click();
    expect(says()).toBe('- [ ] dig\n');
    for (let i = 0; i < 9; i++) run(indentBy(1));
    expect(live.lines[0]?.indent).toBe(4);
    for (let i = 0; i < 9; i++) press('Tab', { shiftKey: true });
    expect(live.lines[0]?.indent).toBe(0);
    run(setKind('text'));
    // Outside of lists the key goes on to what comes next on the page.
    expect(press('Tab')).toBe(false);
  });

  test('has marks and links; a link is changed and taken away where the caret stands in it', () => {
    type('see the plan');
    select(9, 13);
    run(toggle('bold'));
    run(setLink('https://plan.example/'));
    expect(says()).toBe('see the [**plan**](<https://plan.example/>)\n');
    select(11);
    run(setLink('https://other.example/'));
    expect(says()).toBe('see the [**plan**](<https://other.example/>)\n');
    run(setLink(''));
    expect(says()).toBe('see the **plan**\n');
    expect(editor.view.dom.querySelector('a')).toBeNull();
    press('k', { ctrlKey: true });
    press('Escape');
    expect([asked.askLink, asked.leave].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  test('E.99: takes what is pasted as lines, without pictures, scripts and signs that turn the text; nothing reads it as HTML of the page', () => {
    expect(paste('one\r\ntwo\u202e\u0007').defaultPrevented).toBe(true);
    expect(says()).toBe('one\n\ntwo\n');
    select(1, editor.doc.content.size - 1);
    paste(
      'x',
      '<h1>Top</h1><p>a <b>bold</b> <img src="https://spy.example/x.png" onerror="alert(1)"><a href="javascript:1">no</a> ' +
        '<a href="https://yes.example/">yes</a></p><script>alert(1)</script><ul><li>one<ol><li>two</li></ol></li></ul>',
    );
    const words = says();
    expect(words).toContain('## Top');
    expect(words).toContain('a **bold** no [yes](<https://yes.example/>)');
    expect(words).toMatch(/- one\n {3}1\. two/);
    expect(words).not.toMatch(/spy|alert|javascript/);
    paste('y'.repeat(100_001));
    expect(asked.onTooLong).toHaveBeenCalledOnce();
  });

  test('takes nothing more when it is full, but lets letters be taken away', () => {
    type('12345');
    space = 0;
    type('6');
    expect([says(), asked.onFull.mock.calls.length]).toEqual(['12345\n', 1]);
    editor.view.dispatch(editor.view.state.tr.delete(1, 3));
    expect(says()).toBe('345\n');
  });

  test('shows what others write around the caret, and takes back what was done here alone', () => {
    type('mine');
    select(3);
    const theirs = new Y.Doc();
    theirs.clientID = 0;
    theirs.getText('t').insert(0, 'theirs\n');
    live.take(theirs);
    expect(editor.doc.textBetween(0, editor.doc.content.size, '|')).toBe('theirs|mine');
    type('X');
    expect(says()).toBe('theirs\n\nmiXne\n');
    press('z', { ctrlKey: true });
    expect(says()).not.toContain('X');
    expect(says()).toContain('theirs');
  });

  test('goes on in another text when its own counts no more', () => {
    type('old');
    const kept = editor.doc;
    const shown = new Y.Doc();
    shown.getText('t').insert(0, 'counts\n');
    const next = new LiveNote(shown, 2);
    editor.bind(next);
    expect(editor.doc.textContent).toBe('counts');
    editor.replace(kept);
    expect(next.lines[0]?.runs[0]?.text).toBe('old');
    next.close();
  });
});
