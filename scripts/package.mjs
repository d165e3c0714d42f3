// npm run package: the zips for the stores (or one: -- --chrome, -- --firefox). Two packages of one commit are byte-equal: sorted names, one fixed date, fixed modes.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { buildExtension, chosenTargets } from './build.mjs';
import { ensureInstalled, isMain, root, runMain } from './install.mjs';

/** Every file below `dir`, as sorted paths with forward slashes. */
function filesBelow(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** The folder as one zip, the same bytes each time. */
export async function zipFolder(dir) {
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: true, forceDosTimestamp: true };
  for (const file of filesBelow(dir)) zip.addBuffer(readFileSync(join(dir, file)), file, options);
  zip.end();
  const chunks = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Builds and packs one target; returns the file, its size and its sha256. */
export async function packageExtension(target = 'chrome', logLevel = 'warn') {
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
