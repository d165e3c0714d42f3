// Contact links as mail programs, documents and chats hand them over: wrapped, quoted, encoded, with invisible signs in them or words around
// them. A link says itself where it ends and carries a checksum, so whatever can be put right is proven to be right; nothing is guessed.
import { type Bytes, fromBase64url } from '../base/bytes.ts';
import type { Sealer } from '../base/ports.ts';
import { checksumType, endsInChecksum, findContactLink, headLength } from './contact-link.ts';

/** The longest text that is looked through, and the most places in it where a link seems to begin. */
const maxTextLength = 50_000;
const maxPlaces = 12;
/** Some programs encode what others have encoded before. */
const maxLayers = 3;
/** The longest link is looked for in so many signs, with all that stands in between. */
const maxSpan = 4_000;

/** More than honest programs make of a text. */
const maxVersions = 64;

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  colon: ':',
  lowbar: '_',
  hyphen: '-',
  dash: '-',
  ndash: '\u2013',
  mdash: '\u2014',
};

function fromCode(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** UTF-8 written as two hex digits for each byte, behind a sign of its own. What is none stays as it is. */
function fromHexRuns(text: string, run: RegExp): string {
  return text.replaceAll(run, (encoded) => {
    try {
      return decodeURIComponent(encoded.replaceAll('=', '%'));
    } catch {
      return encoded;
    }
  });
}

/** What may have been done to a text, and how it is undone. */
const layers: readonly ((text: string) => string)[] = [
  // HTML: tags go, entities become what they stand for; those that are not known stand for no sign of a link.
  (text) =>
    text
      .replaceAll(/<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/gi, '')
      .replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,20}));/gi, (_, hex, decimal, name) =>
        hex ? fromCode(Number.parseInt(hex, 16)) : decimal ? fromCode(Number(decimal)) : (named[name] ?? ' '),
      ),
  // Quoted-printable (RFC 2045 section 6.7).
  (text) => fromHexRuns(text.replaceAll(/=[ \t]*\r?\n/g, ''), /(?:=[0-9A-F]{2})+/gi),
  // Percent-encoding (RFC 3986 section 2.1).
  (text) => fromHexRuns(text, /(?:%[0-9A-F]{2})+/gi),
  // Escapes of JSON and of programming languages.
  (text) =>
    text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex) => fromCode(Number.parseInt(hex, 16))).replaceAll(/\\[nrt]/g, '\n'),
];

/** Dashes of every kind are meant as hyphens; two hyphens are made into one longer dash by some programs. */
const dashes: readonly ((text: string) => string)[] = ['-', '--'].flatMap((en) =>
  ['-', '--'].map(
    (em) => (text: string) =>
      text
        .replaceAll('\u2013', en)
        .replaceAll('\u2014', em)
        .replaceAll(/[\u2010-\u2012\u2015\u2212\u2E3A\u2E3B\uFE58\uFE63]/g, '-'),
  ),
);

/** What stands between the signs of a link when it was wrapped, quoted or laid out: dropped, in one way or another. */
const joins: readonly ((span: string) => string)[] = [
  (span) => span,
  // A word that is divided at the end of a line gets a hyphen there.
  (span) => span.replaceAll(/-[ \t]*\r?\n/g, ''),
  // Some programs quote with the initials of whoever is quoted.
  (span) => span.replaceAll(/\n[ \t]*[A-Za-z]{1,3}>+/g, ''),
];

/** Signs that may come between those of the beginning. */
const gap = '[\\s>|\\\\=*`~"\']{0,12}';
const beginning = new RegExp(['[fF]', '[fF]', '[cC]', ':', '(?://)?', '1', ':'].join(gap), 'g');

/**
 * The first contact link in a text whose checksum is right, in its canonical form `ffc:1:…`, whatever was done to it on the way. Where there is
 * none: what looks most like one and is damaged, for parsing to say what is wrong; undefined where nothing does.
 */
export async function readableLink(text: string, sealer: Pick<Sealer, 'sha256'>): Promise<string | undefined> {
  for (const version of versionsOf(text.slice(0, maxTextLength)))
    for (const span of spansOf(version)) {
      const link = await linkIn(span, sealer);
      if (link !== undefined) return link;
    }
  return findContactLink(text);
}

/** The text as it is, and with each layer taken off in every order. */
function versionsOf(text: string): ReadonlySet<string> {
  const plain = text.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
  let last = new Set([plain, text]);
  const all = new Set(last);
  for (let depth = 0; depth < maxLayers; depth++) {
    last = new Set([...last].flatMap((one) => layers.map((undo) => undo(one))).filter((one) => !all.has(one)));
    for (const one of last) if (all.size < maxVersions) all.add(one);
  }
  return new Set([...all].flatMap((one) => dashes.map((undo) => undo(one.replaceAll(/\p{Cf}/gu, '')))));
}

/** What follows each beginning of a link. */
function spansOf(text: string): readonly string[] {
  return [...text.matchAll(beginning)].slice(0, maxPlaces).map((found) => {
    const from = found.index + found[0].length;
    return text.slice(from, from + maxSpan);
  });
}

async function linkIn(span: string, sealer: Pick<Sealer, 'sha256'>): Promise<string | undefined> {
  for (const join of joins) {
    const signs = join(span).replaceAll(/[^A-Za-z0-9_-]/g, '');
    const length = lengthOf(signs);
    if (length === undefined) continue;
    const body = signs.slice(0, length);
    const bytes = fromBase64url(body);
    if (bytes && (await endsInChecksum(bytes, sealer))) return `ffc:1:${body}`;
  }
  return undefined;
}

/** How many base64url digits the link has that these begin with: its records say where it ends. */
function lengthOf(signs: string): number | undefined {
  const bytes: Bytes | undefined = fromBase64url(signs.slice(0, signs.length - (signs.length % 4)));
  if (!bytes) return undefined;
  let at = headLength;
  while (at < bytes.length + 2) {
    const [type, size] = [bytes[at], bytes[at + 1]];
    if (type === undefined || size === undefined) break;
    at += 2 + size;
    if (type === checksumType) return Math.ceil((at * 4) / 3);
  }
  return undefined;
}
