// Which entries of the roster are believed and which kept, whatever is told of whom.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { EntryBook, pageOf } from '../../../src/core/group/entry-book.ts';
import type { RosterEntry } from '../../../src/core/group/roster.ts';

const self = 'f'.repeat(64);
const idOf = (person: number) => String(person).padStart(64, '0');
const key = (value: number) => new Uint8Array(32).fill(value);
const askOf = (value: number) => toBase64url(new Uint8Array(16).fill(value));
const own = askOf(200);

interface Said {
  readonly page?: number;
  readonly n?: number;
  readonly here?: boolean;
  readonly links?: readonly string[];
  readonly heard?: readonly string[];
}

function said(person: number, { page = person, n = 1, here = true, links = [self], heard = [own] }: Said = {}) {
  const words = { lacks: [], calling: [], hand: false, locked: false, name: '', relays: [], here, links, heard };
  const entry: RosterEntry = {
    id: idOf(person),
    ed25519: key(1),
    x25519: key(1),
    ek: key(page),
    ask: askOf(page),
    n,
    ...words,
  };
  return entry;
}

const told = (book: EntryBook, entry: RosterEntry, via = idOf(1)): boolean =>
  book.take(entry, { e: JSON.stringify([entry.id, pageOf(entry), entry.n]), s: '' }, via);

/** With a link to person 1, who names others as linked. */
function linkedBook(...named: readonly number[]): EntryBook {
  const book = new EntryBook(self, own);
  book.linked(idOf(1));
  told(book, said(1, { links: [self, ...named.map(idOf)] }));
  return book;
}

const numbers = (ids: Iterable<string>) => [...ids].map(Number).sort((a, b) => a - b);

describe('believed is', () => {
  test('who answers our question, and nobody else', () => {
    const book = linkedBook(2, 3);
    told(book, said(2, { links: [idOf(1)] }));
    told(book, said(3, { links: [idOf(1)], heard: [askOf(7)] }));
    expect(numbers(book.people)).toEqual([1, 2]);
    expect(book.roster.has(idOf(3))).toBe(false);
  });

  test('who speaks over an own link, though they have not heard us yet', () => {
    const book = new EntryBook(self, own);
    book.linked(idOf(1));
    told(book, said(1, { heard: [] }));
    expect(book.roster.get(idOf(1))?.entry.n).toBe(1);
  });

  test('who answers one of the last three questions', () => {
    const book = linkedBook(2);
    told(book, said(2, { links: [idOf(1)] }));
    book.askAnew(askOf(201));
    book.askAnew(askOf(202));
    expect(numbers(book.people)).toEqual([1, 2]);
    book.askAnew(askOf(203));
    expect(numbers(book.people)).toEqual([1]);
    expect(book.ask).toBe(askOf(203));
  });

  test('of two pages of one person the one at the other end of the link, however new the other is', () => {
    const book = linkedBook();
    told(book, said(1, { page: 9, n: 50, here: false }), idOf(1) === self ? '' : idOf(4));
    expect(book.roster.get(idOf(1))?.entry).toMatchObject({ n: 1, here: true });
  });

  test('of two pages without a link the one that is here, then the newer one: a second device that leaves makes nobody absent', () => {
    const book = linkedBook(2);
    told(book, said(2, { page: 2, n: 10, links: [idOf(1)] }));
    told(book, said(2, { page: 3, n: 20, links: [], here: false }));
    expect(numbers(book.people)).toEqual([1, 2]);
    told(book, said(2, { page: 4, n: 15, links: [idOf(1)] }));
    expect(book.roster.get(idOf(2))?.entry.n).toBe(15);
  });

  test('nothing that is older than what its page has said, or than its goodbye', () => {
    const book = linkedBook(2);
    told(book, said(2, { n: 5, links: [idOf(1)] }));
    expect(told(book, said(2, { n: 4, here: false }))).toBe(false);
    told(book, said(2, { n: 6, here: false }));
    for (let i = 10; i < 60; i++) told(book, said(i, { links: [] }));
    told(book, said(2, { n: 5, links: [idOf(1)] }));
    expect(numbers(book.people)).toEqual([1]);
  });

  test('nobody who has said goodbye, though their goodbye is not kept any more', () => {
    const book = linkedBook(2);
    told(book, said(2, { n: 5, links: [idOf(1)] }));
    told(book, said(2, { n: 6, here: false }));
    told(book, said(1, { n: 2 }));
    for (let i = 10; i < 60; i++) told(book, said(i, { links: [] }));
    expect(book.pages).not.toContain(pageOf(said(2)));
    told(book, said(1, { n: 3, links: [self, idOf(2)] }));
    expect(told(book, said(2, { n: 5, links: [idOf(1)] }))).toBe(false);
    expect(numbers(book.people)).toEqual([1]);
  });

  test('nobody who says that they are us', () => {
    const book = linkedBook();
    expect(told(book, { ...said(1), id: self, n: 99 })).toBe(false);
  });
});

describe('answered are', () => {
  test('the questions of people in the call and of those whom they name; of strangers none', () => {
    const book = linkedBook(2);
    told(book, said(2, { heard: [] }));
    told(book, said(3, { heard: [] }));
    expect(book.heard()).toEqual([askOf(1), askOf(2)].sort());
  });

  test('24 at most, those of people with a link among them', () => {
    const book = new EntryBook(self, own);
    for (let one = 1; one <= 7; one++) {
      book.linked(idOf(one));
      const named = Array.from({ length: 6 }, (_, i) => idOf(10 * one + i));
      told(book, said(one, { links: [self, ...named] }), idOf(one));
      for (let i = 0; i < 6; i++) told(book, said(10 * one + i, { heard: [] }), idOf(one));
    }
    expect(book.heard()).toHaveLength(24);
    for (let one = 1; one <= 7; one++) expect(book.heard()).toContain(askOf(one));
  });
});

test('of one person three pages are kept, whoever they are', () => {
  const book = linkedBook(2);
  for (let page = 2; page < 40; page++) told(book, said(2, { page, n: page, links: [idOf(1)] }));
  for (let page = 40; page < 80; page++) told(book, said(1, { page, n: page }), idOf(2));
  expect(book.pages).toHaveLength(2 * 3);
  expect(numbers(book.people)).toEqual([1, 2]);
});

test('of people of no account the last sixteen pages of each link are kept (M7)', () => {
  const book = linkedBook();
  for (let i = 10; i < 110; i++) told(book, said(i, { links: [] }));
  expect(book.pages).toHaveLength(17);
  expect(book.pages.at(-1)).toBe(pageOf(said(109)));
});

// docs/hostile-cases.md#e74
test('whatever is told, people in the call are kept, and the book stays small (M7)', () => {
  const word = fc.record({
    person: fc.integer({ min: 5, max: 160 }),
    page: fc.integer({ min: 5, max: 250 }),
    n: fc.integer({ min: 1, max: 2_000_000_000_000 }),
    here: fc.boolean(),
    answers: fc.boolean(),
    via: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 300 }), (words) => {
      const book = linkedBook(4);
      for (const other of [2, 3]) {
        book.linked(idOf(other));
        told(book, said(other), idOf(other));
      }
      told(book, said(4, { links: [idOf(1)] }));
      for (const { person, page, n, here, answers, via } of words)
        told(book, said(person, { page, n, here, links: [idOf(via)], heard: answers ? [own] : [] }), idOf(via));
      expect(numbers(book.people)).toEqual([1, 2, 3, 4]);
      expect(book.pages.length).toBeLessThanOrEqual(4 + 3 * 16);
    }),
    { numRuns: 50 },
  );
});
