// Texts from a source: forms for numbers as each language has them, substitutions, and what the page says of its language.
import { afterEach, describe, expect, test } from 'vitest';
import { enumeration } from '../../../src/ui/format/enumeration.ts';
import { type MessageFile, textsOf } from '../../../src/ui/texts/message-file.ts';
import { direction, formatTag, languageTag, plural, speak, takeTextsFrom, text } from '../../../src/ui/texts/text.ts';

/** A language with the forms of one plural group, each saying its own name. */
function speakIn(tag: string, forms: readonly string[] = [], languages: readonly string[] = []): void {
  const group = forms.map((form) => [`groupPeople_${form}`, { message: `$1 ${form}` }]);
  const file: MessageFile = { languageTag: { message: tag }, ...Object.fromEntries(group) };
  takeTextsFrom(textsOf(file, languages));
}

afterEach(() => takeTextsFrom({ languages: [], message: () => '' }));

// What CLDR says of each language.
describe.each([
  ['en', ['one', 'other'], { 0: 'other', 1: 'one', 2: 'other', 5: 'other', 21: 'other', 101: 'other' }],
  ['pl', ['one', 'few', 'many', 'other'], { 0: 'many', 1: 'one', 2: 'few', 5: 'many', 21: 'many', 22: 'few' }],
  ['ru', ['one', 'few', 'many', 'other'], { 0: 'many', 1: 'one', 2: 'few', 5: 'many', 11: 'many', 21: 'one' }],
  ['ja', ['other'], { 0: 'other', 1: 'other', 2: 'other' }],
] as const)('texts: numbers in %s', (tag, forms, expected) => {
  test.each(Object.entries(expected))('%s takes the form %s', (count, form) => {
    speakIn(tag, forms);
    expect(plural('groupPeople', Number(count))).toBe(`${count} ${form}`);
  });
});

test('texts: Arabic has six forms', () => {
  speakIn('ar', ['zero', 'one', 'two', 'few', 'many', 'other']);
  const forms = [0, 1, 2, 3, 11, 100].map((count) => plural('groupPeople', count).split(' ')[1]);
  expect(forms).toEqual(['zero', 'one', 'two', 'few', 'many', 'other']);
});

test('texts: a form that a translation lacks falls back to the one that every language has', () => {
  speakIn('pl', ['other']);
  expect(plural('groupPeople', 2)).toBe('2 other');
});

test('texts: numbers are grouped as the language does it, and further substitutions follow the number', () => {
  const file: MessageFile = { languageTag: { message: 'de' }, chatUnread_other: { message: '$2: $1' } };
  takeTextsFrom(textsOf(file));
  expect(plural('chatUnread', 12_345, 'Bob')).toBe('Bob: 12.345');
});

test('texts: names of substitutions count in any case, and a text that is missing shows its key', () => {
  takeTextsFrom(textsOf({ ringTitle: { message: '$Name$ is calling', placeholders: { name: { content: '$1' } } } }));
  expect(text('ringTitle', 'Bob')).toBe('Bob is calling');
  expect(text('callMute')).toBe('callMute');
});

test('texts: formats follow the language of the texts, where the person lives', () => {
  speakIn('en', [], ['hu-HU', 'en-GB', 'en-US']);
  expect(formatTag()).toBe('en-GB');
  expect(enumeration(['Bob', 'Carol', 'Dave'])).toBe('Bob, Carol and Dave');
  speakIn('en', [], ['hu-HU']);
  expect(formatTag()).toBe('en');
  speakIn('zh-TW', [], ['zh-CN', 'zh-HK']);
  expect(formatTag()).toBe('zh-HK');
});

test('texts: a page says its language and direction', () => {
  const page = { lang: '', dir: '' };
  takeTextsFrom(textsOf({ languageTag: { message: 'ar' }, direction: { message: 'rtl' } }));
  speak(page);
  expect(page).toEqual({ lang: 'ar', dir: 'rtl' });
  takeTextsFrom(textsOf({}));
  expect([languageTag(), direction()]).toEqual(['en', 'ltr']);
});

describe('texts: a name in a sentence that runs the other way', () => {
  const speakWith = (runs: 'ltr' | 'rtl') =>
    takeTextsFrom(
      textsOf({
        languageTag: { message: runs === 'rtl' ? 'ar' : 'en' },
        direction: { message: runs },
        callCalling: { message: '> $1 <' },
        groupPeople_other: { message: '$1 | $2' },
      }),
    );

  test('stands in a fence of its own, one that runs with it does not', () => {
    speakWith('ltr');
    expect(text('callCalling', 'ليلى')).toBe('> \u2068ليلى\u2069 <');
    expect(text('callCalling', 'Bob 👍 2')).toBe('> Bob 👍 2 <');
    expect(plural('groupPeople', 3, 'דנה')).toBe('3 | \u2068דנה\u2069');
    speakWith('rtl');
    expect(text('callCalling', 'Bob')).toBe('> \u2068Bob\u2069 <');
    expect(text('callCalling', 'ليلى')).toBe('> ليلى <');
    expect(text('callCalling', '12:05')).toBe('> 12:05 <');
  });

  test('is fenced by itself among several, and once only', () => {
    speakWith('ltr');
    expect(enumeration(['Bob', 'ليلى'])).toBe('Bob and \u2068ليلى\u2069');
    expect(text('callCalling', enumeration(['ليلى']))).toBe('> \u2068ليلى\u2069 <');
  });
});
