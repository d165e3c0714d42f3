// A folder as one zip, the same bytes each time: sorted names, one fixed date, fixed modes.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
// Not when it is first needed: npm start runs the tests' modules in a runner that is closed by then.
import { ZipFile } from 'yazl';

/**
 * Every file below `dir`, as sorted paths with forward slashes.
 * @param {string} dir
 */
function filesBelow(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/**
 * The folder as one zip, the same bytes each time: what a store takes, and as `.xpi` what Firefox installs.
 * @param {string} dir
 * @param {{ readonly compress?: boolean }} [options]
 */
export async function zipFolder(dir, { compress = true } = {}) {
  const zip = new ZipFile();
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress, forceDosTimestamp: true };
  for (const file of filesBelow(dir)) zip.addBuffer(readFileSync(join(dir, file)), file, options);
  zip.end();
  /** @type {Uint8Array[]} */
  const chunks = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
