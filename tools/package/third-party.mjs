// What of others is in the packages, with their notices: npm packages that the product needs, by package-lock.json.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../machine/install.mjs';

/** Needed by others of them for the compiler alone: nothing of it is in a package. */
const isForCompiler = (/** @type {string} */ name) => /^(?:@types\/|@typescript\/|typescript$)/.test(name);

/** Lines that say who wrote it, and a heading that only names the licence. */
const copyrightLine = /^\W*Copyright (?:\(c\)|©|\d{4})/i;
const headingLine = /^\W*(?:the )?(?:mit|isc|bsd)\b.*licen[cs]e\W*(?:\(\w+\))?\W*$/i;

/**
 * A package of others: its name, version, licence by its own words, the address of its source, and the text of its licence.
 * @typedef {{ readonly name: string, readonly version: string, readonly licence: string, readonly source: string, readonly text: string }} Part
 */

/**
 * The address of a package's source as a person can open it.
 * @param {{ readonly repository?: string | { readonly url?: string }, readonly homepage?: string }} manifest
 */
function sourceOf({ repository, homepage = '' }) {
  const url = (typeof repository === 'object' ? repository.url : repository) ?? homepage;
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(url)?.[1];
  if (short) return `https://github.com/${short}`;
  return url
    .replace(/^git\+/, '')
    .replace(/^(?:git|ssh):\/\/(?:git@)?/, 'https://')
    .replace(/^git@([\w.-]+):/, 'https://$1/')
    .replace(/\.git(?:#.*)?$/, '');
}

/**
 * Of a choice of licences the one that is taken.
 * @param {string} licence
 */
const takenOf = (licence) =>
  ['MIT', 'MPL-2.0', licence].find((name) => licence.replace(/[()]/g, '').split(' OR ').includes(name)) ?? licence;

/**
 * The text of the licence that comes with a package; empty where it brings none. The Mozilla licence asks for its address only.
 * @param {string} folder
 * @param {string} licence
 */
function licenceTextIn(folder, licence) {
  if (licence === 'MPL-2.0')
    return 'Under the Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/; its source is at the address above, unchanged.';
  const files = readdirSync(folder).filter((name) => /^licen[cs]e(?:[.-](?:md|txt|mit))?$/i.test(name));
  const file = files.find((name) => name.toLowerCase().includes(licence.toLowerCase())) ?? files.sort()[0];
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
}

/**
 * Every package of others that may be in what is handed out, by name.
 * @returns {readonly Part[]}
 */
export function thirdParties() {
  /** @type {Record<string, { version: string, dev?: boolean }>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) }))
    .filter(({ name }) => !isForCompiler(name))
    .map(({ path, name }) => {
      const folder = join(root, path);
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const licence = takenOf(manifest.license);
      const { version } = manifest;
      return { name, version, licence, source: sourceOf(manifest), text: licenceTextIn(folder, licence) };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * A licence without who wrote it, to tell whether two are the same.
 * @param {string} text
 */
const bodyOf = (text) =>
  text
    .split('\n')
    .filter((line) => !copyrightLine.test(line) && !headingLine.test(line) && !/^all rights reserved\.?$/i.test(line))
    .join('\n')
    .trim();

/**
 * The notices of all of them, each licence once: what MIT, ISC, BSD, Apache and MPL ask for of whoever hands out copies.
 * @param {readonly Part[]} parts
 */
export function noticesOf(parts) {
  /** @type {Map<string, { body: string, parts: Part[] }>} */
  const groups = new Map();
  for (const part of parts) {
    const body = bodyOf(part.text);
    const key = `${part.licence} ${body.replace(/\W+/g, ' ').toLowerCase()}`;
    const group = groups.get(key) ?? { body, parts: [] };
    group.parts.push(part);
    groups.set(key, group);
  }
  const sections = [...groups.values()].map(({ body, parts: of }) => {
    const rows = of.map(({ name, version, licence, source, text }) => {
      const authors = text.split('\n').filter((line) => copyrightLine.test(line));
      return [`${name} ${version} (${licence}), ${source}`, ...authors.map((line) => `  ${line.trim()}`)].join('\n');
    });
    return [...rows, ...(body ? ['', body] : [])].join('\n');
  });
  const head = 'FreeFlow Connect contains parts of others. Their licences:';
  return `${[head, ...sections].join(`\n\n${'='.repeat(80)}\n\n`)}\n`;
}

/**
 * THIRD-PARTY.md: the same as a table.
 * @param {readonly Part[]} parts
 */
export function thirdPartyTable(parts) {
  const rows = parts.map(({ name, version, licence, source }) => `| [${name}](${source}) | ${version} | ${licence} |`);
  return `# Parts of others

Written by \`npm run notices\` from package-lock.json: what the extension and the page for guests contain besides their own code. Each release file holds the notices of
all of them (\`third-party.txt\`). Nothing of it is changed, and nothing is loaded from elsewhere.

| package | version | licence |
| --- | --- | --- |
${rows.join('\n')}
`;
}

/**
 * Adds the notices to what is built.
 * @returns {import('vite').Plugin}
 */
export function withNotices() {
  return {
    name: 'with-notices',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'third-party.txt', source: noticesOf(thirdParties()) });
    },
  };
}
