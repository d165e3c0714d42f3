// The words and frames about files against everything that is none of them, and file names that are a trap.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { cleanFileName, mayRun } from '../../../src/core/base/file-name.ts';
import {
  type FileWord,
  formatFileFrame,
  formatFileWord,
  parseFileFrame,
  parseFileWord,
} from '../../../src/core/transfer/file-message.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const id = toBase64url(new Uint8Array(16).fill(1));
const hash = toBase64url(new Uint8Array(32).fill(2));
const facts = { id, name: 'holiday.mov', size: 5_000_000_000, type: 'video/quicktime', modified: 1_795_000_000_000 };

const words: readonly FileWord[] = [
  { t: 'offer', ...facts, picture: false, fresh: true },
  { t: 'accept', id, from: 0, head: hash },
  { t: 'decline', id },
  { t: 'pause', id },
  { t: 'progress', id, at: 1 },
  { t: 'end', id, hash },
  { t: 'verdict', id, same: true },
  { t: 'cancel', id, why: 'no-room' },
  { t: 'wanted', ...facts, type: '', at: 1_048_576 },
];

describe('a word about a file', () => {
  it.each(words.map((word) => [word.t, word] as const))('%s comes back as it was', (_, word) => {
    expect(parseFileWord(formatFileWord(word))).toEqual(word);
  });

  it.each<[string, unknown]>([
    ['a size below zero', { ...words[0], size: -1 }],
    ['a size that is no number of bytes', { ...words[0], size: 1e300 }],
    ['a name of 256 signs', { ...words[0], name: 'a'.repeat(256) }],
    ['no name', { ...words[0], name: '' }],
    ['more than all of it there already (F4)', { t: 'wanted', ...facts, at: facts.size + 1 }],
    ['a type that is no type', { ...words[0], type: 'text/html"><script>' }],
    ['an id of 15 bytes', { ...words[2], id: toBase64url(new Uint8Array(15)) }],
    ['a hash of 31 bytes', { ...words[5], hash: toBase64url(new Uint8Array(31)) }],
    ['a reason that nobody knows', { ...words[7], why: 'because' }],
    ['a kind that nobody knows', { t: 'take', id }],
  ])('with %s is not read', (_, word) => {
    expect(parseFileWord(JSON.stringify(word))).toBeUndefined();
  });

  test('mangled at any place never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 8 }),
        (word, at, instead) => {
          const text = formatFileWord(word);
          const place = at % text.length;
          parseFileWord(text.slice(0, place) + instead + text.slice(place + instead.length));
        },
      ),
      { numRuns: fuzzRuns(5_000) },
    );
  });
});

describe('a frame', () => {
  it('carries id, place and bytes', () => {
    const frame = formatFileFrame({ id, offset: 5_000_000_000, bytes: new Uint8Array([1, 2, 3]) });
    expect(parseFileFrame(frame.buffer)).toEqual({ id, offset: 5_000_000_000, bytes: new Uint8Array([1, 2, 3]) });
  });

  it('without bytes, or with a place beyond all numbers, is none', () => {
    expect(parseFileFrame(new ArrayBuffer(24))).toBeUndefined();
    expect(parseFileFrame(new Uint8Array(25).fill(255).buffer)).toBeUndefined();
  });

  test('of any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void parseFileFrame(new Uint8Array(bytes).buffer)),
      { numRuns: fuzzRuns(2_000) },
    );
  });
});

describe('the name of a file', () => {
  it.each([
    ['holiday.mov', 'holiday.mov'],
    ['Ünïcödé 日本 🐘.tar.gz', 'Ünïcödé 日本 🐘.tar.gz'],
    ['../../etc/passwd', 'etcpasswd'],
    ['C:\\Windows\\system32\\a.dll', 'CWindowssystem32a.dll'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['.bashrc', 'bashrc'],
    ['a.exe. ', 'a.exe'],
    ['CON.txt', '_CON.txt'],
    ['lpt1', '_lpt1'],
    ['console.txt', 'console.txt'],
    ['two\nlines.txt', 'twolines.txt'],
    ['invoice.pdf\u2800\u2800\u2800.exe', 'invoice.pdf .exe'],
    ['invoice.pdf\u3164\u3164.exe', 'invoice.pdf.exe'],
    ['a\u00A0\u2003b\u115F\u200B\u034F.txt', 'a b.txt'],
    [`Z${'\u0335'.repeat(60)}.txt`, `Z${'\u0335'.repeat(3)}.txt`],
    ['\u0335\u0335.txt', 'txt'],
    ['\u3164', 'file'],
    ['...', 'file'],
    ['', 'file'],
  ])('%j becomes %j', (raw, clean) => {
    expect(cleanFileName(raw)).toBe(clean);
  });

  it.each([
    'setup.exe',
    'Photo.LNK',
    'page.html',
    'invoice.pdf.scr',
    'a.desktop',
    'x.bat',
    'x.cmd',
    'x.js',
    'x.jar',
    'x.msi',
    'x.app',
    'x.command',
    'x.reg',
    'x.hta',
    'x.url',
    'x.iso',
    'x.svg',
    'x.docm',
    'x.sh',
    'x.ps1',
    'x.apk',
    'x.ｅｘｅ',
  ])('%s may run something when it is opened (L2)', (name) => {
    expect(mayRun(cleanFileName(name))).toBe(true);
  });

  it.each(['holiday.mov', 'a.pdf', 'notes.txt', 'photo.jpeg', 'exe', 'README', 'a.docx', 'archive.zip', 'a.exe.txt'])(
    '%s only shows something',
    (name) => {
      expect(mayRun(cleanFileName(name))).toBe(false);
    },
  );

  it('that is too long keeps its extension', () => {
    const name = cleanFileName(`${'é'.repeat(400)}.docx`);
    expect(name).toMatch(/^é+\.docx$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  });

  test('cleaned twice is the same, is short and is no path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (raw) => {
        const once = cleanFileName(raw);
        expect(cleanFileName(once)).toBe(once);
        expect(once).toMatch(/^[^/\\.][^/\\]*$/);
        expect(Buffer.byteLength(once)).toBeLessThanOrEqual(200);
      }),
      { numRuns: fuzzRuns(5_000) },
    );
  });
});
