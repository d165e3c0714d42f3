// npm run build: the extension for one browser, dist/chrome or (-- --firefox) dist/firefox. Same sources, same bytes.
import { join } from 'node:path';
import { ensureInstalled, isMain, root, runMain } from './install.mjs';

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
    const dir = await buildExtension(process.argv.includes('--firefox') ? 'firefox' : 'chrome');
    console.log(`\nBuilt ${dir}: load it in chrome://extensions with "Load unpacked".`);
  });
