// The texts as a browser needs them: what is written for translators stays in the sources.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The same messages without their descriptions.
 * @param {string} json as `messages.json` has them
 */
export function withoutDescriptions(json) {
  /** @type {Record<string, { message: string, description?: string, placeholders?: object }>} */
  const messages = JSON.parse(json);
  return JSON.stringify(
    Object.fromEntries(Object.entries(messages).map(([key, { description: _, ...message }]) => [key, message])),
  );
}

/**
 * Rewrites every `_locales/LOCALE/messages.json` of a built extension.
 * @param {string} folder
 */
async function stripAll(folder) {
  for (const locale of await readdir(join(folder, '_locales'))) {
    const file = join(folder, '_locales', locale, 'messages.json');
    await writeFile(file, withoutDescriptions(await readFile(file, 'utf8')));
  }
}

/**
 * For a build, not for the server of `npm run dev`.
 * @returns {import('vite').Plugin}
 */
export function bareMessages() {
  let folder = '';
  return {
    name: 'bare-messages',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: () => stripAll(folder),
  };
}
