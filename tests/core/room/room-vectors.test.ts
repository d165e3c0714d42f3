// Rooms as the second implementation of tests/support writes them from the words of docs/rooms.md, with fixed keys: read and taken by the
// product, which writes the same.
import { beforeAll, describe, expect, test } from 'vitest';
import { formatPoints, parsePoints } from '../../../src/core/room/canvas.ts';
import { readRoomEntry, roomOf, signRoomEntry } from '../../../src/core/room/entry.ts';
import { noteClient } from '../../../src/core/room/note-text.ts';
import { noteClientNumber, roomName, SecondWriter, strokeOf } from '../../support/samples/second-room.ts';
import { sealer, testBytes, testIdentity } from '../../support/samples/test-identity.ts';
import { expectVectors } from '../../support/samples/vector-file.ts';
import { SignedRoom } from '../../support/worlds/signed-room.ts';

const [device, other] = ['AQEBAQEBAQE', 'AgICAgICAgI'];
const nonce = 'CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk';
const t = 1_795_000_000_000;
let alice: SecondWriter;
let bob: SecondWriter;

beforeAll(async () => {
  alice = new SecondWriter(await testBytes('test identity 1'));
  bob = new SecondWriter(await testBytes('test identity 2'));
});

/** A room of two: founded, let in, a ballot, two votes, a result, words. */
function written() {
  const founding = alice.write(
    '',
    { d: device, s: 1, n: 1, p: '', h: [], t, k: 'found' },
    { name: 'Garden', nonce, admit: 'stewards' },
  );
  const room = roomName(founding.e);
  const admission = alice.write(
    room,
    { d: device, s: 2, n: 2, p: founding.id, h: [], t, k: 'admit' },
    { who: bob.author, role: 'member', name: 'Bob' },
  );
  const ballot = alice.write(
    room,
    { d: device, s: 3, n: 3, p: admission.id, h: [], t, k: 'ballot' },
    {
      question: 'Solar roof?',
      choices: ['yes', 'no'],
      pass: { share: 60, of: 'members', quorum: 50 },
      hide: false,
    },
  );
  const vote = bob.write(
    room,
    { d: other, s: 1, n: 4, p: '', h: [ballot.id], t, k: 'vote' },
    { of: ballot.id, choice: 0 },
  );
  const own = alice.write(
    room,
    { d: device, s: 4, n: 4, p: ballot.id, h: [], t, k: 'vote' },
    { of: ballot.id, choice: 0 },
  );
  const close = alice.write(room, { d: device, s: 5, n: 5, p: own.id, h: [vote.id], t, k: 'close' }, { of: ballot.id });
  const word = bob.write(room, { d: other, s: 2, n: 6, p: vote.id, h: [close.id], t, k: 'say' }, { text: 'Zoë, 👋' });
  return { room, entries: [founding, admission, ballot, vote, own, close, word] };
}

describe('the vectors of a room', () => {
  test('are read, proven and taken, under the names that they bear', async () => {
    const { room, entries } = written();
    const copy = new SignedRoom(room, (await testIdentity(1)).signer);
    for (const { id, e, s } of entries) {
      expect((await readRoomEntry(sealer, room, { e, s }))?.id).toBe(id);
      expect((await copy.take([{ e, s }])).taken).toHaveLength(1);
    }
    expect(await roomOf(sealer, entries[0]?.e ?? '')).toBe(room);
    expect(copy.view.show('ballots')).toMatchObject([{ closings: [{ sums: [2, 0], passed: 0 }] }]);
    expect(copy.view.show('conversation')).toMatchObject([{ text: 'Zoë, 👋', author: bob.author }]);
    const points = [
      [3, -4, 128],
      [200, 5, 0],
    ] as const;
    expectVectors('room.json', {
      'test identities': [1, 2],
      room,
      entries,
      note: {
        note: entries[0]?.id,
        author: alice.author,
        device,
        client: noteClientNumber(entries[0]?.id ?? '', alice.author, device),
      },
      stroke: { points, text: strokeOf(points) },
    });
  });

  test('are what the product writes, letter by letter', async () => {
    const { room, entries } = written();
    const [founding, , , , , , word] = entries;
    const [one, two] = await Promise.all([testIdentity(1), testIdentity(2)]);
    const place = { device, seq: 1, n: 1, before: '', heads: [], at: t };
    const body = { k: 'found', name: 'Garden', nonce, admit: 'stewards' } as const;
    expect(await signRoomEntry(one.signer, '', place, body)).toEqual({ e: founding?.e, s: founding?.s });
    const { id: before = '' } = entries[3] ?? {};
    const heads = [entries[5]?.id ?? ''];
    const later = { device: other, seq: 2, n: 6, before, heads, at: t };
    const said = await signRoomEntry(two.signer, room, later, { k: 'say', text: 'Zoë, 👋' });
    expect(said).toEqual({ e: word?.e, s: word?.s });
  });

  test('have the number of a writer in a note, and the points of a stroke', async () => {
    const note = written().entries[0]?.id ?? '';
    const number = await noteClient(sealer, note, { author: alice.author, device });
    expect(number).toBe(noteClientNumber(note, alice.author, device));
    const points = [
      { x: 3, y: -4, pressure: 128 },
      { x: -1_000_000, y: 5, pressure: 0 },
    ];
    const text = strokeOf(points.map(({ x, y, pressure }) => [x, y, pressure] as const));
    expect(formatPoints(points)).toBe(text);
    expect(parsePoints(text)).toEqual(points);
  });
});
