// Messages that were left (docs/protocol.md#left-messages): who may leave how many (E.93), and that each is shown once, whatever happens on the way.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { type Announced, announcedSchema, messageLifeMs, mostOfContact } from '../../../src/core/messages/announced.ts';
import {
  announcedOf,
  hasRoomFor,
  isForgotten,
  type LeftMessage,
  leftSchema,
  mayBeKnown,
  mayWait,
  type ReceivedMessage,
  receivedMessage,
  type SentMessage,
} from '../../../src/core/messages/left-message.ts';
import { type MessageEvent, stepMessage } from '../../../src/core/messages/message-machine.ts';

const now = Date.UTC(2026, 11, 1);
const hour = 3_600_000;
const id = (byte: number, length = 16) => toBase64url(new Uint8Array(length).fill(byte));
const announced = (byte: number, change: Partial<Announced> = {}): Announced => ({
  ...{ m: id(byte), s: 42, size: 1_000_000, kind: 'video', hash: id(byte, 32), key: id(byte, 32) },
  ...change,
});
const received = (byte: number, change: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  ...receivedMessage('alice', announced(byte), id(byte), now - hour, now),
  ...change,
});
const draft = (byte: number): SentMessage => ({
  ...{ m: id(byte), callId: id(byte), contactId: 'bob', kind: 'video', seconds: 0, size: 0, hash: '', key: '' },
  ...{ at: now - hour, since: now, direction: 'out', state: 'draft' },
});
const sealed = { seconds: 42, size: 1_000_000, hash: id(1, 32), key: id(1, 32) };
const events: readonly MessageEvent[] = [
  { event: 'sealed', sealed },
  { event: 'delivered' },
  { event: 'arrived' },
  { event: 'heard' },
  { event: 'not-waiting' },
  { event: 'deleted' },
  { event: 'time' },
];

describe('left message: every event in every state', () => {
  const out = {
    draft: { sealed: 'waiting', deleted: 'over' },
    waiting: { delivered: 'delivered', deleted: 'over' },
    delivered: { deleted: 'over' },
    over: {},
  };
  const inside = {
    announced: { arrived: 'arrived', 'not-waiting': 'over', deleted: 'over' },
    arrived: { heard: 'heard', deleted: 'over' },
    heard: { deleted: 'over' },
    over: {},
  };
  const rows = [
    ...Object.entries(out).map(
      ([state, next]) => [{ ...draft(1), state } as SentMessage, next as Record<string, string>] as const,
    ),
    ...Object.entries(inside).map(
      ([state, next]) => [received(1, { state } as Partial<ReceivedMessage>), next as Record<string, string>] as const,
    ),
  ];
  test.each(rows)('$direction $state', (message, next) => {
    for (const event of events) {
      const after = stepMessage(message, event, now);
      expect(after.state, event.event).toBe(next[event.event] ?? message.state);
      if (next[event.event] === undefined) expect(after).toBe(message);
      // Whatever is over can be read by nobody any more.
      if (after.state === 'over' && after !== message) expect([after.key, after.hash]).toEqual(['', '']);
    }
  });

  test('what waits too long, and what came long ago, goes; that it was there is known for a while', () => {
    const later = now + messageLifeMs;
    for (const message of [draft(1), received(1), received(1, { state: 'arrived' }), received(1, { state: 'heard' })])
      expect(stepMessage(message, { event: 'time' }, later).state).toBe('over');
    const over = stepMessage(received(1), { event: 'time' }, later);
    expect(isForgotten(over, later + hour)).toBe(false);
    expect(isForgotten(over, later + messageLifeMs + 8 * 24 * hour)).toBe(true);
    expect(stepMessage({ ...draft(1), state: 'delivered' }, { event: 'time' }, later).state).toBe('delivered');
  });
});

describe('left message: what is taken of a contact', () => {
  // Seen to fail without each of the four bounds.
  test('five that wait, one for each call, each once, none of long ago', () => {
    const five = [1, 2, 3, 4, 5].map((byte) => received(byte));
    expect(mayBeKnown(five.slice(1), received(1), now)).toBe(true);
    expect(mayBeKnown(five, received(6), now)).toBe(false);
    expect(mayBeKnown([...five.slice(1), received(7, { state: 'heard' })], received(6), now)).toBe(true);
    expect(mayBeKnown([received(1, { m: id(9) })], received(1), now)).toBe(false);
    expect(mayBeKnown([received(1, { state: 'over' })], received(1, { callId: id(8) }), now)).toBe(false);
    expect(mayBeKnown([], received(1, { at: now - messageLifeMs - 3 * hour }), now)).toBe(false);
    // Of another contact, whose ids are as random.
    expect(mayBeKnown([received(1, { m: id(9), contactId: 'carol' })], received(1), now)).toBe(true);
    const known = Array.from({ length: 200 }, (_, at) =>
      received(1, { m: id(2) + at, callId: `${at}`, state: 'over' }),
    );
    expect(mayBeKnown(known, received(3), now)).toBe(false);
  });

  test('none under the id of one that was left from here', () => {
    expect(mayBeKnown([{ ...draft(1), ...sealed, state: 'waiting' }], received(1), now)).toBe(false);
  });

  // Seen to fail without the sums.
  test('50 MB of one, 500 MB of all', () => {
    const half = received(1, { state: 'arrived', size: 30_000_000 });
    expect(hasRoomFor([half], received(2, { size: 20_000_000 }))).toBe(true);
    expect(hasRoomFor([half], received(2, { size: 20_000_001 }))).toBe(false);
    const others = Array.from({ length: 10 }, (_, at) =>
      received(1, { m: `${at}`, contactId: `${at}`, state: 'heard', size: mostOfContact }),
    );
    expect(hasRoomFor(others, received(2, { size: 17 }))).toBe(false);
    expect(hasRoomFor(others.slice(1), received(2, { size: 17 }))).toBe(true);
    // What is over takes no room; nor does what is asked about itself.
    expect(hasRoomFor([{ ...half, state: 'over' }], received(2, { size: mostOfContact }))).toBe(true);
    expect(hasRoomFor([half], half)).toBe(true);
  });

  test('and five may wait for one', () => {
    const waiting = [1, 2, 3, 4, 5].map((byte): SentMessage => ({ ...draft(byte), ...sealed, state: 'waiting' }));
    expect(mayWait(waiting.slice(1), 'bob')).toBe(true);
    expect(mayWait(waiting, 'bob')).toBe(false);
    expect(mayWait(waiting, 'carol')).toBe(true);
  });
});

describe('left message: on the wire', () => {
  test('is read as it is written, and past what a later version adds', () => {
    expect(v.parse(announcedSchema, { ...announced(1), later: 1 })).toEqual(announced(1));
    expect(announcedOf(received(1))).toEqual(announced(1));
  });

  test.each([
    ['51 MB', { size: 51_000_000 }],
    ['no bytes but a tag', { size: 16 }],
    ['half a byte', { size: 100.5 }],
    ['no length', { s: 0 }],
    ['an hour', { s: 3_600 }],
    ['a short key', { key: id(1, 31) }],
    ['a long id', { m: id(1, 17) }],
    ['no hash', { hash: '' }],
    ['another kind', { kind: 'film' }],
  ] as const)('%s is none', (_what, change) => {
    expect(v.safeParse(announcedSchema, { ...announced(1), ...change }).success).toBe(false);
  });

  test('of all that wait there are five at most', () => {
    const msgs = [1, 2, 3, 4, 5, 6].map((byte) => ({ ...announced(byte), call: id(byte), at: now }));
    expect(v.safeParse(leftSchema, { msgs: msgs.slice(1), over: [id(9)] }).success).toBe(true);
    expect(v.safeParse(leftSchema, { msgs, over: [] }).success).toBe(false);
    expect(v.safeParse(leftSchema, { msgs: [], over: Array(33).fill(id(9)) }).success).toBe(false);
  });
});

describe('left message: between two people', () => {
  /** What can happen: words that come, that are lost, that come twice and late; people who delete; time. */
  const steps = [
    'note',
    'said',
    'fetched',
    'verdict',
    'verdict lost',
    'taken back',
    'said over',
    'deleted',
    'heard',
    'a day',
  ] as const;
  type Step = (typeof steps)[number];

  /** One message on its way. @returns how often it came to be there, and where both stand. */
  function play(story: readonly Step[]) {
    let time = now;
    let sent: LeftMessage = stepMessage(draft(1), { event: 'sealed', sealed }, time);
    const waiting = sent;
    let all: readonly LeftMessage[] = [];
    let shown = 0;
    const got = () => all[0];
    const step = (event: MessageEvent) => {
      all = all.map((one) => {
        const next = stepMessage(one, event, time);
        if (one.state !== 'arrived' && next.state === 'arrived') shown += 1;
        return next;
      });
    };
    const hear = () => {
      const message = receivedMessage('alice', announcedOf(waiting), waiting.callId, waiting.at, time);
      if (mayBeKnown(all, message, time)) all = [...all, message];
    };
    const say = (event: MessageEvent) => {
      sent = stepMessage(sent, event, time);
    };
    for (const one of story) {
      switch (one) {
        case 'note':
          // A note may have been on its way when it was taken back, or be played again.
          hear();
          break;
        case 'said':
          if (sent.state === 'waiting') hear();
          break;
        case 'fetched':
          if (sent.state === 'waiting') step({ event: 'arrived' });
          break;
        case 'verdict':
          if (got() && got()?.state !== 'announced') say({ event: 'delivered' });
          break;
        case 'verdict lost':
          break;
        case 'taken back':
          say({ event: 'deleted' });
          break;
        case 'said over':
          if (sent.state === 'over' || sent.state === 'delivered') step({ event: 'not-waiting' });
          break;
        case 'deleted':
          step({ event: 'deleted' });
          break;
        case 'heard':
          step({ event: 'heard' });
          break;
        case 'a day':
          time += 24 * hour;
          step({ event: 'time' });
          say({ event: 'time' });
          all = all.filter((left) => !isForgotten(left, time));
          break;
      }
    }
    return { shown, sent, got: got() };
  }

  test('in every order of words, loss, deletion and time it is shown once at most', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 60 }), (story) => {
        const { shown, sent, got } = play(story);
        expect(shown).toBeLessThanOrEqual(1);
        // Nothing is delivered that never was there, and what was delivered or taken back lies nowhere any more.
        if (sent.state === 'delivered') expect(got === undefined || got.state !== 'announced').toBe(true);
        if (sent.state !== 'waiting') expect(sent.key).toBe('');
      }),
    );
  });

  test('and once in the end, whatever was lost before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('note', 'said', 'verdict lost', 'heard', 'said over'), { maxLength: 20 }),
        (story) => {
          const { shown, sent } = play([...(story as Step[]), 'said', 'fetched', 'verdict']);
          expect([shown, sent.state]).toEqual([1, 'delivered']);
        },
      ),
    );
  });
});
