// The texts of the screens: each is used, each that is used is there (the compiler sees to that), and each can be translated.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withoutDescriptions } from '../../tools/package/bare-messages.mjs';

interface Message {
  readonly message: string;
  readonly description?: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

const messages: Readonly<Record<string, Message>> = JSON.parse(
  readFileSync('public/_locales/en/messages.json', 'utf8'),
);
const all = Object.entries(messages);
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('gallery'))
  .map((name) => readFileSync(`src/${name}`, 'utf8'));

/** The keys that a source can ask for: what stands in it as a whole, and each family that it makes by `${start}End` or `start${end}`. */
function keysIn(source: string): ReadonlySet<string> {
  const literals = [...source.matchAll(/'(\w+)'/g)].map(([, word = '']) => word);
  const families = [...source.matchAll(/`(\w*)\$\{\w+\}(\w*)`/g)].map(
    ([, start = '', end = '']) => [start, end] as const,
  );
  return new Set(literals.flatMap((word) => [word, ...families.map(([start, end]) => start + word + end)]));
}

/** `ringVideoMore_one` is asked for as `ringVideoMore`. */
const askedAs = (key: string): string => key.replace(/_(?:zero|one|two|few|many|other)$/, '');

// Seen to fail without the attribute: in Arabic the field showed “//:wss”.
test('texts: fields for addresses and links run from left to right on every page', () => {
  const fields = sources.flatMap(
    (source) => source.match(/<(?:input|textarea)\b[^;]*?placeholder="(?:wss|https|ffc)/g) ?? [],
  );
  expect(fields).toHaveLength(5);
  expect(fields.filter((field) => !field.includes('dir="ltr"'))).toEqual([]);
});

// Seen to fail without the attribute: in Arabic a long English name in recent calls lost its beginning.
test('texts: names in the popup are cut at their own end', () => {
  const names = sources.flatMap((source) => source.match(/<\w+ class="(?:row|own)-name"[^>]*>/g) ?? []);
  expect(names.length).toBeGreaterThan(8);
  expect(names.filter((name) => !name.includes(' dir='))).toEqual([]);
});

describe('texts: use', () => {
  const used = new Set(sources.flatMap((source) => [...keysIn(source)]));
  for (const [, key = ''] of readFileSync('manifest.json', 'utf8').matchAll(/__MSG_(\w+)__/g)) used.add(key);

  test('every message is used', () => {
    expect(all.length).toBeGreaterThan(1_000);
    expect(all.map(([key]) => askedAs(key)).filter((key) => !used.has(key))).toEqual([]);
  });

  test('families are read as the code makes them', () => {
    const source = "about('Relays'); texts('callEndBusy'); `connectivityTopic$" + '{topic}`; `$' + '{key}Advice`';
    expect([...keysIn(source)]).toEqual(expect.arrayContaining(['connectivityTopicRelays', 'callEndBusyAdvice']));
  });
});

describe('texts: form', () => {
  test('a text for numbers has exactly the forms of English', () => {
    const forms = new Map<string, string[]>();
    for (const [key] of all.filter(([name]) => name !== askedAs(name)))
      forms.set(askedAs(key), [...(forms.get(askedAs(key)) ?? []), key.slice(askedAs(key).length + 1)]);
    const expected = [...new Intl.PluralRules('en').resolvedOptions().pluralCategories].sort();
    expect(forms.size).toBeGreaterThan(20);
    for (const [key, found] of forms) expect(found.sort(), key).toEqual(expected);
  });

  test('a substitution that a message names is declared, and none is declared in vain', () => {
    for (const [key, { message, placeholders = {} }] of all) {
      const named = [...message.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name.toLowerCase());
      expect([...new Set(named)].sort(), key).toEqual(Object.keys(placeholders).sort());
      for (const { content } of Object.values(placeholders)) expect(content, key).toMatch(/^\$[1-9]$/);
    }
  });

  test('none is empty, none begins, ends or is spaced with blanks to spare, and none holds markup', () => {
    expect(all.filter(([, { message }]) => message !== message.trim() || message === '')).toEqual([]);
    expect(all.filter(([, { message }]) => / {2}|[<>\p{Cc}\p{Cf}]/u.test(message))).toEqual([]);
  });

  test('what is short says in a description where it stands', () => {
    const wordsIn = (message: string) => message.replace(/\$\w+\$?/g, '').match(/[\p{L}\d’'-]+/gu)?.length ?? 0;
    const short = all.filter(([, { message }]) => wordsIn(message) <= 2);
    expect(short.length).toBeGreaterThan(300);
    expect(short.filter(([, { description }]) => !description).map(([key]) => key)).toEqual([]);
  });

  test('one kind of apostrophe, and none of the words that were given up', () => {
    const givenUp = /'|\b(?:nobody|somebody|everybody|anybody|by itself|of itself)\b/i;
    expect(all.filter(([, { message }]) => givenUp.test(message)).map(([key]) => key)).toEqual([]);
  });

  // Seen to fail with `optionsRingtone` beside `optionsRingTone`: one of the two was shown for both.
  test('names are such that browsers take them, who do not tell capitals from small letters', () => {
    const keys = all.map(([key]) => key);
    expect(keys.filter((key) => !/^[A-Za-z0-9_@]+$/.test(key))).toEqual([]);
    const small = keys.map((key) => key.toLowerCase());
    expect(keys.filter((key) => small.indexOf(key.toLowerCase()) !== small.lastIndexOf(key.toLowerCase()))).toEqual([]);
  });
});

test('texts: the package has every message, without what is written for translators', () => {
  const packed: Readonly<Record<string, Message>> = JSON.parse(
    withoutDescriptions(readFileSync('public/_locales/en/messages.json', 'utf8')),
  );
  expect(all.some(([, { description }]) => description !== undefined)).toBe(true);
  expect(Object.values(packed).every((message) => !('description' in message))).toBe(true);
  expect(Object.entries(packed).map(([key, { message, placeholders }]) => [key, message, placeholders])).toEqual(
    all.map(([key, { message, placeholders }]) => [key, message, placeholders]),
  );
});
