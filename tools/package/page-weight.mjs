// What each page of a build loads: read from the built files alone, as a browser would follow them. The limits are of script, compressed by
// gzip as a measure of how much there is to read, and hold for both browsers.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Most that a page may load before its first screen, in kB of 1000 bytes. A limit is raised with a reason in the commit, never by the way.
 * @type {Readonly<Record<string, number>>}
 */
export const limitsKb = {
  call: 110,
  popup: 64,
  options: 120,
  room: 65,
  recordings: 29,
  messages: 29,
  trial: 106,
  background: 85,
  offscreen: 2,
};

/** Of @hpke/common, for a Node without WebCrypto; no browser comes to it. */
const neverLoaded = /\/__vite-browser-external-/;

/**
 * One page of a build. Sizes are bytes after gzip.
 * @typedef {{ page: string, first: number, late: number, onDemand: number, imports: readonly string[] }} Weight
 */

/**
 * The files that a built script imports, as paths in the build: at once, and when it asks for them.
 * @param {string} folder
 * @param {string} path
 */
function importsOf(folder, path) {
  const code = readFileSync(join(folder, path), 'utf8');
  /** @param {RegExp} pattern */
  const found = (pattern) => [...code.matchAll(pattern)].map(([, name = '']) => join(dirname(path), name));
  return {
    atOnce: found(/(?:\bfrom|\bimport)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g),
    late: found(/\bimport\(\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g).filter((name) => !neverLoaded.test(name)),
  };
}

/**
 * Everything that these scripts import at once, and the imports that they make later.
 * @param {string} folder
 * @param {readonly string[]} scripts
 */
export function closure(folder, scripts) {
  const all = new Set(scripts);
  const late = new Set();
  for (const path of all) {
    const imports = importsOf(folder, path);
    for (const name of imports.atOnce) all.add(name);
    for (const name of imports.late) late.add(name);
  }
  return { all, late: [...late].filter((name) => !all.has(name)) };
}

/**
 * @param {string} folder
 * @param {Iterable<string>} scripts
 */
export function sizeOf(folder, scripts) {
  let bytes = 0;
  for (const path of scripts) bytes += gzipSync(readFileSync(join(folder, path))).length;
  return bytes;
}

/**
 * The scripts that a page or the background begins with.
 * @param {string} folder
 */
function beginnings(folder) {
  /** @type {{ action: { default_popup: string }, options_ui: { page: string }, background: { service_worker?: string, scripts?: string[] } }} */
  const { action, options_ui, background } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const pages = {
    call: 'src/call/index.html',
    popup: action.default_popup,
    options: options_ui.page,
    room: 'src/room/index.html',
    recordings: 'src/recordings/index.html',
    messages: 'src/messages/index.html',
    trial: 'src/trial/index.html',
    offscreen: 'src/offscreen/index.html',
  };
  /** @type {Record<string, readonly string[]>} */
  const scripts = {
    background: background.service_worker ? [background.service_worker] : (background.scripts ?? []),
  };
  for (const [page, path] of Object.entries(pages)) {
    // Firefox has no offscreen documents.
    if (!existsSync(join(folder, path))) continue;
    const tags = readFileSync(join(folder, path), 'utf8').matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g);
    scripts[page] = [...tags].map(([, src = '']) => (src.startsWith('/') ? src.slice(1) : join(dirname(path), src)));
  }
  return scripts;
}

/**
 * What each page of a build loads.
 * @param {string} folder
 * @returns {Weight[]}
 */
export function weighPages(folder) {
  const weights = Object.entries(beginnings(folder)).map(([page, scripts]) => {
    const first = closure(folder, scripts);
    const second = closure(folder, [...first.all, ...first.late]);
    const third = closure(folder, [...second.all, ...second.late]);
    const [upTo1, upTo2, upTo3] = [first, second, third].map(({ all }) => sizeOf(folder, all));
    return {
      page,
      first: upTo1 ?? 0,
      late: (upTo2 ?? 0) - (upTo1 ?? 0),
      onDemand: (upTo3 ?? 0) - (upTo2 ?? 0),
      imports: first.late,
    };
  });
  return weights.toSorted(
    (one, other) => Object.keys(limitsKb).indexOf(one.page) - Object.keys(limitsKb).indexOf(other.page),
  );
}

/**
 * What is wrong with a build, in sentences.
 * @param {readonly Weight[]} weights
 */
export function overweight(weights) {
  return weights.flatMap(({ page, first, imports }) => {
    const limit = limitsKb[page];
    /** @type {string[]} */
    const faults = [];
    if (limit === undefined || first > limit * 1000)
      faults.push(`${page} loads ${(first / 1000).toFixed(1)} kB before its first screen, of ${limit} kB at most`);
    // The specification lets no service worker import later: it would fail when it is first tried.
    if (page === 'background' && imports.length > 0) faults.push(`the background imports late: ${imports.join(', ')}`);
    return faults;
  });
}

/**
 * A table in Markdown of both builds.
 * @param {Readonly<Record<string, readonly Weight[]>>} builds by browser.
 */
export function weightTable(builds) {
  /** @param {number} bytes */
  const kb = (bytes) => (bytes === 0 ? '–' : (bytes / 1000).toFixed(1));
  const rows = Object.entries(builds).flatMap(([browser, weights]) =>
    weights.map(
      ({ page, first, late, onDemand }) =>
        `| ${page} | ${browser} | ${kb(first)} | ${limitsKb[page]} | ${kb(late)} | ${kb(onDemand)} |`,
    ),
  );
  return `| page | browser | first screen, kB | at most | after it | when asked for |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}`;
}
