// A conversation of several: what newcomers may read, and what nobody waits for any more.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeConnectionPair } from '../../support/doubles/fake-channels.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { type ChatPage, chatPage } from '../../support/worlds/chat-page.ts';

// The extension's polyfill looks for the extension when it is loaded.
vi.hoisted(() => Object.assign(globalThis, { chrome: { runtime: { id: 'test' } } }));

interface Talker extends ChatPage {
  readonly id: string;
}

const talker = (id: string): Talker => ({ id, ...chatPage(clock) });

async function link(a: Talker, b: Talker): Promise<void> {
  const pair = new FakeConnectionPair();
  a.chat.attach(b.id, b.id, pair.one);
  b.chat.attach(a.id, a.id, pair.two);
  pair.connect();
  a.chat.prove(b.id);
  b.chat.prove(a.id);
  await settle();
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}

const textsOf = ({ model }: Talker) =>
  model.entries.value.flatMap((entry) => (entry.kind === 'message' ? [`${entry.author}: ${entry.text}`] : []));

let clock: ManualClock;
let alice: Talker;
let bob: Talker;
let carol: Talker;

beforeEach(async () => {
  clock = new ManualClock(0);
  [alice, bob, carol] = [talker('alice'), talker('bob'), talker('carol')];
  await Promise.all([alice, bob, carol].map(({ chat }) => chat.load()));
  await link(alice, bob);
  alice.chat.say('before', undefined);
  await settle();
  bob.chat.say('answer', undefined);
  await settle();
});

describe('somebody who comes later', () => {
  test('reads nothing of what was said before', async () => {
    await link(alice, carol);
    await link(bob, carol);
    alice.chat.say('after', undefined);
    await settle();
    expect(textsOf(carol)).toEqual(['alice: after']);
  });

  test('reads the words of those who want it, in their order, and once', async () => {
    alice.chat.sharePast(true);
    await link(alice, carol);
    await link(bob, carol);
    expect(textsOf(carol)).toEqual(['alice: before']);
    bob.chat.sharePast(true);
    await settle();
    expect(textsOf(carol)).toEqual(['alice: before', 'bob: answer']);
    alice.chat.sharePast(true);
    alice.chat.say('after', undefined);
    await settle();
    expect(textsOf(carol)).toEqual(['alice: before', 'bob: answer', 'alice: after']);
    expect(textsOf(bob)).toEqual(['alice: before', ': answer', 'alice: after']);
  });
});

test('what somebody did not get who is gone counts as arrived at all others', async () => {
  await link(alice, carol);
  carol.chat.end();
  await settle();
  alice.chat.say('who is there?', undefined);
  await settle();
  const last = () => alice.model.entries.value.at(-1);
  expect(last()).toMatchObject({ arrived: false });
  alice.chat.part('carol');
  expect(last()).toMatchObject({ arrived: true });
});
