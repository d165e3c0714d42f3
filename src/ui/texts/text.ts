// Texts for people, in the language of the messages. Where they come from is the page's affair (the browser's i18n in the extension): its
// composition root says so before the first text. A missing text shows its key, so that a test and an eye can see it.
import { isolated } from './isolation.ts';
import type { PluralKey, TextKey } from './text-key.ts';

/** Where texts come from. */
export interface TextSource {
  /** The message of a key with its substitutions ($1, $2, ...), or nothing. */
  message(key: string, substitutions: readonly string[]): string;
  /** What the person reads, the favourite first, as BCP 47 tags. */
  readonly languages: readonly string[];
}

const noSource: TextSource = { message: (key, substitutions) => [key, ...substitutions].join(' '), languages: [] };

let source = noSource;
let plurals: Intl.PluralRules | undefined;
let numbers: Intl.NumberFormat | undefined;
let runs: 'ltr' | 'rtl' | undefined;

/** All texts from now on come from there. */
export function takeTextsFrom(newSource: TextSource): void {
  source = newSource;
  plurals = undefined;
  numbers = undefined;
  runs = undefined;
}

const message = (key: string, substitutions: readonly string[]): string => source.message(key, substitutions) || key;

/** What goes into sentences, fenced where it runs the other way than they do. */
const fenced = (values: readonly string[]): readonly string[] => {
  if (values.length === 0) return values;
  runs ??= direction();
  return values.map((value) => isolated(value, runs ?? 'ltr'));
};

/** The text of a key with its substitutions ($1, $2, ...). */
export function text(key: TextKey, ...substitutions: readonly string[]): string {
  return message(key, fenced(substitutions));
}

/** The text for so many things: $1 is the number, as the language writes it, and $2 on are the other substitutions. */
export function plural(key: PluralKey, count: number, ...others: readonly string[]): string {
  plurals ??= new Intl.PluralRules(languageTag());
  numbers ??= new Intl.NumberFormat(formatTag());
  const substitutions = [numbers.format(count), ...fenced(others)];
  const form = source.message(`${key}_${plurals.select(count)}`, substitutions);
  return form || message(`${key}_other`, substitutions);
}

const asTag = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};

/** The language that the texts are written in, whatever the browser's is. */
export const languageTag = (): string => asTag(text('languageTag')) ?? 'en';

/** How numbers, dates and lists are written: in the language of the texts, as where the person lives (en-GB, de-AT). */
export function formatTag(): string {
  const own = new Intl.Locale(languageTag()).maximize();
  const isSame = (tag: string): boolean => {
    const { language, script } = new Intl.Locale(tag).maximize();
    return language === own.language && script === own.script;
  };
  return source.languages.find((tag) => asTag(tag) !== undefined && isSame(tag)) ?? languageTag();
}

/** Which way the texts run. */
export const direction = (): 'ltr' | 'rtl' => (text('direction') === 'rtl' ? 'rtl' : 'ltr');

/** Says on a page in which language and direction it is to be read: to screen readers, hyphenation and layout. */
export function speak(element: { lang: string; dir: string }): void {
  element.lang = languageTag();
  element.dir = direction();
}
