// Packs the extension for the stores. Two packages of one commit are byte-equal: sorted names, one fixed date, fixed modes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../machine/install.mjs';
import { buildExtension } from './build-extension.mjs';

/**
 * Builds and packs for one browser; returns the file, its size and its sha256.
 * @param {import('./build-extension.mjs').Target} target
 */
export async function packageExtension(target) {
  // Its library may have been installed just now.
  const { zipFolder } = await import('./zip-folder.mjs');
  const bytes = await zipFolder(await buildExtension(target, 'warn'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(root, 'dist', `freeflow-connect-${target}-${version}.zip`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(file, bytes);
  return { file, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
