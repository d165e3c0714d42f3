// How far each translation is: what is there, what is lacking, and what was made from an English text that has changed since. Which English
// text a translation was made from stands as a digest in made-from/LOCALE.json beside this file, not in the package.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pluralOf, resolved } from './locale-rules.mjs';

/** @typedef {import('./locale-rules.mjs').Message} Message @typedef {import('./locale-rules.mjs').Messages} Messages */

const locales = join(import.meta.dirname, '..', '..', 'public', '_locales');

/** @param {string} path @returns {any} */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @param {string} locale @returns {Messages} */
export const readMessages = (locale) => readJson(join(locales, locale, 'messages.json'));

/** The languages that there are, without English. */
export const translatedLocales = () => readdirSync(locales).filter((locale) => locale !== 'en');

/** @param {string} locale */
const digestsPath = (locale) => join(import.meta.dirname, 'made-from', `${locale}.json`);

/** Key to digest of the English text of then. @param {string} locale @returns {Readonly<Record<string, string>>} */
export const readDigests = (locale) => (existsSync(digestsPath(locale)) ? readJson(digestsPath(locale)) : {});

/** Eight characters for an English text: enough to see a change. @param {Message} message */
export const digestOf = (message) => createHash('sha256').update(resolved(message)).digest('base64url').slice(0, 8);

/** Keys that a language has to have: of texts for numbers the form that each language has. @param {Messages} english */
const neededKeys = (english) =>
  Object.keys(english).filter((key) => {
    const form = pluralOf(key);
    return form === undefined || form.form === 'other' || english[`${form.group}_other`] === undefined;
  });

/**
 * What is lacking, and what was made from other words. A text that stands in no list of digests counts as stale.
 * @param {Messages} english
 * @param {Messages} messages
 * @param {Readonly<Record<string, string>>} digests
 */
export function progress(english, messages, digests) {
  const needed = neededKeys(english).filter(
    (key) => key !== 'languageTag' && key !== 'direction' && key !== 'productName',
  );
  const there = needed.filter((key) => messages[key] !== undefined);
  return {
    there,
    lacking: needed.filter((key) => messages[key] === undefined),
    stale: there.filter((key) => {
      const source = english[key];
      return source !== undefined && digests[key] !== digestOf(source);
    }),
  };
}

/**
 * What a translator needs for these keys: the English text and where it stands.
 * @param {Messages} english
 * @param {readonly string[]} keys
 */
export function forTranslators(english, keys) {
  const all = keys.flatMap((key) => {
    const form = pluralOf(key);
    return form && english[`${form.group}_one`] ? [`${form.group}_one`, key] : [key];
  });
  return Object.fromEntries(
    all.flatMap((key) => {
      const source = english[key];
      if (!source) return [];
      return [[key, { message: resolved(source), ...(source.description ? { description: source.description } : {}) }]];
    }),
  );
}

/**
 * Takes translations into a language: in the order of English, and remembers what each was made from.
 * @param {string} locale
 * @param {Readonly<Record<string, string>>} texts key to text, substitutions as $1 to $9
 */
export function takeTranslations(locale, texts) {
  const english = readMessages('en');
  const file = join(locales, locale, 'messages.json');
  const before = existsSync(file) ? readMessages(locale) : {};
  const merged = {
    ...before,
    ...Object.fromEntries(Object.entries(texts).map(([key, message]) => [key, { message }])),
  };
  const places = new Map(Object.keys(english).map((key, place) => [key, place]));
  const placeOf = (/** @type {string} */ key) =>
    places.get(key) ?? places.get(`${pluralOf(key)?.group}_other`) ?? places.size;
  const ordered = Object.keys(merged).sort((one, other) => placeOf(one) - placeOf(other));
  const digests = { ...readDigests(locale) };
  for (const key of Object.keys(texts)) {
    const source = english[key];
    if (source) digests[key] = digestOf(source);
  }
  const known = ordered.filter((key) => digests[key] !== undefined);
  mkdirSync(join(locales, locale), { recursive: true });
  mkdirSync(join(import.meta.dirname, 'made-from'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(ordered.map((key) => [key, merged[key]])), null, 2)}\n`);
  writeFileSync(
    digestsPath(locale),
    `${JSON.stringify(Object.fromEntries(known.map((key) => [key, digests[key]])), null, 2)}\n`,
  );
}
