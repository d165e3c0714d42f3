// A book as one page that checks itself: text, pictures, sound and film in it, every entry with its signature, and a script that compares them. It
// asks no network for anything. Names are what the members call themselves in the room; what this person calls them goes nowhere.
import type { Book, ChapterVersion, Review } from '../../core/room/book.ts';
import type { RoomGraph } from '../../core/room/graph.ts';
import { proofOfBook } from '../../core/room/reading/book-proof.ts';
import { blockLength } from '../../core/transfer/file-message.ts';
import { wholeMoment } from '../../ui/format/moment.ts';
import { direction, languageTag, text } from '../../ui/texts/text.ts';
import { type ChapterBlob, isText } from './chapter-blob.ts';
import script from './page-proof.js?raw';

/** Files of all chapters together that go into the page, in bytes; what is more is named there as missing. */
const mostEmbedded = 100_000_000;
/** A part of a file whose letters in base64 end where the next part's begin. */
const sliceLength = 3 * 262_144;

export interface BookPageParts {
  readonly graph: RoomGraph;
  readonly room: string;
  readonly book: Book;
  readonly nameOf: (key: string) => string;
  /** A file of a chapter, every byte of it checked; undefined where it is not here. */
  readonly open: (blob: ChapterBlob) => Promise<Blob | undefined>;
}

const style = `:root{color-scheme:light dark;font:18px/1.6 Georgia,serif}body{max-width:42em;margin:0 auto;padding:1.5em}
article{margin-block:3em}p,h1,h2,li,blockquote{overflow-wrap:anywhere;unicode-bidi:isolate}.text{white-space:pre-wrap;max-width:70ch}
img,video{max-width:100%}audio{width:100%}small,.proof{font:15px/1.5 sans-serif}.proof{padding:.5em .8em;border-inline-start:4px solid #2e7d32}
.proof.wrong{border-color:#c62828;font-weight:bold}`;

const escaped = (words: string): string => words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

async function hashOf(words: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words)));
  return btoa(String.fromCharCode(...digest));
}

/** The file as the address of its bytes, in pieces: one long text would be too long for some browsers. */
async function dataUrl(file: Blob, type: string): Promise<readonly string[]> {
  const pieces = [`data:${type || 'application/octet-stream'};base64,`];
  for (let at = 0; at < file.size; at += sliceLength) {
    const bytes = new Uint8Array(await file.slice(at, at + sliceLength).arrayBuffer());
    let binary = '';
    for (let from = 0; from < bytes.length; from += 8_192)
      binary += String.fromCharCode(...bytes.subarray(from, from + 8_192));
    pieces.push(btoa(binary));
  }
  return pieces;
}

const tags = { image: 'img', audio: 'audio', video: 'video' } as const;

async function blobParts(
  { open }: BookPageParts,
  blob: ChapterBlob,
  room: { left: number },
): Promise<readonly string[]> {
  const name = escaped(blob.name);
  const file = blob.size <= room.left ? await open(blob) : undefined;
  if (!file) return [`<p data-part="missing">${escaped(text('roomPageMissing', blob.name))}</p>`];
  room.left -= file.size;
  // A page keeps the letters of a text, and no line ends of other systems.
  const words = isText(blob) && file.size <= blockLength ? await file.text() : '\r';
  if (!words.includes('\r') && new TextEncoder().encode(words).length === file.size)
    return [`<p class="text" dir="auto" data-part="file-text">${escaped(words)}</p>`];
  const url = await dataUrl(file, blob.type);
  const kind = blob.type === 'image/svg+xml' ? undefined : tags[blob.type.split('/')[0] as keyof typeof tags];
  if (kind === 'img') return ['<img data-part="file" alt="', name, '" src="', ...url, '">'];
  if (kind) return [`<${kind} data-part="file" controls aria-label="`, name, '" src="', ...url, `"></${kind}>`];
  return ['<p><a data-part="file" download="', name, '" href="', ...url, '">', name, '</a></p>'];
}

/** What the author has signed, letter by letter. */
function signedTexts(
  graph: RoomGraph,
  id: string,
): { title: string; source?: string; text?: string; parts?: { text?: string }[] } {
  return JSON.parse(graph.get(id)?.signed.e ?? '{}');
}

function reviewHtml({ graph, nameOf }: BookPageParts, { id, author, at, verdict, sure }: Review): string {
  const said = {
    confirmed: 'roomVerdictConfirmed',
    doubtful: 'roomVerdictDoubtful',
    wrong: 'roomVerdictWrong',
  } as const;
  const words = text('roomReviewSays', text(said[verdict]), String(sure));
  const head = `${escaped(nameOf(author))}: ${escaped(words)}, ${escaped(wholeMoment(at))}`;
  const review = escaped(signedTexts(graph, id).text ?? '');
  return `<li data-review="${id}" data-verdict="${verdict}"><small>${head}</small><blockquote dir="auto" data-words>${review}</blockquote></li>`;
}

async function chapterHtml(
  parts: BookPageParts,
  { id, author, at, parts: shown, reviews }: ChapterVersion,
  room: { left: number },
): Promise<readonly string[]> {
  const signed = signedTexts(parts.graph, id);
  const html = [
    `<article data-entry="${id}" data-author="${author}"><h2 dir="auto">${escaped(signed.title)}</h2>`,
    `<p><small>${escaped(text('roomWrittenBy', parts.nameOf(author)))} ${escaped(wholeMoment(at))}</small></p>`,
    ...(signed.source === undefined
      ? []
      : [
          `<p><small>${escaped(text('roomSource'))}: <span dir="auto" data-source>${escaped(signed.source)}</span></small></p>`,
        ]),
  ];
  for (const [place, { text: words, blob }] of shown.entries()) {
    if (words !== undefined)
      html.push(`<p class="text" dir="auto" data-part="text">${escaped(signed.parts?.[place]?.text ?? '')}</p>`);
    if (blob) html.push(...(await blobParts(parts, blob, room)));
  }
  const standing = reviews.filter(({ isWithdrawn }) => !isWithdrawn);
  if (standing.length > 0) html.push(`<ul>${standing.map((one) => reviewHtml(parts, one)).join('')}</ul>`);
  html.push(`<p class="proof" role="status">${escaped(text('roomPageUnchecked'))}</p></article>`);
  return html;
}

/** The last version of each chapter that was not withdrawn, with its reviews and all that is needed to check them. */
export async function bookPage(parts: BookPageParts): Promise<Blob> {
  const { graph, room, book, nameOf } = parts;
  const space = { left: mostEmbedded };
  const html: string[] = [];
  for (const { versions } of book.chapters) {
    const version = versions.findLast(({ isWithdrawn }) => !isWithdrawn);
    if (version) html.push(...(await chapterHtml(parts, version, space)));
  }
  const words = {
    right: text('roomPageRight', '{bytes}'),
    missing: text('roomPageMissingAll', '{names}'),
    unsigned: text('roomPageUnsigned'),
    title: text('roomPageTitle'),
    source: text('roomPageSource'),
    text: text('roomPageText'),
    file: text('roomPageFile', '{name}'),
    review: text('roomPageReview'),
  };
  const proof = JSON.stringify({ room, book: book.id, words, entries: proofOfBook(graph, book) }).replaceAll(
    '<',
    '\\u003c',
  );
  const policy = `default-src 'none'; script-src 'sha256-${await hashOf(script)}'; style-src 'sha256-${await hashOf(style)}'; img-src data:; media-src data:; base-uri 'none'; form-action 'none'`;
  const head = [
    `<!doctype html><html lang="${languageTag()}" dir="${direction()}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">',
    `<title>${escaped(book.title)}</title><style>${style}</style></head><body><main>`,
    `<h1 dir="auto">${escaped(book.title)}</h1><p><small>${escaped(text('roomBookBy', nameOf(book.author)))}</small></p>`,
    `<p><small>${escaped(text('roomPageAbout'))}</small></p>`,
  ];
  const tail = `</main><script type="application/json" id="proof">${proof}</script><script>${script}</script></body></html>`;
  return new Blob([...head, ...html, tail], { type: 'text/html' });
}
