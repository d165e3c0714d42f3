// What two own devices say to each other while a call moves: read exactly, bounded, and a conversation of any length in pieces.
import { describe, expect, test } from 'vitest';
import {
  chatPieces,
  formatHandOverWord,
  type HandOverWord,
  parseHandOverWord,
  passWord,
} from '../../../src/core/call/hand-over-word.ts';
import { addMessage, type Conversation, maxTextLength } from '../../../src/core/transfer/chat.ts';

const id16 = 'AAAAAAAAAAAAAAAAAAAAAA';
const key = 'CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const hex = 'ab'.repeat(32);
const state: HandOverWord = {
  t: 'state',
  call: id16,
  direction: 'incoming',
  lasts: 724_000,
  person: {
    id: hex,
    x: key,
    name: 'Bob',
    ek: key,
    relays: ['wss://r.example'],
    hides: false,
    moves: { id: id16, h: id16 },
  },
  camera: true,
  microphone: false,
  hand: false,
  locked: true,
};

const samples: readonly HandOverWord[] = [
  state,
  { t: 'chat', messages: [{ id: 'AAAAAAAAAAAAAAAA', n: 1, text: 'Hello', by: hex }] },
  passWord(hex, new Uint8Array([1, 2, 3])),
  { t: 'listen', topics: [hex] },
  { t: 'commit' },
  { t: 'done' },
  { t: 'stay', why: 'several' },
];

describe('a word between own devices', () => {
  test.each(samples)('is read as it is said: $t', (word) => {
    expect(parseHandOverWord(formatHandOverWord(word))).toEqual(word);
  });

  test.each<[string, object]>([
    ['a call of another length', { ...state, call: 'AAAA' }],
    ['a time before it began', { ...state, lasts: -1 }],
    ['somebody without a key', { ...state, person: { ...state.person, ek: '' } }],
    ['four relays', { ...state, person: { ...state.person, relays: Array(4).fill('wss://r.example') } }],
    ['a long name', { ...state, person: { ...state.person, name: 'x'.repeat(513) } }],
    ['an author who is nobody', { t: 'chat', messages: [{ id: 'AAAAAAAAAAAAAAAA', n: 1, text: 'x', by: 'Bob' }] }],
    [
      'more messages than a piece has',
      { t: 'chat', messages: Array(101).fill({ id: 'AAAAAAAAAAAAAAAA', n: 1, text: 'x', by: '' }) },
    ],
    ['a long envelope', { t: 'pass', topic: hex, body: 'A'.repeat(23_001) }],
    ['five topics', { t: 'listen', topics: Array(5).fill(hex) }],
    ['a reason that nobody tells', { t: 'stay', why: 'no-answer' }],
    ['a kind that there is not', { t: 'move' }],
  ])('is dropped: %s', (_what, word) => {
    expect(parseHandOverWord(JSON.stringify(word))).toBeUndefined();
  });
});

describe('a conversation in pieces', () => {
  const whole = (texts: readonly string[]): Conversation =>
    texts.reduce<Conversation>(
      (all, text, i) =>
        addMessage(all, { id: btoa(String(i).padStart(12, '0')), n: i + 1, text, author: i % 3 ? '' : hex }),
      [],
    );

  test.each([
    ['of 2 000 short messages', Array.from({ length: 2_000 }, (_, i) => `message ${i}`)],
    ['of the longest, with signs that take the most room', Array(12).fill('\u001f"'.repeat(maxTextLength / 2))],
    ['without any', []],
  ])('%s arrives whole', (_what, texts) => {
    const conversation = whole(texts);
    const pieces = chatPieces(conversation).map((piece) => parseHandOverWord(formatHandOverWord(piece)));
    const arrived = pieces.flatMap((piece) => (piece?.t === 'chat' ? piece.messages : []));
    expect(arrived.map(({ by: author, ...message }) => ({ ...message, author }))).toEqual(conversation);
  });
});
