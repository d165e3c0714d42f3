// npm run build: the extension for both browsers, dist/chrome and dist/firefox (or one: -- --chrome, -- --firefox).
import { ensureInstalled, runMain } from '../tools/machine/install.mjs';
import { buildExtension, chosenTargets } from '../tools/package/build-extension.mjs';

/** How each browser takes the folder in, for trying it out. */
const howToLoad = {
  chrome: 'load it in chrome://extensions with "Load unpacked"',
  firefox: 'load its manifest.json in about:debugging#/runtime/this-firefox with "Load Temporary Add-on"',
};

await runMain(async () => {
  ensureInstalled();
  for (const target of chosenTargets()) console.log(`\nBuilt ${await buildExtension(target)}: ${howToLoad[target]}.\n`);
});
