// npm run build: the extension for both browsers, dist/chrome and dist/firefox (or one: -- --chrome, -- --firefox), and the page for guests,
// dist/guest (alone: -- --guest).
import { ensureInstalled, runMain } from '../tools/machine/install.mjs';
import { buildExtension, chosenTargets } from '../tools/package/build-extension.mjs';
import { builtGuestPage } from '../tools/package/guest-page.mjs';

/** How each browser takes the folder in, for trying it out. */
const howToLoad = {
  chrome: 'load it in chrome://extensions with "Load unpacked"',
  firefox: 'load its manifest.json in about:debugging#/runtime/this-firefox with "Load Temporary Add-on"',
};

await runMain(async () => {
  ensureInstalled();
  const isGuestNamed = process.argv.includes('--guest');
  const named = process.argv.filter((word) => word === '--chrome' || word === '--firefox');
  if (!isGuestNamed || named.length > 0)
    for (const target of chosenTargets())
      console.log(`\nBuilt ${await buildExtension(target)}: ${howToLoad[target]}.\n`);
  if (isGuestNamed || named.length === 0)
    console.log(
      `\nBuilt ${await builtGuestPage()}: for any web server; one-file/index.html is the same page as one file.\n`,
    );
});
