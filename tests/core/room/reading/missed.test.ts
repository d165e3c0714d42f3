// What somebody missed: what others have written since they last looked, and nothing of their own.
import { beforeEach, expect, test } from 'vitest';
import { missedOf } from '../../../../src/core/room/reading/missed.ts';
import { idOf, type SignedRoom, signedRooms } from '../../../support/worlds/signed-room.ts';

let alice: SignedRoom;
let bob: SignedRoom;
beforeEach(async () => {
  const [one, two] = await signedRooms(2);
  if (!one || !two) throw new Error('two are wanted');
  [alice, bob] = [one, two];
});

const missed = (seen: readonly string[]) => missedOf(alice.graph, alice.view, seen, alice.author);
const pass = { share: 50, of: 'votes', quorum: 0 } as const;

test('missed: decisions, results, cards, the agenda and talk of others, each once', async () => {
  const seen = alice.graph.heads();
  await alice.write({ k: 'say', text: 'my own' });
  await bob.take(alice.all);
  const card = await bob.write({ k: 'card', title: 'Bench', column: 'ideas', order: 'V' });
  await bob.write({ k: 'card-set', of: await idOf(bob.room, card), progress: 50 });
  await bob.write({ k: 'decision', text: 'We paint it' });
  const ballot = await bob.write({ k: 'ballot', question: 'Green?', choices: ['Yes', 'No'], pass, hide: false });
  await bob.write({ k: 'item', title: 'Budget', order: 'V' });
  await bob.write({ k: 'say', text: 'hello' });
  await alice.take(bob.all);
  const first = missed(seen);
  expect(first.cards.map(({ title }) => title)).toEqual(['Bench']);
  expect(first.decisions.map(({ text }) => text)).toEqual(['We paint it']);
  expect(first.ballots.map(({ question }) => question)).toEqual(['Green?']);
  expect(first.agenda).toEqual(['Budget']);
  expect(first.messages.map(({ text }) => text)).toEqual(['hello']);
  expect(first.count).toBe(5);
  await bob.write({ k: 'close', of: await idOf(bob.room, ballot) });
  await alice.take(bob.all);
  const second = missed(seen);
  expect(second.results.map(({ question }) => question)).toEqual(['Green?']);
  expect(second.ballots).toEqual([]);
});

test('missed: nothing once all was seen, and a card again when somebody else has changed it', async () => {
  const card = await bob.write({ k: 'card', title: 'Bench', column: 'ideas', order: 'V' });
  await alice.take(bob.all);
  const seen = alice.graph.heads();
  expect(missed(seen).count).toBe(0);
  await bob.write({ k: 'card-set', of: await idOf(bob.room, card), column: 'done' });
  await alice.take(bob.all);
  expect(missed(seen).cards.map(({ column }) => column)).toEqual(['done']);
});
