// npm run package: the zips for the stores (or one: -- --chrome, -- --firefox). Two packages of one commit are byte-equal: sorted names, one fixed date, fixed modes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildExtension, chosenTargets } from './build-extension.mjs';
import { ensureInstalled, isMain, root, runMain } from '../machine/install.mjs';

/** Builds and packs one target; returns the file, its size and its sha256. */
export async function packageExtension(target = 'chrome', logLevel = 'warn') {
  // Its library may have been installed just now.
  const { zipFolder } = await import('./zip-folder.mjs');
  const bytes = await zipFolder(await buildExtension(target, logLevel));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(root, 'dist', `freeflow-connect-${target}-${version}.zip`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(file, bytes);
  return { file, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

if (isMain(import.meta.url))
  await runMain(async () => {
    ensureInstalled();
    for (const target of chosenTargets()) {
      const { file, size, sha256 } = await packageExtension(target);
      console.log(`${relative(root, file)}  ${size} bytes\nsha256 ${sha256}`);
    }
  });
