// Everything that is uploaded to a store, one folder for each: packages, sources, texts, and what the forms ask for.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../machine/install.mjs';
import { packageExtension } from './package-extension.mjs';

const folder = join(root, 'dist', 'store');

/**
 * What each store takes. Edge's has the bytes of Chrome's.
 * @type {Readonly<Record<'chrome' | 'firefox' | 'edge', import('./build-extension.mjs').Target>>}
 */
const packageOf = { chrome: 'chrome', firefox: 'firefox', edge: 'chrome' };

/** Papers that lie beside every package. */
const papers = ['PRIVACY.md', 'THIRD-PARTY.md', 'store/permissions.md', 'store/reviewer-notes.md'];

/**
 * Runs git in the repository; what it prints.
 * @param {readonly string[]} args
 */
function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error('The sources are packed by git: run this in a clone of the repository.');
  return stdout.trim();
}

/**
 * The sources of the last commit as a zip, with SOURCE.md that says how to build from them.
 * @param {string} version
 */
function packSources(version) {
  if (git('status', '--porcelain') !== '')
    throw new Error('The sources are packed from the last commit: commit what you have changed first.');
  const name = `freeflow-connect-source-${version}`;
  const file = join(root, 'dist', `${name}.zip`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  git('archive', '--format=zip', `--prefix=${name}/`, '-o', file, 'HEAD');
  return file;
}

/** @param {string} file */
const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * Packs for every store.
 * @returns {Promise<readonly string[]>} the lines of `sha256.txt`: the digest and the name of each release file
 */
export async function makeStoreFolders() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const sources = packSources(version);
  rmSync(folder, { recursive: true, force: true });
  /** @type {Map<string, string>} */
  const packages = new Map();
  for (const target of new Set(Object.values(packageOf))) packages.set(target, (await packageExtension(target)).file);
  const files = new Set([sources]);
  for (const [store, target] of Object.entries(packageOf)) {
    const to = join(folder, store);
    mkdirSync(to, { recursive: true });
    const file = join(to, `freeflow-connect-${store}-${version}.zip`);
    copyFileSync(packages.get(target) ?? '', file);
    files.add(file);
    if (store === 'firefox') copyFileSync(sources, join(to, basename(sources)));
    for (const paper of papers) copyFileSync(join(root, paper), join(to, basename(paper)));
    cpSync(join(root, 'store', 'listing'), join(to, 'listing'), { recursive: true });
    const pictures = join(root, 'store', 'pictures');
    if (existsSync(pictures)) cpSync(pictures, join(to, 'pictures'), { recursive: true });
  }
  const lines = [...files].map((file) => `${sha256(file)}  ${basename(file)}`);
  writeFileSync(join(folder, 'sha256.txt'), `${lines.join('\n')}\n`);
  return lines;
}

/**
 * The most characters that the strictest of the stores takes of each text of a listing.
 */
export const listingLimits = Object.freeze({ title: 45, summary: 132, description: 16_000 });

/** The languages that have a listing. */
export const listingLanguages = () => readdirSync(join(root, 'store', 'listing')).sort();
