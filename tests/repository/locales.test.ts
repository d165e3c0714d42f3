// Every translation beside English. A language may lack texts, since browsers then show the English one; what it has must be right. A text
// whose English has changed is no fault here: `npm run translations` counts it as stale.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isolated } from '../../src/ui/texts/isolation.ts';
import { type MessageFile, textsOf } from '../../src/ui/texts/message-file.ts';
import { languageTag, plural, takeTextsFrom } from '../../src/ui/texts/text.ts';
import { localeFaults, type Messages } from '../../tools/translations/locale-rules.mjs';
import {
  digestOf,
  forTranslators,
  progress,
  readMessages,
  translatedLocales,
} from '../../tools/translations/translations.mjs';

const english: Messages = readMessages('en');

test.each(translatedLocales())('locales: %s obeys every rule', (locale) => {
  expect(localeFaults(english, locale, readMessages(locale))).toEqual([]);
});

test('locales: no folder holds anything but its messages', () => {
  const files = readdirSync('public/_locales', { recursive: true, encoding: 'utf8' });
  expect(files.filter((name) => !/^\w+(?:\/messages\.json)?$/.test(name))).toEqual([]);
});

const source: Messages = {
  languageTag: { message: 'en' },
  direction: { message: 'ltr' },
  productName: { message: 'FreeFlow Connect' },
  productDescription: { message: 'Private video calls' },
  ring: { message: '$name$ is calling you', placeholders: { name: { content: '$1' } }, description: 'Title.' },
  lines: { message: 'Write 24 words on a sheet of paper' },
  call: { message: 'Call' },
  people_one: { message: 'One more person' },
  people_other: { message: '$1 more people' },
};

const text = (message: string) => ({ message });
const german: Messages = {
  languageTag: text('de'),
  direction: text('ltr'),
  productName: text('FreeFlow Connect'),
  productDescription: text('Private Videoanrufe'),
  ring: text('$1 ruft an'),
  lines: text('Schreibe 24 Wörter auf ein Blatt Papier'),
  call: text('Anrufen'),
  people_one: text('Eine weitere Person'),
  people_other: text('$1 weitere Personen'),
};

/** What is wrong with a copy in which these texts were changed. */
const broken = (texts: Readonly<Record<string, string>>, base = german, locale = 'de') =>
  localeFaults(source, locale, {
    ...base,
    ...Object.fromEntries(Object.entries(texts).map(([key, message]) => [key, { message }])),
  }).map(({ key, problem }) => `${key} ${problem}`);

describe('locales: rules', () => {
  test('a right translation has no fault, nor has one that lacks texts', () => {
    expect(broken({})).toEqual([]);
    expect(broken({}, { languageTag: text('de'), direction: text('ltr'), ring: text('$1 ruft an') })).toEqual([]);
  });

  test.each([
    ['a key that English has not', { other: 'Anders' }, /^other is no text of English/],
    ['another language', { languageTag: 'fr' }, /^languageTag is not de/],
    ['the wrong direction', { direction: 'rtl' }, /^direction is wrong/],
    ['a substitution left out', { ring: 'Jemand ruft an' }, /^ring has other substitutions/],
    ['a substitution too many', { call: '$1 anrufen' }, /^call has other substitutions/],
    ['a name of a substitution', { ring: '$name$ ruft an' }, /^ring has/],
    ['an empty text', { call: '' }, /^call is empty/],
    ['a blank at an end', { call: 'Anrufen ' }, /^call is empty or has blanks to spare/],
    ['two blanks', { ring: '$1  ruft an' }, /^ring is empty or has blanks to spare/],
    ['markup', { call: '<b>Anrufen' }, /^call holds markup/],
    ['a direction character', { call: 'Anrufen\u200f' }, /^call holds markup, control or direction/],
    ['a straight apostrophe', { ring: "$1 ruft an, geht's" }, /^ring has a straight apostrophe/],
    ['another number', { lines: 'Schreibe 12 Wörter auf ein Blatt Papier' }, /^lines has other numbers/],
    ['a text too long', { call: 'Jetzt diese Person anrufen' }, /^call is longer than 20/],
    ['English words', { lines: 'Write 24 words on a sheet of paper' }, /^lines is still English/],
    ['a translated product name', { productName: 'Freifluss' }, /^productName is translated/],
    ['a summary too long', { productDescription: 'Anruf '.repeat(30).trim() }, /longer than 132/],
    ['a form that the language has not', { people_few: '$1 weitere Personen' }, /^people has forms that/],
    ['a form without its number', { people_other: 'Weitere Personen' }, /^people_other has other substitutions/],
  ])('%s', (_what, texts, fault) => {
    expect(broken(texts).filter((one) => fault.test(one))).not.toEqual([]);
  });

  test('a form that the language needs', () => {
    const { people_one: _, ...without } = german;
    expect(broken({}, without)).toEqual(['people lacks the forms one']);
  });

  test('a form that several numbers take names the number: in Russian 21 is one, too', () => {
    const russian = { languageTag: text('ru'), direction: text('ltr') };
    const people = { people_few: 'Ещё $1 человека', people_many: 'Ещё $1 человек', people_other: 'Ещё $1 человека' };
    expect(broken({ ...people, people_one: 'Ещё один человек' }, russian, 'ru')).toEqual([
      'people_one has other substitutions than “$1 more people”',
    ]);
    expect(broken({ ...people, people_one: 'Ещё $1 человек' }, russian, 'ru')).toEqual([]);
  });

  test('a script that is not the one of the language', () => {
    const arabic = { languageTag: text('ar'), direction: text('rtl') };
    expect(broken({ lines: 'Schreibe 24 Wörter auf Papier' }, arabic, 'ar')).toEqual([
      'lines is not in the script of the language',
    ]);
    expect(broken({ lines: 'اكتب 24 كلمة على ورقة' }, arabic, 'ar')).toEqual([]);
  });

  test('what is typed may be fenced in a language that runs from right to left, and only there', () => {
    const arabic = { languageTag: text('ar'), direction: text('rtl') };
    const lines = (fenced: string) => ({ lines: `اكتب 24 كلمة على ورقة تبدأ بـ ${fenced}` });
    expect(broken(lines('\u2066ffc:\u2069'), arabic, 'ar')).toEqual([]);
    const fault = 'lines holds markup, control or direction characters';
    expect(broken(lines('\u2066ffc:'), arabic, 'ar')).toEqual([fault]);
    expect(broken(lines('\u2066كلمة\u2069'), arabic, 'ar')).toEqual([fault]);
    expect(broken({ lines: 'Schreibe 24 Wörter auf \u2066ffc:\u2069' })).toEqual([fault]);
  });

  test('a folder that Chrome passes over', () => {
    expect(broken({}, german, 'de_AT')).toEqual(['de_AT is no folder that Chrome reads']);
  });
});

describe('locales: progress', () => {
  const digests = { ring: digestOf(source['ring'] ?? text('')), call: 'older' };
  const some = { languageTag: text('de'), ring: text('$1 ruft an'), call: text('Anrufen') };

  test('what is there, lacking and made from other words', () => {
    expect(progress(source, some, digests)).toEqual({
      there: ['ring', 'call'],
      lacking: ['productDescription', 'lines', 'people_other'],
      stale: ['call'],
    });
  });

  test('a translator gets the English words with their note, and both forms of a number', () => {
    expect(forTranslators(source, ['ring', 'people_other'])).toEqual({
      ring: { message: '$1 is calling you', description: 'Title.' },
      people_one: { message: 'One more person' },
      people_other: { message: '$1 more people' },
    });
  });
});

describe('locales: what a language lacks', () => {
  /** As browsers do: key by key from the language, else from English. */
  const speakWithEnglish = (messages: Messages) =>
    takeTextsFrom(textsOf({ ...readMessages('en'), ...messages } satisfies MessageFile));

  test('numbers of things fall back to English, whatever forms the language has', () => {
    for (const tag of ['de', 'pl', 'ar', 'ja']) {
      speakWithEnglish({ languageTag: text(tag) });
      expect(plural('popupGroupStart', 5), tag).toMatch(/^Call \P{L}+ people$/u);
    }
  });

  test('without a language of its own a file is read as English', () => {
    speakWithEnglish({ callMute: text('Stumm') });
    expect(languageTag()).toBe('en');
    expect(isolated('Bob', 'ltr')).toBe('Bob');
  });
});
