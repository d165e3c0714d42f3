// Chapters of a film, which the writer of its container does not know: put into the finished file. In WebM they take the place of a filler that was
// left among the tags (RFC 9559 section 5.1.7); in MP4 they are a box at the end of the user data, as Nero's programs write it and all players read.
import { concat, utf8 } from '../../core/base/bytes.ts';
import type { Chapter } from '../../core/recording/film-time.ts';
import type { FilmBytes } from './film-bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const join = (...parts: readonly (Bytes | readonly number[])[]): Bytes =>
  concat(...parts.map((part) => Uint8Array.from(part)));

/** A number in so many bytes, the highest first. */
const number = (value: number, length: number): Bytes =>
  Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);

/** A length of EBML in so many bytes (RFC 8794 section 4). */
function lengthIn(value: number, width: number): Bytes {
  const bytes = number(value, width);
  bytes[0] = (bytes[0] ?? 0) | (1 << (8 - width));
  return bytes;
}

const element = (id: readonly number[], ...data: readonly (Bytes | readonly number[])[]): Bytes => {
  const content = join(...data);
  return join(id, lengthIn(content.length, 4), content);
};

const ids = {
  segment: 0x18538067,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
} as const;

const nanoseconds = (ms: number): Bytes => number(Math.round(ms) * 1_000_000, 8);

/** The element Chapters with one edition. */
function matroskaChapters(chapters: readonly Chapter[]): Bytes {
  const atoms = chapters.map(({ fromMs, toMs, title }, index) =>
    element(
      [0xb6],
      element([0x73, 0xc4], number(index + 1, 4)),
      element([0x91], nanoseconds(fromMs)),
      element([0x92], nanoseconds(toMs)),
      element([0x80], element([0x85], utf8(title)), element([0x43, 0x7c], utf8('und'))),
    ),
  );
  return element([0x10, 0x43, 0xa7, 0x70], element([0x45, 0xb9], element([0x45, 0xbc], number(1, 4)), ...atoms));
}

/** The name of the tag whose place chapters take. */
export const fillerName = 'FILLER';
/** The least that fills a place: an element of nothing, with its length in eight bytes. */
const leastVoid = 9;

/** What is to be left in the tags of a WebM film for these chapters. */
export const fillerFor = (chapters: readonly Chapter[]): Bytes =>
  new Uint8Array(matroskaChapters(chapters).length + leastVoid);

interface Element {
  readonly id: number;
  /** Where it begins, where its length is written and in how many bytes, and where what is in it begins and ends. */
  readonly at: number;
  readonly lengthAt: number;
  readonly width: number;
  readonly dataAt: number;
  readonly end: number;
}

/** The element of EBML that begins there. */
function elementAt(bytes: Bytes, at: number): Element {
  const widthOf = (first = 0) => Math.clz32(first) - 23;
  const read = (from: number, length: number) =>
    bytes.subarray(from, from + length).reduce((sum, byte) => sum * 256 + byte, 0);
  const idWidth = widthOf(bytes[at]);
  const lengthAt = at + idWidth;
  const width = widthOf(bytes[lengthAt]);
  const marker = 1 << (8 - width);
  const length = ((bytes[lengthAt] ?? 0) - marker) * 256 ** (width - 1) + read(lengthAt + 1, width - 1);
  const dataAt = lengthAt + width;
  return { id: read(at, idWidth), at, lengthAt, width, dataAt, end: dataAt + length };
}

function childrenOf(bytes: Bytes, fromAt: number, end: number, isEnough: (id: number) => boolean): readonly Element[] {
  const found: Element[] = [];
  for (let at = fromAt; at < Math.min(end, bytes.length); at = found.at(-1)?.end ?? end) {
    found.push(elementAt(bytes, at));
    if (isEnough(found.at(-1)?.id ?? 0)) break;
  }
  return found;
}

/** What stands before the first pictures is far below. */
const headLength = 1_000_000;

function intoWebm(file: FilmBytes, chapters: readonly Chapter[]): void {
  const head = file.read(0, Math.min(headLength, file.size()));
  const never = () => false;
  const segment = childrenOf(head, 0, head.length, (id) => id === ids.segment).at(-1);
  const tags = segment && childrenOf(head, segment.dataAt, head.length, (id) => id === ids.tags).at(-1);
  const tag = tags && childrenOf(head, tags.dataAt, tags.end, never).find(({ id }) => id === ids.tag);
  const filler = tag && childrenOf(head, tag.dataAt, tag.end, never).at(-1);
  const name = filler && childrenOf(head, filler.dataAt, filler.end, never).find(({ id }) => id === ids.tagName);
  const isFiller = name && new TextDecoder().decode(head.subarray(name.dataAt, name.end)) === fillerName;
  if (!isFiller || tags.id !== ids.tags || filler.id !== ids.simpleTag || filler.end !== tags.end)
    throw new Error('no place for chapters');
  const length = filler.end - filler.at;
  for (const parent of [tags, tag])
    file.write(lengthIn(parent.end - parent.dataAt - length, parent.width), parent.lengthAt);
  const written = matroskaChapters(chapters);
  const rest = length - written.length - leastVoid;
  file.write(join(written, [0xec], lengthIn(rest, 8), new Uint8Array(rest)), filler.at);
}

const box = (type: string, ...data: readonly Bytes[]): Bytes => {
  const content = join(...data);
  return join(number(content.length + 8, 4), utf8(type), content);
};

/** A title has one byte for its length, and its last letter stays whole. */
function shortTitle(title: string): Bytes {
  let short = title;
  while (utf8(short).length > 255) short = [...short].slice(0, -1).join('');
  return utf8(short);
}

/** Of more chapters than a byte can count, the first. */
function neroChapters(chapters: readonly Chapter[]): Bytes {
  const kept = chapters.slice(0, 255);
  const entries = kept.map(({ fromMs, title }) => {
    const name = shortTitle(title);
    return join(number(Math.round(fromMs) * 10_000, 8), [name.length], name);
  });
  return box('chpl', join([1, 0, 0, 0], [0, 0, 0, 0], [kept.length]), ...entries);
}

/** The last box of the file, or of what is in another one. */
function lastBox(file: FilmBytes, fromAt: number, end: number): { readonly at: number; readonly type: string } {
  let [at, type] = [fromAt, ''];
  for (let next = fromAt; next < end; ) {
    at = next;
    const head = new DataView(file.read(at, 16).buffer);
    const size = head.getUint32(0);
    type = new TextDecoder().decode(new Uint8Array(head.buffer, 4, 4));
    next = size === 1 ? at + Number(head.getBigUint64(8)) : size === 0 ? end : at + size;
  }
  return { at, type };
}

function intoMp4(file: FilmBytes, chapters: readonly Chapter[]): void {
  const end = file.size();
  const movie = lastBox(file, 0, end);
  const data = lastBox(file, movie.at + 8, end);
  if (movie.type !== 'moov' || data.type !== 'udta') throw new Error('no place for chapters');
  const written = neroChapters(chapters);
  file.write(written, end);
  for (const { at } of [movie, data]) file.write(number(end - at + written.length, 4), at);
}

/** Puts the chapters into a finished film. Throws where it was not written for them. */
export function writeChapters(file: FilmBytes, format: 'webm' | 'mp4', chapters: readonly Chapter[]): void {
  if (chapters.length === 0) return;
  if (format === 'webm') intoWebm(file, chapters);
  else intoMp4(file, chapters);
}
