// What people write: only well-formed words get in, and a conversation has one order whatever the order of arrival.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
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
} from '../../../src/core/transfer/chat.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

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
    ['nothing that anybody sees', { ...said, text: '\u200B' }],
    ['a Hangul filler', { ...said, text: '\u3164' }],
    ['braille blanks', { ...said, text: '\u2800\u2800' }],
    ['marks on nothing', { ...said, text: '\u0301\uFE0F' }],
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

describe('a text of somebody else', () => {
  // Seen to fail with texts that are not clean refused, and with the turning signs left in.
  it.each([
    ['a terminal’s escape', 'a\u001B[31mb', 'a[31mb'],
    ['an override (F10)', 'invoice \u202Egnp.exe', 'invoice gnp.exe'],
    ['an isolate without an end (L2)', '\u2067abc', 'abc'],
    ['embeddings', '\u202Aa\u202Bb\u202C', 'ab'],
    ['blanks around', '  two \r\n words\n', 'two \n words'],
    ['sixty marks on one letter', `Z${'\u0335'.repeat(60)}a`, `Z${'\u0335'.repeat(8)}a`],
    ['marks of direction, which turn nothing', 'שלום\u200F!', 'שלום\u200F!'],
    ['joiners', 'می\u200Cخواهم 👨\u200D👩\u200D👧', 'می\u200Cخواهم 👨\u200D👩\u200D👧'],
  ])('with %s is read without', (_, text, read) => {
    expect(parseChatWord(JSON.stringify({ ...said, text }))).toEqual({ ...said, text: read });
  });
});

describe('a text that is sent', () => {
  it('keeps lines, tabs, emoji and every script, and loses controls and blanks around', () => {
    expect(cleanText('  \r\n one\r\n\ttwo\0\u0007 \u202Bשלום 👩🏽‍🚀\uFEFF \n')).toBe('one\n\ttwo שלום 👩🏽‍🚀');
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

  it('takes a message once, and the first one of an author that uses an id', () => {
    const one = addMessage([], message(1, 1));
    expect(addMessage(one, message(1, 1))).toBe(one);
    expect(addMessage(one, { ...message(1, 2), text: 'forged' })).toBe(one);
  });

  // Seen to fail with messages known by their id alone: whoever has read a message could hide it from others.
  it('takes a message although somebody else has used its id before (F3)', () => {
    const forged = addMessage([], message(1, 1, 'mallory'));
    const both = addMessage(forged, message(1, 1, 'bob'));
    expect(both.map(({ author }) => author).toSorted()).toEqual(['bob', 'mallory']);
  });

  // Seen to fail with a message from far ahead thrown away.
  it('begins with whatever number comes first, and goes on from there (F3)', () => {
    const late = addMessage(addMessage([], message(1, 1_500)), message(2, 1_501));
    expect(late.map(({ n }) => n)).toEqual([1_500, 1_501]);
    expect(nextNumber(late)).toBe(1_502);
  });

  it.each([
    ['far ahead', 5_000],
    ['as far as numbers go', Number.MAX_SAFE_INTEGER],
  ])('shows what claims to come from %s, at the end, and is not led away by it (F3)', (_, n) => {
    const one = addMessage([], message(1, 1));
    const two = addMessage(one, message(2, n));
    expect(two.map(({ n: placed }) => placed)).toEqual([1, 2]);
    expect(nextNumber(addMessage(one, message(2, 1_001)))).toBe(1_002);
  });

  it('shows words of the others whatever number a newcomer was greeted with (F3)', () => {
    const led = addMessage([], message(1, 2 ** 39, 'mallory'));
    const after = addMessage(addMessage(led, message(2, 1_500)), message(3, 1_501));
    expect(after.map(({ id }) => id)).toEqual([1, 2, 3].map(idOf));
    expect(addMessage([], message(1, Number.MAX_SAFE_INTEGER))).toMatchObject([{ n: 1 }]);
  });

  // A hostile member raises the number with each of its messages; those who did not see them say theirs with far smaller ones.
  it('loses nobody’s words to somebody who counts as fast as is believed (F3)', () => {
    let conversation = addMessage([], message(1, 1));
    for (let step = 2; step <= 50; step += 1)
      conversation = addMessage(conversation, message(step, nextNumber(conversation) + 999, 'mallory'));
    for (let step = 51; step <= 100; step += 1) conversation = addMessage(conversation, message(step, step - 49));
    expect(conversation.filter(({ author }) => author === 'bob')).toHaveLength(51);
  });

  it('keeps two thousand messages, and puts what is older than they are at the end', () => {
    let conversation: Conversation = [];
    const many = (n: number): ChatMessage => ({
      ...message(0, n),
      id: toBase64url(new Uint8Array(new Uint32Array([n, 0, 0]).buffer)),
    });
    for (let n = 1; n <= 2_100; n++) conversation = addMessage(conversation, many(n));
    expect(conversation).toHaveLength(2_000);
    expect(conversation[0]?.n).toBe(101);
    expect(addMessage(conversation, many(50)).at(-1)).toEqual({ ...many(50), n: 2_101 });
  });
});
