// Builds the extension for each browser: same sources, same bytes.
import { join } from 'node:path';
import { root } from '../machine/install.mjs';

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
  return join(root, 'dist', target);
}
