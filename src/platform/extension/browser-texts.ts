// The browser's own translation of the extension, from public/_locales: a source for src/ui/texts/text.ts.
import browser from 'webextension-polyfill';

export const browserTexts = {
  /** The message of a key with its substitutions, empty if there is none. */
  message: (key: string, substitutions: readonly string[]): string => browser.i18n.getMessage(key, [...substitutions]),
  /** The languages of the browser's settings. */
  languages: navigator.languages,
};
