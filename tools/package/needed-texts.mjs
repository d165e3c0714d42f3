// Of the English texts, those that a page can show: read from the sources that it is made of, as tests/repository/texts.test.ts reads them. A
// page that is not part of the extension carries its texts with it.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ message: string, placeholders?: Record<string, { content: string }> }} Message */

/**
 * Every source that is imported from here on, at once or later, the entry first.
 * @param {string} entry
 */
export function sourcesFrom(entry) {
  const all = new Set([entry]);
  for (const path of all)
    for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\(|import) ?'(\.[^']+\.tsx?)'/g)) {
      const file = join(dirname(path), target);
      if (existsSync(file)) all.add(file);
    }
  return [...all];
}

/**
 * The keys that a source can ask for: what stands in it as a whole, and each family that it makes by `${start}End` or `start${end}`.
 * @param {string} source
 */
function keysIn(source) {
  const words = [...source.matchAll(/'(\w+)'/g)].map(([, word = '']) => word);
  const families = [...source.matchAll(/`(\w*)\$\{\w+\}(\w*)`/g)];
  return new Set(words.flatMap((word) => [word, ...families.map(([, start = '', end = '']) => start + word + end)]));
}

/** @param {string} key `ringVideoMore_one` is asked for as `ringVideoMore`. */
const askedAs = (key) => key.replace(/_(?:zero|one|two|few|many|other)$/, '');

/**
 * The messages that these sources can ask for, with their placeholders put in, without descriptions.
 * @param {Readonly<Record<string, Message>>} messages
 * @param {readonly string[]} sources what stands in them
 * @returns {Record<string, { message: string }>}
 */
export function neededTexts(messages, sources) {
  const asked = new Set(sources.flatMap((source) => [...keysIn(source)]));
  const needed = Object.entries(messages).filter(([key]) => asked.has(askedAs(key)));
  return Object.fromEntries(
    needed.map(([key, { message, placeholders = {} }]) => [
      key,
      { message: message.replace(/\$([a-z_]+)\$/gi, (_all, name) => placeholders[name.toLowerCase()]?.content ?? '') },
    ]),
  );
}

/**
 * A plugin of Vite: the messages that a page imports are only those that it can show.
 * @param {string} entry the first source of the page
 */
export function onlyNeededTexts(entry) {
  return {
    name: 'only-needed-texts',
    /** @type {'pre'} */
    enforce: 'pre',
    /** @param {string} id */
    load(id) {
      if (!/\/_locales\/\w+\/messages\.json$/.test(id)) return undefined;
      const sources = sourcesFrom(entry).map((path) => readFileSync(path, 'utf8'));
      return JSON.stringify(neededTexts(JSON.parse(readFileSync(id, 'utf8')), sources));
    },
  };
}
