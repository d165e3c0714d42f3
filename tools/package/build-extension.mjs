// Builds the extension for each browser: same sources, same bytes. Within it stands what the page for guests of the same sources has to be.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../machine/install.mjs';
import { pagesBeside } from './browser-manifest.mjs';
import { builtGuestPage, guestPageFacts } from './guest-page.mjs';

/** @typedef {'chrome' | 'firefox'} Target */

/** @type {readonly Target[]} */
export const targets = ['chrome', 'firefox'];

/** The targets that the command line names, or both. */
export function chosenTargets() {
  const named = targets.filter((target) => process.argv.includes(`--${target}`));
  return named.length > 0 ? named : targets;
}

/**
 * Builds for one browser and returns the folder.
 * @param {Target} target
 * @param {import('vite').LogLevel} [logLevel]
 */
export async function buildExtension(target, logLevel = 'info') {
  process.env['TARGET'] = target;
  const { build } = await import('vite');
  await build({ root, configFile: join(root, 'vite.config.ts'), mode: 'production', logLevel });
  for (const page of pagesBeside(target)) {
    process.env['PAGE'] = page;
    await build({ root, configFile: join(root, 'vite.page.config.ts'), mode: 'production', logLevel });
  }
  const folder = join(root, 'dist', target);
  const { version } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const facts = guestPageFacts(await builtGuestPage(logLevel), version);
  writeFileSync(join(folder, 'guest-page.json'), `${JSON.stringify(facts)}\n`);
  return folder;
}
