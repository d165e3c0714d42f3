// Texts for people, from public/_locales by browser.i18n. A missing text shows its key, so that a test and an eye can see it.
import browser from 'webextension-polyfill';

/** The text of a key with its substitutions ($1, $2, ...). */
export function text(key: string, ...substitutions: readonly string[]): string {
  return browser.i18n.getMessage(key, [...substitutions]) || key;
}
