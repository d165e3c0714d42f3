// The languages of the page for guests: every folder of messages becomes a file of its own, which is loaded by those who read that language.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The source of a table of languages: tag to a function that loads its messages.
 * @param {string} folder `public/_locales`
 * @param {readonly string[]} locales names of folders, such as pt_BR
 */
export function languageTableSource(folder, locales) {
  const lines = locales
    .filter((locale) => locale !== 'en')
    .map((locale) => {
      const [tag, file] = [locale.replace('_', '-'), join(folder, locale, 'messages.json')];
      return `${JSON.stringify(tag)}: () => import(${JSON.stringify(file)}).then((file) => file.default),`;
    });
  return `export const otherLanguages = { ${lines.join(' ')} };`;
}

/**
 * A plugin of Vite: puts the languages that there are in the place of src/guest/model/languages.ts.
 * @param {string} folder `public/_locales`
 */
export function guestLanguages(folder) {
  return {
    name: 'guest-languages',
    /** @type {'pre'} */
    enforce: 'pre',
    /** @param {string} id */
    load(id) {
      return id.endsWith('/src/guest/model/languages.ts')
        ? languageTableSource(folder, readdirSync(folder).sort())
        : undefined;
    },
  };
}
