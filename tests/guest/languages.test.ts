// @vitest-environment jsdom
// Which language a guest reads, and how the page comes by it.
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { speakToGuests } from '../../src/guest/guest-texts.ts';
import { addressIn, LanguageMenu } from '../../src/guest/views/language-menu.tsx';
import { languagesOf, wantedLanguage } from '../../src/guest/wanted-language.ts';
import { plural, takeTextsFrom, text } from '../../src/ui/texts/text.ts';
import { languageTableSource } from '../../tools/package/guest-languages.mjs';

afterEach(() => {
  render(null, document.body);
  takeTextsFrom({ languages: [], message: () => '' });
  vi.restoreAllMocks();
  history.replaceState(null, '', '/');
});

describe('guest languages: which one', () => {
  const available = ['ar', 'de', 'pt-BR', 'zh-CN', 'zh-TW'];

  test.each([
    [['de-AT', 'en'], 'de'],
    [['hu', 'de'], 'de'],
    [['en-GB', 'de'], undefined],
    [['hu'], undefined],
    [[], undefined],
    [['PT-br'], 'pt-BR'],
    [['pt-PT'], 'pt-BR'],
    [['zh'], 'zh-CN'],
    [['zh-HK'], 'zh-TW'],
    [['zh-Hant-MO'], 'zh-TW'],
    [['not a tag', 'ar-EG'], 'ar'],
  ])('%j: %s', (wanted, expected) => {
    expect(wantedLanguage(wanted, available)).toBe(expected);
  });

  test('what the address asks for comes before what the browser prefers', () => {
    expect(languagesOf('?lang=de', ['fr', 'en'])).toEqual(['de', 'fr', 'en']);
    expect(languagesOf('?lang=', ['fr'])).toEqual(['fr']);
    expect(languagesOf('', ['fr'])).toEqual(['fr']);
  });
});

const german = {
  languageTag: { message: 'de' },
  direction: { message: 'ltr' },
  guestAsk: { message: 'Um Einlass bitten' },
};
const arabic = { languageTag: { message: 'ar' }, direction: { message: 'rtl' } };

describe('guest languages: the page', () => {
  test('speaks the language of the address, says so, and English for what that lacks', async () => {
    history.replaceState(null, '', '/?lang=de');
    await speakToGuests({ de: async () => german });
    expect(text('guestAsk')).toBe('Um Einlass bitten');
    expect(text('guestStopAsking')).toBe('Stop asking');
    expect(plural('groupPeople', 2)).toBe('2 people');
    expect(document.documentElement.lang).toBe('de');
  });

  test('runs from right to left in Arabic', async () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['ar-EG']);
    await speakToGuests({ ar: async () => arabic });
    expect(document.documentElement.dir).toBe('rtl');
  });

  test('speaks English where the language cannot be loaded', async () => {
    history.replaceState(null, '', '/?lang=de');
    await speakToGuests({ de: () => Promise.reject(new Error('offline')) });
    expect(text('guestAsk')).toBe('Ask to join');
    expect(document.documentElement.lang).toBe('en');
  });

  test('offers every language by its own name, and none where there is only English', async () => {
    await speakToGuests({});
    const chosen: string[] = [];
    const languages = { ar: async () => arabic, de: async () => german };
    await act(() => render(h(LanguageMenu, { languages, onChoose: (tag) => chosen.push(tag) }), document.body));
    const select = document.querySelector('select');
    expect([...(select?.options ?? [])].map(({ textContent }) => textContent)).toEqual([
      'English',
      'العربية',
      'Deutsch',
    ]);
    expect(select?.value).toBe('en');
    if (select) select.value = 'de';
    select?.dispatchEvent(new Event('change', { bubbles: true }));
    expect(chosen).toEqual(['de']);
    await act(() => render(h(LanguageMenu, { languages: {} }), document.body));
    expect(document.querySelector('select')).toBeNull();
  });

  test('the choice stands in the address, without the invitation', () => {
    expect(addressIn('ar', 'https://call.example.org/in/?lang=de#secret')).toBe('https://call.example.org/in/?lang=ar');
  });
});

test('guest languages: each folder of messages but English is one to load', () => {
  expect(languageTableSource('/l', ['de', 'en', 'pt_BR'])).toBe(
    'export const otherLanguages = { "de": () => import("/l/de/messages.json").then((file) => file.default), ' +
      '"pt-BR": () => import("/l/pt_BR/messages.json").then((file) => file.default), };',
  );
});
