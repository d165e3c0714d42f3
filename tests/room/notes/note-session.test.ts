// Notes over whole browsers in the memory: written in by several members at once and apart, equal after they meet; what does not fit is left out by
// name; one page of a browser writes at a time.
import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import messages from '../../../public/_locales/en/messages.json';
import { noteMarkdown } from '../../../src/core/room/reading/note-markdown.ts';
import { roomMarkdown } from '../../../src/room/model/room-markdown.ts';
import { RoomModel } from '../../../src/room/model/room-model.ts';
import { NoteSession } from '../../../src/room/notes/note-session.ts';
import { textsOf } from '../../../src/ui/texts/message-file.ts';
import { takeTextsFrom } from '../../../src/ui/texts/text.ts';
import { until } from '../../support/runner/condition.ts';
import { link, type RoomBrowser } from '../../support/worlds/room-browser.ts';
import { found, joined, letIn, threeBrowsers } from '../../support/worlds/room-steps.ts';

let people: readonly [RoomBrowser, RoomBrowser, RoomBrowser];
let name: string;
let note: string;
const open: { close(): unknown }[] = [];

/** The page of somebody, with the note open. */
async function page(who: RoomBrowser): Promise<{ readonly room: RoomModel; readonly session: NoteSession }> {
  const room = new RoomModel(await who.room(name), signal('Me'), signal([]));
  const session = new NoteSession(room, note, who.tools);
  open.unshift(session, room);
  return { room, session };
}

const words = ({ shown }: NoteSession) => noteMarkdown(shown.value?.lines ?? [], 1).trim();
const shows = (session: NoteSession, said: RegExp) =>
  until(() => said.test(words(session)), { what: `${said} in “${words(session)}”` });
const live = async (session: NoteSession) => {
  await until(() => session.live.value !== undefined, { what: 'the note to be written in' });
  if (!session.live.value) throw new Error('not there');
  return session.live.value;
};
async function type(session: NoteSession, at: number, letters: string): Promise<void> {
  (await live(session)).edit([{ at, letters, attributes: {} }]);
}

beforeEach(async () => {
  vi.stubGlobal('document', { visibilityState: 'visible' });
  takeTextsFrom(textsOf(messages, ['en']));
  people = await threeBrowsers();
  const [alice, bob, carol] = people;
  name = await found(alice);
  await letIn(alice, name, bob, carol);
  await (await alice.room(name)).write(() => [{ k: 'note', title: 'Minutes' }]);
  note = (await alice.room(name)).view.show('notes')[0]?.id ?? '';
  await joined(name, bob, alice);
  await joined(name, carol, alice);
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const one of people) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

test('notes: two who write at once and apart have the same note after they meet, and each word has its author', async () => {
  const [alice, bob, carol] = people;
  const [a, b] = [await page(alice), await page(bob)];
  await type(a.session, 0, 'from Alice\n');
  await type(b.session, 0, 'from Bob\n');
  await Promise.all([a.session.flush(), b.session.flush()]);
  expect([words(a.session), a.session.saving.value]).toEqual(['from Alice', 'saved']);
  const pair = await link(alice, bob);
  await shows(a.session, /from Bob/);
  await shows(b.session, /from Alice/);
  await type(a.session, 0, 'live ');
  await a.session.flush();
  await shows(b.session, /live/);
  expect(words(b.session)).toBe(words(a.session));
  expect(JSON.stringify((await live(a.session)).lines)).toBe(JSON.stringify((await live(b.session)).lines));
  const byClient = a.session.shown.value;
  const authors = byClient?.lines.flatMap(({ runs }) =>
    runs.map((run) => [run.text, byClient.authors.get(run.client)]),
  );
  expect(authors).toContainEqual(['from Bob', bob.key]);
  // Which of the two lines comes first is nobody's choice: own words may go on behind these.
  expect(authors?.find(([words]) => words?.startsWith('live '))?.[1]).toBe(alice.key);
  expect(pair).toBeDefined();

  // Somebody who was away has it from the second alone.
  alice.channels.part(bob.id);
  bob.channels.part(alice.id);
  const c = await page(carol);
  expect(words(c.session)).toBe('');
  await link(bob, carol, 6);
  await shows(c.session, /from Alice/);
  expect(words(c.session)).toBe(words(b.session));
  expect(await roomMarkdown(c.room, carol.tools.sealer)).toMatch(/## Notes: Minutes\n\n[\s\S]*from Bob/);
});

test('E.97, notes: what somebody writes that is no piece of a note is left out and named; the note goes on', async () => {
  const [alice, bob] = people;
  const a = await page(alice);
  await type(a.session, 0, 'before\n');
  await a.session.flush();
  await link(alice, bob);
  await until(async () => (await bob.room(name)).view.show('notes')[0]?.pieces.length === 1, { what: 'the piece' });
  await (await bob.room(name)).write(() => [
    { k: 'text', doc: note, u: 'AQID' },
    { k: 'text', doc: note, u: Buffer.from(new Uint8Array(9_000).fill(255)).toString('base64url') },
  ]);
  await until(() => a.session.shown.value?.leftOutOf.includes(bob.key), { what: 'Bob to be named' });
  await type(a.session, 0, 'after ');
  await a.session.flush();
  expect(words(a.session)).toBe('after before');
});

test('notes: an earlier version is read, and what was typed last is kept when the note is closed', async () => {
  const [alice] = people;
  const a = await page(alice);
  await type(a.session, 0, 'one\n');
  await a.session.flush();
  await type(a.session, 0, 'two ');
  expect([a.session.hasTyped, a.session.saving.value]).toEqual([true, 'typed']);
  await a.session.close();
  const again = await page(alice);
  await shows(again.session, /two one/);
  const then = await again.session.versionAt(1);
  expect(noteMarkdown(then.lines, 1).trim()).toBe('one');
});

test('notes: in two pages of one browser one is written in, and the other goes on when that is closed', async () => {
  const [alice] = people;
  const first = await page(alice);
  await type(first.session, 0, 'here\n');
  await first.session.flush();
  const second = await page(await alice.otherPage());
  await shows(second.session, /here/);
  expect(second.session.live.value).toBeUndefined();
  await first.session.close();
  await type(second.session, 0, 'there, ');
  await second.session.flush();
  expect(words(second.session)).toBe('there, here');
});

test('notes: somebody who was shown out loses what nobody had; what they typed is not theirs to write any more', async () => {
  const [alice, bob] = people;
  const b = await page(bob);
  await type(b.session, 0, 'kept\n');
  await b.session.flush();
  await link(alice, bob);
  await until(async () => (await alice.room(name)).view.show('notes')[0]?.pieces.length === 1, { what: 'the piece' });
  await (await alice.room(name)).write(() => [{ k: 'remove', who: bob.key }]);
  await until(() => !b.room.canWrite.value, { what: 'Bob to know' });
  await type(b.session, 0, 'late ');
  await b.session.flush();
  expect([b.session.saving.value, words(b.session)]).toEqual(['failed', 'kept']);
  const a = await page(alice);
  await shows(a.session, /^kept$/);
});
