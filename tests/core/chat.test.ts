// What people write: only well-formed words get in, and a conversation has one order whatever the order of arrival.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { toBase64url } from '../../src/core/bytes.ts';
import {
  addMessage,
  type ChatMessage,
  type ChatWord,
  type Conversation,
  cleanText,
  formatChatWord,
  maxTextLength,
  nextNumber,
  parseChatWord,
} from '../../src/core/chat.ts';
import { fuzzRuns } from '../support/test-identity.ts';

const idOf = (number: number): string => toBase64url(new Uint8Array(12).fill(number));
const said = { t: 'say', id: idOf(1), n: 1, text: 'Hello' } as const;

describe('a word of the chat', () => {
  it.each<ChatWord>([
    said,
    { ...said, re: idOf(2) },
    { ...said, text: '"\\\n'.repeat(3_000).trim() },
    { ...said, text: '🐘'.repeat(maxTextLength / 2) },
    { t: 'got', ids: [idOf(1), idOf(2)] },
  ])('comes back as it was: %#', (word) => {
    expect(parseChatWord(formatChatWord(word))).toEqual(word);
  });

  // Seen to fail with the check of the text left out.
  it.each<[string, unknown]>([
    ['a text of 10 001 signs', { ...said, text: 'a'.repeat(maxTextLength + 1) }],
    ['no text', { ...said, text: '' }],
    ['nothing but blanks', { ...said, text: ' \n ' }],
    ['a NUL', { ...said, text: 'a\0b' }],
    ['half a character', { ...said, text: 'a\uD800' }],
    ['a terminal’s escape', { ...said, text: 'a\u001B[31mb' }],
    ['a number below one', { ...said, n: 0 }],
    ['a number that is not whole', { ...said, n: 1.5 }],
    ['a number beyond all others', { ...said, n: 2 ** 60 }],
    ['an id of another length', { ...said, id: toBase64url(new Uint8Array(13)) }],
    ['a reply to no id', { ...said, re: '' }],
    ['no ids', { t: 'got', ids: [] }],
    ['65 ids', { t: 'got', ids: Array.from({ length: 65 }, (_, number) => idOf(number)) }],
    ['a kind that nobody knows', { t: 'shout', text: 'a' }],
    ['a list', []],
  ])('with %s is not read', (_, word) => {
    expect(parseChatWord(JSON.stringify(word))).toBeUndefined();
  });

  test('mangled at any place never throws, and is read only if it is well-formed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: 'binary', maxLength: 8 }), fc.nat(8), (at, instead, length) => {
        const text = formatChatWord({ ...said, re: idOf(2) });
        const place = at % text.length;
        const word = parseChatWord(text.slice(0, place) + instead + text.slice(place + length));
        if (word?.t === 'say') expect(cleanText(word.text)).toBe(word.text);
      }),
      { numRuns: fuzzRuns(5_000) },
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => void parseChatWord(text)),
      { numRuns: fuzzRuns(2_000) },
    );
  });
});

describe('a text that is sent', () => {
  it('keeps lines, tabs, emoji and every script, and loses controls and blanks around', () => {
    expect(cleanText('  \r\n one\r\n\ttwo\0\u0007 \u202Bשלום 👩🏽‍🚀\uFEFF \n')).toBe('one\n\ttwo \u202Bשלום 👩🏽‍🚀');
  });

  test('cleaned twice is the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const once = cleanText(raw);
        expect(cleanText(once)).toBe(once);
      }),
      { numRuns: fuzzRuns(5_000) },
    );
  });
});

const message = (number: number, n: number, author = 'bob'): ChatMessage => ({
  id: idOf(number),
  n,
  text: `${number}`,
  author,
});

describe('a conversation', () => {
  // Seen to fail with messages put at the end as they come.
  test('is the same whatever the order in which its messages come', () => {
    const few = fc.uniqueArray(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 20 })), {
      selector: ([id]) => id,
      maxLength: 30,
    });
    const shuffled = few.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    const add = (list: readonly [number, number][]) =>
      list.map(([id, n]) => message(id, n)).reduce<Conversation>(addMessage, []);
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(add(other)).toEqual(add(one));
      }),
      { numRuns: fuzzRuns(1_000) },
    );
  });

  it('takes a message once, and the first one that uses an id', () => {
    const one = addMessage([], message(1, 1));
    expect(addMessage(one, message(1, 1))).toBe(one);
    expect(addMessage(one, { ...message(1, 2), text: 'forged' })).toBe(one);
  });

  it('is not led far away by a number that somebody claims', () => {
    const one = addMessage([], message(1, 1));
    expect(addMessage(one, message(2, 5_000))).toBe(one);
    expect(nextNumber(addMessage(one, message(2, 1_001)))).toBe(1_002);
  });

  it('keeps two thousand messages, and does not bring forgotten ones back', () => {
    let conversation: Conversation = [];
    const many = (n: number): ChatMessage => ({
      ...message(0, n),
      id: toBase64url(new Uint8Array(new Uint32Array([n, 0, 0]).buffer)),
    });
    for (let n = 1; n <= 2_100; n++) conversation = addMessage(conversation, many(n));
    expect(conversation).toHaveLength(2_000);
    expect(conversation[0]?.n).toBe(101);
    expect(addMessage(conversation, many(50))).toBe(conversation);
  });
});
