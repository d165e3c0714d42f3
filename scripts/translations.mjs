// npm run translations: how far each language is. With `-- --lacking de`: what is lacking or stale in German as JSON, with notes for the
// translator. With `-- --take de FILE`: takes a file of { "key": "text" } into the language.
import { readFileSync } from 'node:fs';
import { runMain } from '../tools/machine/install.mjs';
import {
  forTranslators,
  progress,
  readDigests,
  readMessages,
  takeTranslations,
  translatedLocales,
} from '../tools/translations/translations.mjs';

await runMain(async () => {
  const [flag, locale = '', file = ''] = process.argv.slice(2);
  const english = readMessages('en');
  if (flag === '--take') {
    takeTranslations(locale, JSON.parse(readFileSync(file, 'utf8')));
  } else if (flag === '--lacking') {
    const isThere = translatedLocales().includes(locale);
    const { lacking, stale } = progress(english, isThere ? readMessages(locale) : {}, readDigests(locale));
    console.log(JSON.stringify(forTranslators(english, [...lacking, ...stale]), null, 2));
  } else {
    for (const each of translatedLocales()) {
      const { there, lacking, stale } = progress(english, readMessages(each), readDigests(each));
      console.log(`${each.padEnd(6)} ${there.length} there, ${lacking.length} lacking, ${stale.length} stale`);
    }
  }
});
