// Before tests in real browsers: builds the extension and the page for guests anew where the sources are younger than the build, so that no test ever looks at an
// old one. Builds that FFC_EXTENSION_DIR and FFC_FIREFOX_DIR name are taken as they are.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
const sources = [
  'vite.guest.config.ts',
  'tools/package/guest-page.mjs',
  'src',
  'public',
  'rules',
  'manifest.json',
  'package-lock.json',
  'vite.config.ts',
  'vite.page.config.ts',
  'tools/package/browser-manifest.mjs',
  'tools/package/bundling.mjs',
];

/** When something at or below the path was changed last; never, where there is nothing. */
function changedAt(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  const below = stats.isDirectory() ? readdirSync(path).map((name) => changedAt(join(path, name))) : [];
  return Math.max(stats.mtimeMs, ...below);
}

/** In a process of its own: vitest's environment would make another build. */
function build(target: string): void {
  const { NODE_ENV, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', `--${target}`], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The extension for ${target} cannot be built:\n${stdout}${stderr}`);
}

export function setup(): void {
  const youngest = Math.max(...sources.map((source) => changedAt(join(root, source))));
  if (changedAt(join(root, 'dist', 'guest', 'one-file', 'index.html')) < youngest) build('guest');
  for (const [target, given] of [
    ['chrome', process.env['FFC_EXTENSION_DIR']],
    ['firefox', process.env['FFC_FIREFOX_DIR']],
  ] as const)
    if (given === undefined && changedAt(join(root, 'dist', target, 'manifest.json')) < youngest) build(target);
}
