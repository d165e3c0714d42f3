// A book as an EPUB 3.3 publication, for reading systems: a page for each chapter with its pictures, sound and film, and what a program needs to check
// the signatures. Reading systems run no scripts, so the page says what was checked when it was saved. Files are stored in it as they are.
import { centralDirectory, crc32, localHeader, type StoredFile } from '../../core/base/stored-zip.ts';
import type { ChapterVersion, Review } from '../../core/room/book.ts';
import { proofOfBook } from '../../core/room/reading/book-proof.ts';
import { blockLength } from '../../core/transfer/file-message.ts';
import { enumeration } from '../../ui/format/enumeration.ts';
import { wholeMoment } from '../../ui/format/moment.ts';
import { direction, languageTag, text } from '../../ui/texts/text.ts';
import type { BookPageParts } from './book-page.ts';
import { type ChapterBlob, isText } from './chapter-blob.ts';

export interface BookEpubParts extends BookPageParts {
  /** When it is saved, in ms since the epoch. */
  readonly now: number;
}

/** Files of all chapters together, in bytes; what is more is named as missing. */
const mostEmbedded = 500_000_000;

/** What every reading system has to show (EPUB 3.3, core media types); film is up to each. Others are named as missing. */
const kinds: Readonly<Record<string, { readonly tag: 'img' | 'audio' | 'video'; readonly end: string }>> = {
  'image/gif': { tag: 'img', end: 'gif' },
  'image/jpeg': { tag: 'img', end: 'jpg' },
  'image/png': { tag: 'img', end: 'png' },
  'image/webp': { tag: 'img', end: 'webp' },
  'audio/mpeg': { tag: 'audio', end: 'mp3' },
  'audio/mp4': { tag: 'audio', end: 'm4a' },
  'audio/ogg': { tag: 'audio', end: 'ogg' },
  'video/mp4': { tag: 'video', end: 'mp4' },
  'video/webm': { tag: 'video', end: 'webm' },
};

const style = `p,h1,h2,li,blockquote{overflow-wrap:anywhere;unicode-bidi:isolate}.text{white-space:pre-wrap}img,video{max-width:100%}
audio{width:100%}small{font-size:0.8em}.proof{border-inline-start:4px solid;padding-inline-start:0.8em}`;

/** Signs that no XML may hold. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const escaped = (words: string): string =>
  words.replace(forbidden, '').replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

interface InZip {
  readonly name: string;
  readonly input: string | Blob;
}

interface Item {
  readonly id: string;
  readonly href: string;
  readonly type: string;
}

/** A file of a chapter in the publication. */
interface Written {
  readonly files: InZip[];
  readonly items: Item[];
  left: number;
}

const page = (title: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="${languageTag()}" lang="${languageTag()}" dir="${direction()}">
<head><title>${escaped(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/></head>
<body>${body}</body>
</html>
`;

async function blobHtml(
  { open }: BookEpubParts,
  blob: ChapterBlob,
  written: Written,
  missing: string[],
): Promise<string> {
  const type = blob.type.split(';')[0] ?? '';
  const kind = kinds[type];
  const isShort = isText(blob) && blob.size <= blockLength;
  const file = (kind || isShort) && blob.size <= written.left ? await open(blob) : undefined;
  if (!file) {
    missing.push(blob.name);
    return `<p>${escaped(text('roomPageMissing', blob.name))}</p>`;
  }
  written.left -= file.size;
  if (!kind) return `<p class="text" dir="auto">${escaped(await file.text())}</p>`;
  const number = written.items.length + 1;
  const href = `media/${number}.${kind.end}`;
  written.files.push({ name: `EPUB/${href}`, input: file });
  written.items.push({ id: `m${number}`, href, type });
  const name = escaped(blob.name);
  if (kind.tag === 'img') return `<p><img src="${href}" alt="${name}"/></p>`;
  return `<p><${kind.tag} src="${href}" controls="controls" aria-label="${name}"></${kind.tag}></p>`;
}

function reviewHtml({ nameOf }: BookEpubParts, { author, at, verdict, sure, text: words }: Review): string {
  const said = {
    confirmed: 'roomVerdictConfirmed',
    doubtful: 'roomVerdictDoubtful',
    wrong: 'roomVerdictWrong',
  } as const;
  const says = text('roomReviewSays', text(said[verdict]), String(sure));
  const head = `${escaped(nameOf(author))}: ${escaped(says)}, ${escaped(wholeMoment(at))}`;
  return `<li><small>${head}</small><blockquote dir="auto"><p>${escaped(words)}</p></blockquote></li>`;
}

async function chapterPage(parts: BookEpubParts, version: ChapterVersion, written: Written): Promise<string> {
  const { title, author, at, source, reviews } = version;
  const missing: string[] = [];
  const html = [
    `<h1 dir="auto">${escaped(title)}</h1>`,
    `<p><small>${escaped(text('roomWrittenBy', parts.nameOf(author)))} ${escaped(wholeMoment(at))}</small></p>`,
  ];
  if (source) html.push(`<p><small>${escaped(text('roomSourceIs', source))}</small></p>`);
  for (const { text: words, blob } of version.parts) {
    if (words !== undefined) html.push(`<p class="text" dir="auto">${escaped(words)}</p>`);
    if (blob) html.push(await blobHtml(parts, blob, written, missing));
  }
  const standing = reviews.filter(({ isWithdrawn }) => !isWithdrawn);
  if (standing.length > 0) html.push(`<ul>${standing.map((one) => reviewHtml(parts, one)).join('')}</ul>`);
  const checked =
    missing.length === 0
      ? text('roomEpubChecked', wholeMoment(parts.now))
      : text('roomEpubLacks', wholeMoment(parts.now), enumeration(missing));
  html.push(`<p class="proof"><small>${escaped(checked)}</small></p>`);
  return page(title, html.join('\n'));
}

function packageText(
  { book, nameOf, now }: BookEpubParts,
  versions: readonly ChapterVersion[],
  items: readonly Item[],
): string {
  const authors = [...new Set([book.author, ...versions.map(({ author }) => author)])].map(nameOf);
  const item = ({ id, href, type }: Item, more = '') => `<item id="${id}" href="${href}" media-type="${type}"${more}/>`;
  const html = 'application/xhtml+xml';
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${languageTag()}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:ffc:book:${book.id}</dc:identifier>
<dc:title>${escaped(book.title) || '–'}</dc:title>
<dc:language>${languageTag()}</dc:language>
${authors.map((name) => `<dc:creator>${escaped(name)}</dc:creator>`).join('\n')}
<meta property="dcterms:modified">${new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')}</meta>
</metadata>
<manifest>
${item({ id: 'nav', href: 'nav.xhtml', type: html }, ' properties="nav"')}
${item({ id: 'style', href: 'style.css', type: 'text/css' })}
${item({ id: 'proof', href: 'proof.json', type: 'application/json' })}
${versions.map((_, at) => item({ id: `c${at + 1}`, href: `chapter-${at + 1}.xhtml`, type: html })).join('\n')}
${items.map((one) => item(one)).join('\n')}
</manifest>
<spine>
<itemref idref="nav"/>
${versions.map((_, at) => `<itemref idref="c${at + 1}"/>`).join('\n')}
</spine>
</package>
`;
}

function contentsPage({ book, nameOf }: BookEpubParts, versions: readonly ChapterVersion[]): string {
  const places = versions.map(
    ({ title }, at) => `<li><a href="chapter-${at + 1}.xhtml" dir="auto">${escaped(title) || String(at + 1)}</a></li>`,
  );
  const head = `<h1 dir="auto">${escaped(book.title)}</h1><p><small>${escaped(text('roomBookBy', nameOf(book.author)))}</small></p>`;
  const about = `<p><small>${escaped(text('roomEpubAbout'))}</small></p>`;
  return page(
    book.title,
    `${head}<nav epub:type="toc"><h2>${escaped(text('roomEpubContents'))}</h2><ol>${places.join('')}</ol></nav>${about}`,
  );
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`;

const sliceLength = 1_048_576;

/** All files one behind the other; those of the disk stay there until they are saved. */
async function zipped(files: readonly InZip[]): Promise<Blob> {
  const parts: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  const stored: StoredFile[] = [];
  for (const { name, input } of files) {
    const file = new Blob([input]);
    let crc = 0;
    for (let at = 0; at < file.size; at += sliceLength)
      crc = crc32(new Uint8Array(await file.slice(at, at + sliceLength).arrayBuffer()), crc);
    const one = { name, size: file.size, crc };
    stored.push(one);
    parts.push(localHeader(one), file);
  }
  return new Blob([...parts, centralDirectory(stored)], { type: 'application/epub+zip' });
}

/** The last version of each chapter that was not withdrawn. @returns undefined where there is none: a book has to have a chapter. */
export async function bookEpub(parts: BookEpubParts): Promise<Blob | undefined> {
  const { graph, room, book } = parts;
  const versions = book.chapters.flatMap(({ versions: all }) => all.findLast(({ isWithdrawn }) => !isWithdrawn) ?? []);
  if (versions.length === 0) return undefined;
  const written: Written = { files: [], items: [], left: mostEmbedded };
  const pages: InZip[] = [];
  for (const [at, version] of versions.entries())
    pages.push({ name: `EPUB/chapter-${at + 1}.xhtml`, input: await chapterPage(parts, version, written) });
  const proof = JSON.stringify({ room, book: book.id, entries: proofOfBook(graph, book) });
  const files: readonly InZip[] = [
    // The first, and stored: what a reading system looks for at a fixed place.
    { name: 'mimetype', input: 'application/epub+zip' },
    { name: 'META-INF/container.xml', input: container },
    { name: 'EPUB/package.opf', input: packageText(parts, versions, written.items) },
    { name: 'EPUB/nav.xhtml', input: contentsPage(parts, versions) },
    { name: 'EPUB/style.css', input: style },
    { name: 'EPUB/proof.json', input: proof },
    ...pages,
    ...written.files,
  ];
  return zipped(files);
}
