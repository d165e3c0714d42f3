// The files and books of a room as they are shown, over whole browsers in the memory: put there, checked, damaged, removed; chapters written, read,
// changed and reviewed. What needs a real window is pressed in the journeys.
import 'fake-indexeddb/auto';
import '../support/drivers/page-window.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import messages from '../../public/_locales/en/messages.json';
import { BooksPart } from '../../src/room/books/books-part.tsx';
import { FilesModel } from '../../src/room/files/files-model.ts';
import { FilesPart } from '../../src/room/files/files-part.tsx';
import { RoomModel } from '../../src/room/model/room-model.ts';
import type { RoomsModel } from '../../src/room/model/rooms-model.ts';
import { textsOf } from '../../src/ui/texts/message-file.ts';
import { takeTextsFrom } from '../../src/ui/texts/text.ts';
import { until } from '../support/runner/condition.ts';
import type { RoomBrowser } from '../support/worlds/room-browser.ts';
import { found, letIn, threeBrowsers } from '../support/worlds/room-steps.ts';

let alice: RoomBrowser;
let others: readonly RoomBrowser[];
let name: string;
let room: RoomModel;
const root = () => document.getElementById('root') as HTMLElement;
const shown = () => root().textContent ?? '';
const shows = (words: RegExp) => until(() => words.test(shown()), { what: `${words} in “${shown()}”` });

function button(words: string): HTMLButtonElement {
  const all = [...root().querySelectorAll<HTMLButtonElement>('button')];
  const one = all.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === words);
  if (!one) throw new Error(`no button ${words} among ${all.map((each) => each.textContent).join(', ')}`);
  return one;
}
async function press(words: string): Promise<void> {
  await until(
    () =>
      [...root().querySelectorAll('button')].some(
        (one) => (one.getAttribute('aria-label') ?? one.textContent) === words && !one.disabled,
      ),
    {
      what: `button ${words} in “${shown()}”`,
    },
  );
  button(words).click();
}
function fill(label: string, words: string): void {
  const named = [...root().querySelectorAll('label')].find((one) => one.textContent === label);
  const field = document.getElementById(named?.getAttribute('for') ?? '') as HTMLTextAreaElement;
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

beforeEach(async () => {
  takeTextsFrom(textsOf(messages, ['en']));
  const [one, bob, carol] = await threeBrowsers();
  [alice, others] = [one, [bob, carol]];
  name = await found(alice);
  await letIn(alice, name, bob);
  await bob.shelf.takeFile({ room: name, entries: await alice.tools.store.entries(name) });
  await bob.shelf.introduce(name);
  await (await alice.room(name)).takeFromFile(await bob.tools.store.entries(name));
  room = new RoomModel(await alice.room(name), signal('Alice'), signal([]));
});

afterEach(() => {
  render(null, root());
  room.close();
  for (const one of [alice, ...others]) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

const model = { keepsBlobs: () => false, setKeepsBlobs: vi.fn() } as unknown as RoomsModel;

test('room files: one that is added is shown, checked, found out when a byte of it is changed, and removed', async () => {
  render(<FilesPart model={model} room={room} blobs={alice.tools.blobs} />, root());
  await shows(/No files yet/);
  const files = new FilesModel(room, alice.tools.blobs);
  await files.put([new File(['What we grow'], 'notes.txt', { type: 'text/plain' })]);
  files.close();
  await shows(/notes\.txt.*12 bytes.*added by You.*On this computer/);
  await press('Check every byte of notes.txt');
  await until(() => !button('Check every byte of notes.txt').disabled, { what: 'the check to end' });
  expect(shown()).not.toContain('Not what');
  const folder = [...(alice.disk.folders.get('room-blobs')?.folders.get(name)?.folders.values() ?? [])][0];
  const block = folder?.entry('0');
  if (block) block.bytes[2] = 33;
  await press('Check every byte of notes.txt');
  await shows(/Not what You signed: part 1 of 1/);
  await press('Get notes.txt again');
  await shows(/It comes when you meet a member who has it/);
  await press('Stop getting notes.txt');
  await shows(/Not on this computer/);
  await room.write(() => [{ k: 'unfile', of: room.files[0]?.id ?? '' }]);
  await shows(/No files yet/);
});

test('room files: one that does not fit is refused with a sentence, and nothing of it is in the room', async () => {
  const files = new FilesModel(room, alice.tools.blobs);
  alice.disk.quota = 5;
  await files.put([new File(['What we grow'], 'notes.txt')]);
  expect(files.problem.value).toBe('There is not enough space on this computer for notes.txt.');
  expect(room.files).toEqual([]);
  files.close();
});

test('room books: a chapter is written, read, changed and checked; without a title or words it is not taken', async () => {
  render(<BooksPart room={room} blobs={alice.tools.blobs} />, root());
  await shows(/No books yet/);
  fill('Title of a new book', 'Bees');
  await press('Add book');
  await press('Open book Bees');
  await press('Add chapter');
  await press('Sign and save');
  await shows(/Give the chapter a title/);
  fill('Title of the chapter', 'Hives');
  await press('Sign and save');
  await shows(/Write a text, or add a picture/);
  fill('Text of the chapter', 'A hive stands dry.');
  fill('Source', 'Seen by myself');
  await press('Sign and save');
  await shows(/Hives.*Written by You.*Source: Seen by myself.*A hive stands dry\..*Not reviewed yet/s);
  await press('Check every byte of Hives');
  await shows(/Every byte is what its author signed: 18 bytes checked/);
  await press('Change chapter Hives');
  await until(() => !button('Sign and save').disabled, { what: 'the text to be read' });
  fill('Text of the chapter', 'A long text. '.repeat(1_000));
  await press('Sign and save');
  await shows(/One earlier version/);
  await until(() => [...alice.disk.folders.keys()].includes('room-blobs'), { what: 'the long text on the disk' });
  expect(room.books[0]?.chapters[0]?.versions.at(-1)?.parts[0]?.blob?.type).toBe('text/plain');
  await press('Withdraw chapter Hives');
  await shows(/Withdrawn by its author/);
});

test('room books: what another member thinks of a chapter is shown with it', async () => {
  const own = await alice.room(name);
  await own.write(() => [{ k: 'book', title: 'Bees' }]);
  const book = room.books[0]?.id ?? '';
  await own.write(() => [{ k: 'chapter', book, title: 'Hives', order: 'A', parts: [{ text: 'Dry.' }] }]);
  const [bob] = others;
  if (!bob) throw new Error('no Bob');
  const theirs = await bob.room(name);
  await theirs.takeFromFile([...own.graph.all()].map(({ signed }) => signed));
  const of = room.books[0]?.chapters[0]?.id ?? '';
  await theirs.write(() => [{ k: 'review', of, verdict: 'doubtful', sure: 3, text: 'In summer?' }]);
  await own.takeFromFile([...theirs.graph.all()].map(({ signed }) => signed));
  render(<BooksPart room={room} blobs={alice.tools.blobs} />, root());
  await press('Open book Bees');
  await shows(/Doubted by one.*Bob.*Doubtful, 3 of 10 sure.*In summer\?/s);
});
