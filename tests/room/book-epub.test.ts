// A book for reading systems: its archive is opened by a reader of its own, and every page of it held against XML and the structure of EPUB 3.3.
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import messages from '../../public/_locales/en/messages.json';
import { toBase64url } from '../../src/core/base/bytes.ts';
import { crc32 } from '../../src/core/base/stored-zip.ts';
import type { EntryBody } from '../../src/core/room/entry-body.ts';
import { bookEpub } from '../../src/room/books/book-epub.ts';
import { textsOf } from '../../src/ui/texts/message-file.ts';
import { takeTextsFrom } from '../../src/ui/texts/text.ts';
import { fileHash } from '../support/samples/second-implementation.ts';
import { type SignedRoom, signedRooms } from '../support/worlds/signed-room.ts';

const picture = new Uint8Array(1_048_576 + 300).map((_, i) => (i * 5) & 255);
const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
const blob = (name: string, type: string, bytes: Uint8Array<ArrayBuffer>) => {
  const hash = fileHash(bytes);
  blobs.set(hash, bytes);
  return { name, type, size: bytes.length, hash };
};

/** Reads an archive by its directory at the end, as readers do, with every checksum. */
function unzipped(zip: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.length - 22;
  expect(zip.readUInt32LE(end)).toBe(0x06054b50);
  let at = zip.readUInt32LE(end + 16);
  expect(at + zip.readUInt32LE(end + 12)).toBe(end);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50);
    const [size, length, local] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)];
    const name = zip.toString('utf8', at + 46, at + 46 + length);
    expect(zip.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + size);
    expect(crc32(bytes), name).toBe(zip.readUInt32LE(at + 16));
    files.set(name, bytes);
    at += 46 + length;
  }
  return files;
}

/** @throws for what is no XML. */
function xml(files: ReadonlyMap<string, Buffer>, name: string): Document {
  const text = files.get(name)?.toString('utf8');
  if (text === undefined) throw new Error(`no ${name}`);
  return new new JSDOM('').window.DOMParser().parseFromString(text, 'application/xml');
}

let zip: Buffer;
let files: ReadonlyMap<string, Buffer>;
let alice: SignedRoom;
let saved: (change?: (bodies: EntryBody[]) => void) => Promise<Blob | undefined>;

beforeAll(async () => {
  takeTextsFrom(textsOf(messages, ['en']));
  const [one] = await signedRooms(1);
  if (!one) throw new Error('one is wanted');
  alice = one;
  const idOf = () => [...alice.graph.all()].at(-1)?.id ?? '';
  const write = async (body: EntryBody) => {
    await alice.write(body);
    return idOf();
  };
  const book = await write({ k: 'book', title: 'Bees & <hives> \u202e"' });
  saved = async () => {
    const shown = alice.view.show('books').find(({ id }) => id === book);
    if (!shown) throw new Error('no book');
    return bookEpub({
      ...{ graph: alice.graph, room: alice.room, book: shown, nameOf: () => 'Alice <a> & co', now: 1_900_000_000_000 },
      open: async ({ hash, type }) => {
        const bytes = blobs.get(hash);
        return bytes && new Blob([bytes], { type });
      },
    });
  };
  expect(await saved()).toBeUndefined();
  const gone = { name: 'Swarm.webm', type: 'video/webm', size: 9, hash: toBase64url(new Uint8Array(32).fill(4)) };
  const svg = blob('Sketch.svg', 'image/svg+xml', new TextEncoder().encode('<svg onload="alert(1)"/>'));
  await write({
    ...{ k: 'chapter', book, title: 'Sound of a hive', order: 'A', source: 'https://bees.example/?a=1&b=2' },
    parts: [
      { text: 'Listen:\n"quote" <script>alert(1)</script> \u0001\uFFFE]]>' },
      { blob: blob('Hive "1" & <2>.png', 'image/png', picture) },
    ],
  });
  await write({ k: 'chapter', book, title: 'Long', order: 'B', parts: [{ blob: gone }, { blob: svg }] });
  const away = await write({ k: 'chapter', book, title: 'Gone', order: 'C', parts: [{ text: 'Not any more.' }] });
  await write({ k: 'withdraw', of: away });
  zip = Buffer.from((await (await saved())?.arrayBuffer()) ?? new ArrayBuffer(0));
  files = unzipped(zip);
});

describe('room books: for reading systems', () => {
  // EPUB 3.3, OCF: https://www.w3.org/TR/epub-33/#sec-zip-container-mime
  test('its archive begins with the media type, stored, at the place where readers look for it', () => {
    expect([...files.keys()][0]).toBe('mimetype');
    expect(zip.readUInt16LE(8)).toBe(0);
    expect(zip.readUInt16LE(28)).toBe(0);
    expect(zip.toString('latin1', 30, 58)).toBe('mimetypeapplication/epub+zip');
  });

  test('its container leads to the package, and that to every file that there is, once', () => {
    const path = xml(files, 'META-INF/container.xml').querySelector('rootfile')?.getAttribute('full-path') ?? '';
    const opf = xml(files, path);
    const items = [...opf.querySelectorAll('manifest > item')];
    const hrefs = items.map((item) => `EPUB/${item.getAttribute('href')}`);
    const others = ['mimetype', 'META-INF/container.xml', path];
    expect([...hrefs, ...others].sort()).toEqual([...files.keys()].sort());
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    const spine = [...opf.querySelectorAll('spine > itemref')].map((one) => one.getAttribute('idref'));
    expect(spine).toEqual(['nav', 'c1', 'c2']);
    for (const idref of spine)
      expect(opf.querySelector(`manifest > item[id="${idref}"]`)?.getAttribute('media-type')).toBe(
        'application/xhtml+xml',
      );
    expect(items.filter((item) => item.getAttribute('properties') === 'nav')).toHaveLength(1);
  });

  test('its package says what a package has to say', () => {
    const opf = xml(files, 'EPUB/package.opf');
    const root = opf.documentElement;
    expect([root.getAttribute('version'), root.getAttribute('unique-identifier')]).toEqual(['3.0', 'id']);
    const said = (name: string) => [...opf.getElementsByTagName(name)].map(({ textContent }) => textContent);
    expect(said('dc:title')).toEqual(['Bees & <hives> "']);
    expect(said('dc:identifier')[0]).toMatch(/^urn:ffc:book:[\w-]{43}$/);
    expect(said('dc:language')).toEqual(['en']);
    expect(said('dc:creator')).toEqual(['Alice <a> & co']);
    expect(opf.querySelector('meta[property="dcterms:modified"]')?.textContent).toBe('2030-03-17T17:46:40Z');
  });

  test('its pages are XML with nothing that runs, its contents lead to them, and pictures to their bytes', () => {
    for (const [name] of files)
      if (name.endsWith('.xhtml')) {
        const page = xml(files, name);
        expect(page.documentElement.namespaceURI, name).toBe('http://www.w3.org/1999/xhtml');
        expect(page.querySelectorAll('script, [onload], parsererror'), name).toHaveLength(0);
      }
    const links = [...xml(files, 'EPUB/nav.xhtml').querySelectorAll('nav a')];
    expect(links.map((link) => [link.getAttribute('href'), link.textContent])).toEqual([
      ['chapter-1.xhtml', 'Sound of a hive'],
      ['chapter-2.xhtml', 'Long'],
    ]);
    const chapter = xml(files, 'EPUB/chapter-1.xhtml');
    expect(chapter.querySelector('.text')?.textContent).toBe('Listen:\n"quote" <script>alert(1)</script> ]]>');
    const image = chapter.querySelector('img');
    expect(image?.getAttribute('alt')).toBe('Hive 1 & 2.png');
    expect(files.get(`EPUB/${image?.getAttribute('src')}`)?.equals(Buffer.from(picture))).toBe(true);
  });

  test('says of each chapter what was checked, and what is not in it', () => {
    const said = (name: string) => xml(files, name).querySelector('.proof')?.textContent;
    expect(said('EPUB/chapter-1.xhtml')).toMatch(/every byte of the chapter was what its author signed/);
    expect(said('EPUB/chapter-2.xhtml')).toMatch(/Not in the file: .*Swarm\.webm.* and .*Sketch\.svg/);
  });

  test('has every entry that a program needs to check it', () => {
    const { room, entries } = JSON.parse(files.get('EPUB/proof.json')?.toString() ?? '{}');
    expect(room).toBe(alice.room);
    expect(entries.length).toBeGreaterThanOrEqual(4);
  });

  test('its checksum is that of the format', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new TextEncoder().encode('6789'), crc32(new TextEncoder().encode('12345')))).toBe(0xcbf43926);
  });
});
