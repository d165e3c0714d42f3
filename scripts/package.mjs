// npm run package: the zips for the stores (or one: -- --chrome, -- --firefox).
import { relative } from 'node:path';
import { ensureInstalled, root, runMain } from '../tools/machine/install.mjs';
import { chosenTargets } from '../tools/package/build-extension.mjs';
import { packageExtension } from '../tools/package/package-extension.mjs';

await runMain(async () => {
  ensureInstalled();
  for (const target of chosenTargets()) {
    const { file, size, sha256 } = await packageExtension(target);
    console.log(`${relative(root, file)}  ${size} bytes\nsha256 ${sha256}`);
  }
});
