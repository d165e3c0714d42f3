// Which of the languages that there are a guest reads: what the address asks for, else what the browser prefers. Pure.

const localeOf = (tag: string): Intl.Locale | undefined => {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
};

/** `zh-HK` is read where `zh-TW` is, for they share a script; `sr-Latn` is not `sr`. */
const isReadAs = (one: Intl.Locale, other: Intl.Locale): boolean =>
  one.language === other.language && one.script === other.script;

/**
 * The tag out of `available` for the first of `wanted` that there is, or undefined where that is English or nothing fits: a guest who prefers
 * English to German gets English. Tags that are none are passed over.
 */
export function wantedLanguage(wanted: readonly string[], available: readonly string[]): string | undefined {
  for (const tag of wanted) {
    const locale = localeOf(tag);
    if (locale?.language === 'en') return undefined;
    const exact = available.find((one) => one.toLowerCase() === tag.toLowerCase());
    const near = exact ?? available.find((one) => locale && isReadAs(new Intl.Locale(one).maximize(), locale));
    if (near !== undefined) return near;
  }
  return undefined;
}

/** What the address (`?lang=de`) and then the browser ask for, the favourite first. */
export function languagesOf(search: string, preferred: readonly string[]): readonly string[] {
  const asked = new URLSearchParams(search).get('lang');
  return asked ? [asked, ...preferred] : preferred;
}
