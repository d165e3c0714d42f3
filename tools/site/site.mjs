// The documents of the repository as pages for any web server: static, without scripts, without anything from elsewhere. Links between documents lead from
// page to page; a link to what has no page here is an error, so that none is dead.
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Marked, Renderer } from 'marked';
import { root } from '../machine/install.mjs';

/** What stands at the top of every page: the document and its name there. */
const menu = /** @type {const} */ ([
  ['README.md', 'Start'],
  ['docs/guests.md', 'Guests'],
  ['docs/self-hosting.md', 'Own server'],
  ['docs/recording.md', 'Recordings'],
  ['docs/rooms.md', 'Rooms'],
  ['PRIVACY.md', 'Privacy'],
  ['docs/protocol.md', 'Protocol'],
  ['docs/architecture.md', 'Architecture'],
  ['CONTRIBUTING.md', 'Contributing'],
  ['CHANGELOG.md', 'Changelog'],
]);

/** Pages of the documents, by the path of each in the repository. */
function documents() {
  /** @param {string} folder */
  const below = (folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => `${folder}/${name}`);
  const beside = menu.map(([path]) => path).filter((path) => !path.includes('/'));
  return [
    ...beside,
    'SECURITY.md',
    'SOURCE.md',
    'THIRD-PARTY.md',
    ...below('docs'),
    ...below('docs/decisions'),
    ...below('bench'),
  ];
}

/**
 * Where the page of a document is, from the root of the site.
 * @param {string} path
 */
const pageOf = (path) =>
  path === 'README.md'
    ? 'index.html'
    : path
        .replace(/^docs\//, '')
        .replace(/\.md$/, '.html')
        .toLowerCase();

/**
 * The name that a heading has as an anchor, as repositories make it.
 * @param {string} heading in plain text
 */
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** @param {string} words */
const escaped = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/**
 * The address that a link of a document has on the site.
 * @param {string} from path of the document
 * @param {string} href as it is written there
 * @param {ReadonlySet<string>} known paths that have a page
 * @returns undefined where there is nothing to show
 */
function addressOf(from, href, known) {
  if (/^(?:https?:|#)/.test(href)) return href;
  const [file = '', anchor] = href.split('#');
  const target = posix.normalize(posix.join(posix.dirname(from), file)).replace(/\/$/, '');
  const up = '../'.repeat(pageOf(from).split('/').length - 1);
  if (target === 'docs/decisions') return `${up}decisions/index.html`;
  if (target === 'LICENSE') return `${up}LICENSE`;
  if (/^docs\/images\/[\w.-]+$/.test(target)) return up + target.replace('docs/', '');
  if (/^public\/licenses\/[\w.-]+$/.test(target)) return up + target.replace('public/', '');
  return known.has(target) ? up + pageOf(target) + (anchor === undefined ? '' : `#${anchor}`) : undefined;
}

/**
 * A page.
 * @param {{ readonly path: string, readonly title: string, readonly body: string }} page `path` of the document
 */
function htmlOf({ path, title, body }) {
  const up = '../'.repeat(pageOf(path).split('/').length - 1);
  const items = menu.map(([document, name]) => {
    const current = document === path ? ' aria-current="page"' : '';
    return `<li><a href="${up}${pageOf(document)}"${current}>${name}</a></li>`;
  });
  const whole = title === 'FreeFlow Connect' ? title : `${title} · FreeFlow Connect`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(whole)}</title>
<link rel="stylesheet" href="${up}site.css">
<link rel="icon" href="${up}images/mark.svg">
</head>
<body>
<a class="skip" href="#main">To the text</a>
<header class="site-head"><nav aria-label="Documents"><ul>
${items.join('\n')}
</ul></nav></header>
<main id="main">
${body}
</main>
<footer class="site-foot">This page loads nothing from anywhere else and keeps nothing.</footer>
</body>
</html>
`;
}

/**
 * A document as a page.
 * @param {string} path
 * @param {string} text
 * @param {ReadonlySet<string>} known paths that have a page
 */
export function pageFrom(path, text, known) {
  /** @type {Map<string, number>} */
  const used = new Map();
  const renderer = new Renderer();
  let title = path;
  renderer.heading = function ({ tokens, depth }) {
    const inner = this.parser.parseInline(tokens);
    const plain = inner.replace(/<[^>]+>/g, '').replace(/&[a-z]+;|&#\d+;/g, '');
    if (depth === 1) title = plain;
    const anchor = anchorOf(plain);
    const before = used.get(anchor) ?? 0;
    used.set(anchor, before + 1);
    return `<h${depth} id="${before === 0 ? anchor : `${anchor}-${before}`}">${inner}</h${depth}>\n`;
  };
  renderer.link = function ({ href, tokens }) {
    const address = addressOf(path, href, known);
    if (address === undefined) throw new Error(`${path} leads to ${href}, which has no page.`);
    return `<a href="${escaped(address)}">${this.parser.parseInline(tokens)}</a>`;
  };
  renderer.image = ({ href, text: alt }) => {
    const address = addressOf(path, href, known);
    if (address === undefined) throw new Error(`${path} shows ${href}, which is not there.`);
    return `<img src="${escaped(address)}" alt="${escaped(alt)}">`;
  };
  const table = renderer.table;
  let tables = 0;
  // A table that is wider than the page scrolls by itself, by keyboard, too.
  renderer.table = function (token) {
    tables += 1;
    return `<div class="wide" role="region" aria-label="Table ${tables}" tabindex="0">${table.call(this, token)}</div>\n`;
  };
  const body = new Marked({ renderer, gfm: true }).parse(text, { async: false });
  return htmlOf({ path, title, body });
}

/** A list of the decisions, which the repository shows as a folder. */
function listOfDecisions() {
  const path = 'docs/decisions/index.md';
  const rows = documents()
    .filter((document) => document.startsWith('docs/decisions/'))
    .map((document) => {
      const title = /^# (.+)$/m.exec(readFileSync(join(root, document), 'utf8'))?.[1] ?? document;
      return `- [${title}](${posix.basename(document)})`;
    });
  return { path, text: `# Decisions\n\nWhy things are as they are, half a page each.\n\n${rows.join('\n')}\n` };
}

/**
 * Every page by its address on the site.
 * @returns {ReadonlyMap<string, string>}
 */
export function sitePages() {
  const paths = documents();
  const known = new Set(paths);
  const pages = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  return new Map([...pages, listOfDecisions()].map(({ path, text }) => [pageOf(path), pageFrom(path, text, known)]));
}

/** Writes the site. @returns its folder and how many pages it has. */
export function buildSite() {
  const folder = join(root, 'dist', 'site');
  rmSync(folder, { recursive: true, force: true });
  const pages = sitePages();
  for (const [address, html] of pages) {
    mkdirSync(dirname(join(folder, address)), { recursive: true });
    writeFileSync(join(folder, address), html);
  }
  const css = [join('src', 'ui', 'tokens.css'), join('tools', 'site', 'site.css')];
  writeFileSync(join(folder, 'site.css'), css.map((file) => readFileSync(join(root, file), 'utf8')).join('\n'));
  cpSync(join(root, 'docs', 'images'), join(folder, 'images'), { recursive: true });
  cpSync(join(root, 'public', 'licenses'), join(folder, 'licenses'), { recursive: true });
  copyFileSync(join(root, 'public', 'icons', 'mark.svg'), join(folder, 'images', 'mark.svg'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  return { folder, pages: pages.size };
}
