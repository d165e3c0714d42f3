// npm run store: everything that is uploaded to the stores, in dist/store. Nothing is uploaded by itself.
import { relative } from 'node:path';
import { ensureInstalled, root, runMain } from '../tools/machine/install.mjs';
import { makeStoreFolders } from '../tools/package/store-folders.mjs';

await runMain(async () => {
  ensureInstalled();
  const lines = await makeStoreFolders();
  console.log(
    [
      ...lines,
      `Ready in ${relative(process.cwd(), root) || '.'}/dist/store; docs/release.md says what a person does with it.`,
    ].join('\n'),
  );
});
