// npm run build: the extension for both browsers, dist/chrome and dist/firefox (or one: -- --chrome, -- --firefox). Same sources,
// same bytes.
import { join } from 'node:path';
import { ensureInstalled, isMain, root, runMain } from '../machine/install.mjs';

export const targets = ['chrome', 'firefox'];

/** How each browser takes the folder in, for trying it out. */
const howToLoad = {
  chrome: 'load it in chrome://extensions with "Load unpacked"',
  firefox: 'load its manifest.json in about:debugging#/runtime/this-firefox with "Load Temporary Add-on"',
};

/** The targets that the command line names, or both. */
export function chosenTargets() {
  const named = targets.filter((target) => process.argv.includes(`--${target}`));
  return named.length > 0 ? named : targets;
}

/** Builds for 'chrome' or 'firefox' and returns the folder. */
export async function buildExtension(target = 'chrome', logLevel = 'info') {
  process.env.TARGET = target;
  const { build } = await import('vite');
  await build({ root, configFile: join(root, 'vite.config.ts'), mode: 'production', logLevel });
  return join(root, 'dist', target);
}

if (isMain(import.meta.url))
  await runMain(async () => {
    ensureInstalled();
    for (const target of chosenTargets())
      console.log(`\nBuilt ${await buildExtension(target)}: ${howToLoad[target]}.\n`);
  });
