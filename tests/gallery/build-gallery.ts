// Before the tests of the gallery: builds it. In a process of its own: vitest's environment would make another build.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export function setup(): void {
  const { NODE_ENV, ...env } = process.env;
  const vite = resolve(root, 'node_modules/vite/bin/vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [vite, 'build', '-c', 'vite.gallery.config.ts'], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The gallery cannot be built:\n${stdout}${stderr}`);
}
