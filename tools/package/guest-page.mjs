// Builds the page for guests twice over: as files for a web server, each named by its hash, and as one file that can be sent to somebody. What
// the page may do stands in it, and what belongs to it is named with its hash: a cache in between cannot change a part of it.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../machine/install.mjs';
import { closure, sizeOf } from './page-weight.mjs';

/** Most that may be loaded before a guest asks to be let in, and most that the one file may have, in kB of 1000 bytes after gzip. */
const guestLimitsKb = { page: 175, oneFile: 301 };

/**
 * @param {string | Buffer} content
 * @param {'sha256' | 'sha384'} kind
 */
const digestOf = (content, kind) => `${kind}-${createHash(kind).update(content).digest('base64')}`;

/**
 * The content security policy of the page. Sockets go to relays over TLS or to this very machine; https is for what a relay says of itself.
 * @param {{ readonly scripts: readonly string[], readonly styles: readonly string[] }} inline hashes of what stands in the page itself
 */
export function guestPolicy({ scripts, styles }) {
  /** @param {readonly string[]} hashes */
  const sources = (hashes) => ["'self'", ...hashes.map((hash) => `'${hash}'`)].join(' ');
  return [
    "default-src 'none'",
    `script-src ${sources(scripts)}`,
    `style-src ${sources(styles)}`,
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "connect-src 'self' wss: https: ws://localhost:* ws://127.0.0.1:*",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default dompurify',
  ].join('; ');
}

/**
 * Puts the policy where nothing comes before it but the encoding.
 * @param {string} html
 * @param {string} policy
 */
function withPolicy(html, policy) {
  const place = /<meta charset="utf-8" ?\/?>/i;
  if (!place.test(html)) throw new Error('The page for guests says no encoding.');
  return html.replace(
    place,
    (meta) => `${meta}\n    <meta http-equiv="content-security-policy" content="${policy}" />`,
  );
}

/**
 * Names every script and style of the built page with its hash: those that the page loads at once in their elements, the others in an import map.
 * @param {string} folder
 */
function sealPage(folder) {
  const path = join(folder, 'index.html');
  /** @param {string} name */
  const integrityOf = (name) => digestOf(readFileSync(join(folder, name)), 'sha384');
  const sealed = readFileSync(path, 'utf8').replace(
    /<(script|link)\b([^>]*?)(src|href)="\.\/(assets\/[^"]+)"([^>]*)>/g,
    (_all, tag, before, attribute, name, after) =>
      `<${tag}${before}${attribute}="./${name}" integrity="${integrityOf(name)}"${after}>`,
  );
  const scripts = readdirSync(join(folder, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .sort();
  const integrity = Object.fromEntries(scripts.map((name) => [`./assets/${name}`, integrityOf(`assets/${name}`)]));
  const map = JSON.stringify({ integrity });
  const policy = guestPolicy({ scripts: [digestOf(map, 'sha256')], styles: [] });
  const html = withPolicy(sealed, policy).replace(
    '<script type="module"',
    `<script type="importmap">${map}</script>\n    $&`,
  );
  if (!html.includes('importmap')) throw new Error('The page for guests loads no script.');
  writeFileSync(path, html);
}

/**
 * Folds the script and the style of a built page into it.
 * @param {string} folder
 */
function foldPage(folder) {
  const path = join(folder, 'index.html');
  const html = readFileSync(path, 'utf8');
  /** @type {string[]} */
  const scripts = [];
  /** @type {string[]} */
  const styles = [];
  /** @param {string} name */
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  /** The last line of the page's head: a script there runs when the page has been read. */
  let body = '';
  const folded = html
    .replace(/<script\b[^>]*\bsrc="\.\/(assets\/[^"]+)"[^>]*><\/script>/g, (_all, name) => {
      const code = read(name).replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
      scripts.push(digestOf(code, 'sha256'));
      body += `<script type="module">${code}</script>`;
      return '';
    })
    .replace(/<link\b[^>]*\bhref="\.\/(assets\/[^"]+\.css)"[^>]*>/g, (_all, name) => {
      const css = read(name);
      styles.push(digestOf(css, 'sha256'));
      return `<style>${css}</style>`;
    });
  // Whoever hands the one file on hands on the notices.
  const notices = read('third-party.txt').replaceAll('-->', '--');
  const whole = withPolicy(folded, guestPolicy({ scripts, styles })).replace(
    '</body>',
    () => `${body}<!--\n${notices}--></body>`,
  );
  rmSync(folder, { recursive: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, whole);
}

/**
 * Builds both and returns the folder.
 * @param {import('vite').LogLevel} [logLevel]
 */
async function buildGuestPage(logLevel = 'info') {
  const { build } = await import('vite');
  const folder = join(root, 'dist', 'guest');
  const options = { configFile: join(root, 'vite.guest.config.ts'), mode: 'production', logLevel };
  delete process.env['FFC_ONE_FILE'];
  await build(options);
  sealPage(folder);
  process.env['FFC_ONE_FILE'] = '1';
  await build(options);
  delete process.env['FFC_ONE_FILE'];
  foldPage(join(folder, 'one-file'));
  return folder;
}

/** @type {Promise<string> | undefined} */
let built;

/**
 * The same, once for all that this process builds.
 * @param {import('vite').LogLevel} [logLevel]
 */
export function builtGuestPage(logLevel = 'info') {
  built ??= buildGuestPage(logLevel);
  return built;
}

/**
 * What every file of a built page has to be, for the extension to hold a page on a server against: SHA-256 in hex by path.
 * @param {string} folder
 * @param {string} version
 */
export function guestPageFacts(folder, version) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
    .sort();
  /** @param {string} name */
  const hashOf = (name) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return { version, files: Object.fromEntries(files.map((name) => [name, hashOf(name)])) };
}

/**
 * What a built page weighs, in bytes after gzip: up to the button that asks to be let in, and the one file.
 * @param {string} folder
 */
export function weighGuestPage(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(
    ([, name = '']) => name,
  );
  const entry = closure(
    folder,
    named.filter((name) => name.endsWith('.js')),
  );
  const visit = entry.late.filter((name) => name.includes('/visit-page-'));
  if (visit.length !== 1) throw new Error('The page for guests does not load a visit.');
  const page = closure(folder, [...entry.all, ...visit]).all;
  const styles = named.filter((name) => name.endsWith('.css'));
  const whole = gzipSync(readFileSync(join(folder, 'one-file', 'index.html')));
  return { page: sizeOf(folder, [...page, ...styles]) + gzipSync(html).length, oneFile: whole.length };
}

/**
 * What is too heavy about a built page, in sentences.
 * @param {{ page: number, oneFile: number }} weight
 */
export function tooHeavyForGuests({ page, oneFile }) {
  /** @param {string} what @param {number} bytes @param {number} most */
  const fault = (what, bytes, most) =>
    bytes > most * 1000 ? [`${what} has ${(bytes / 1000).toFixed(1)} kB, of ${most} kB at most`] : [];
  return [
    ...fault('the page for guests up to its first button', page, guestLimitsKb.page),
    ...fault('the page for guests as one file', oneFile, guestLimitsKb.oneFile),
  ];
}

/**
 * What it weighs, in a sentence.
 * @param {{ page: number, oneFile: number }} weight
 */
export function guestWeightLine({ page, oneFile }) {
  /** @param {number} bytes */
  const kb = (bytes) => (bytes / 1000).toFixed(1);
  const { page: mostOfPage, oneFile: mostOfFile } = guestLimitsKb;
  return `The page for guests has ${kb(page)} kB up to the button that asks to be let in, of ${mostOfPage} at most; as one file ${kb(oneFile)} kB, of ${mostOfFile}.`;
}

/** Builds it. @returns the sha256 of all that is in it. */
export async function digestOfGuestPage() {
  const { zipFolder } = await import('./zip-folder.mjs');
  return createHash('sha256')
    .update(await zipFolder(await buildGuestPage('warn')))
    .digest('hex');
}
