// Parsers of what comes from members of a room: entries, words and batches over a link, points of strokes, files.
import * as Y from 'yjs';
import { bytesSource } from '../../src/core/base/byte-source.ts';
import { utf8 } from '../../src/core/base/bytes.ts';
import { formatBlobPiece, maxPieceLength, parseBlobPiece } from '../../src/core/blobs/blob-piece.ts';
import { formatBlobLine, formatRoomFile, parseRoomFile } from '../../src/core/data/room-file.ts';
import { formatPoints, parsePoints } from '../../src/core/room/canvas.ts';
import { maxEntryBytes, maxEntryLength, maxHeads, maxSeq, readRoomEntry } from '../../src/core/room/entry.ts';
import { noteClient } from '../../src/core/room/note-text.ts';
import {
  formatEntryBatch,
  formatRoomWord,
  maxBatchLength,
  maxNeeded,
  maxTips,
  parseEntryBatch,
  parseRoomWord,
  tagCounts,
} from '../../src/core/room/sync-word.ts';
import { NoteDocument } from '../../src/platform/notes/note-document.ts';
import { sealer } from '../support/samples/test-identity.ts';
import {
  type FuzzedParser,
  json,
  jsonWords,
  keysOf,
  must,
  mustBeBytes,
  mustReadAgain,
  textOf,
} from './fuzzed-parser.ts';

const id32 = 'A'.repeat(43);
const id16 = 'A'.repeat(22);
const id8 = 'AAAAAAAAAAA';
const head = { v: 1, a: id32, d: id8, s: 2, n: 3, p: id32, h: [], t: 0 };
const blob = { name: 'a.webm', type: 'video/webm', size: 5, hash: id32 };
const entries = [
  {
    ...head,
    s: 1,
    n: 1,
    p: '',
    k: 'found',
    name: 'Garden',
    nonce: id32,
    admit: 'members',
    from: { room: id32, heads: [id32] },
  },
  { ...head, k: 'admit', who: id32, role: 'steward', name: 'Bo' },
  { ...head, k: 'join', name: 'Bo', x: id32, relays: ['wss://relay.example'], inbox: id16 },
  { ...head, k: 'say', text: 'hello \u202e', re: id32, in: id32 },
  { ...head, k: 'item-set', of: id32, state: 'carried', who: [id32], order: 'V', minutes: 5 },
  { ...head, k: 'ballot', question: '?', choices: ['a', 'b'], pass: { share: 50, of: 'votes', quorum: 0 }, hide: true },
  { ...head, k: 'columns', columns: [{ id: 'ideas', name: 'Ideas' }] },
  { ...head, k: 'card', title: 'Roof', column: 'ideas', order: 'V', progress: 40, due: 1 },
  { ...head, k: 'chapter', book: id32, of: id32, title: 'Soil', order: 'V', parts: [{ text: 'x', blob }], source: '' },
  { ...head, k: 'shape', canvas: id32, form: 'image', x: 1, y: -2, width: 3, height: 4, blob },
  { ...head, k: 'stroke', canvas: id32, points: 'AAAA', colour: 'red', width: 4 },
  { ...head, k: 'later', h: ['B'.repeat(42).concat('A')] },
];

const roomEntry: FuzzedParser = {
  name: 'room-entry',
  dictionary: [...jsonWords, ...keysOf(...entries), id32, '"k":"vote"', '"k":"review"', '"k":"erase"', '"k":"met"'],
  seeds: json(...entries),
  async check(input) {
    const text = textOf(input);
    const entry = await readRoomEntry(sealer, '', { e: text, s: '' });
    if (!entry) return;
    must(text.length <= maxEntryLength && utf8(text).length <= maxEntryBytes, 'a long entry');
    mustBeBytes(entry.id, 32);
    mustBeBytes(entry.author, 32);
    mustBeBytes(entry.device, 8);
    must(entry.seq >= 1 && entry.seq <= maxSeq && entry.n >= 1, 'a number out of bounds');
    must(entry.heads.length <= maxHeads && !entry.heads.includes(entry.before), 'heads out of bounds');
    must((entry.seq === 1) === (entry.before === ''), 'a first with one before');
    must(entry.signed.e === text, 'another text');
    must(entry.body === undefined || entry.body.k === entry.kind, 'a body of another kind');
  },
};

const words = [
  { t: 'rooms', tags: Array.from({ length: 8 }, () => id16) },
  { t: 'tips', tag: id16, tips: [[id32, id8, 3, id32]], more: false },
  { t: 'need', tag: id16, ids: [id32] },
  { t: 'invite', room: id32, name: 'Garden', members: 3 },
  { t: 'out', tag: id16, e: '{"v":1}', s: 'A'.repeat(86) },
  { t: 'meeting', tag: id16, meeting: id32 },
  { t: 'blob-want', tag: id16, hash: id32 },
  { t: 'blob-blocks', tag: id16, hash: id32, size: 5, at: 0, list: id32 },
];

const roomWord: FuzzedParser = {
  name: 'room-word',
  dictionary: [...jsonWords, ...keysOf(...words), id16, id32],
  seeds: json(...words),
  check(input) {
    const said = parseRoomWord(textOf(input));
    if (!said) return;
    if (said.t === 'rooms') must(tagCounts.includes(said.tags.length), 'a number of tags');
    else mustBeBytes(said.t === 'invite' ? said.room : said.tag, said.t === 'invite' ? 32 : 16);
    if (said.t === 'invite') must(said.members >= 1 && said.members <= 216, 'a number of members');
    if (said.t === 'tips') must(said.tips.length <= maxTips, 'many tips');
    if (said.t === 'need') must(said.ids.length >= 1 && said.ids.length <= maxNeeded, 'many names');
    mustReadAgain(said, (value) => parseRoomWord(formatRoomWord(value)));
  },
};

const batch = formatEntryBatch({ tag: id16, entries: [{ e: '{"v":1}', s: 'A'.repeat(86) }] });

const entryBatch: FuzzedParser = {
  name: 'entry-batch',
  dictionary: [new Uint8Array(64), Uint8Array.of(0, 7), Uint8Array.of(255, 255), Uint8Array.of(1)],
  seeds: async () => [batch, formatEntryBatch({ tag: id16, entries: [] })],
  check(input) {
    const read = parseEntryBatch(input);
    if (!read) return;
    must(input.length <= maxBatchLength, 'a long batch');
    must(Buffer.compare(formatEntryBatch(read), input) === 0, 'reads something else when it is written again');
  },
};

const piece = { tag: id16, hash: id32, at: 3, offset: 65_536, bytes: Uint8Array.of(1, 2, 3) };

const blobPiece: FuzzedParser = {
  name: 'blob-piece',
  dictionary: [new Uint8Array(48), Uint8Array.of(2), Uint8Array.of(255, 255, 255, 255)],
  seeds: async () => [formatBlobPiece(piece), formatBlobPiece({ ...piece, at: 0, offset: 0 })],
  check(input) {
    const read = parseBlobPiece(input);
    if (!read) return;
    must(read.bytes.length >= 1 && read.bytes.length <= maxPieceLength, 'a piece of a length that none has');
    must(read.offset + read.bytes.length <= 1_048_576, 'a piece beyond its block');
    must(Buffer.compare(formatBlobPiece(read), input) === 0, 'reads something else when it is written again');
  },
};

const strokePoints: FuzzedParser = {
  name: 'stroke-points',
  dictionary: ['_w', 'gA', 'AAAA'],
  seeds: async () => [utf8(formatPoints([{ x: 1, y: -1_000_000, pressure: 255 }]))],
  check(input) {
    const text = textOf(input);
    const points = parsePoints(text);
    if (!points) return;
    must(
      points.length <= 2_000 && points.every(({ pressure }) => pressure >= 0 && pressure <= 255),
      'points out of bounds',
    );
    must(formatPoints(points) === text, 'two spellings');
  },
};

const file = [...formatRoomFile({ room: id32, entries: [{ e: '{"v":1}\n', s: id16 }] })].join('');

const roomFile: FuzzedParser = {
  name: 'room-file',
  dictionary: [...jsonWords, '\n', '"e":', '"s":', '"room":', '"blob":', '"size":'],
  seeds: async () => [utf8(file), utf8(`${file}${formatBlobLine({ hash: id32, size: 2 })}ab\n`)],
  async check(input) {
    const read = await parseRoomFile(bytesSource(input));
    if (!read) return;
    mustBeBytes(read.room, 32);
    must(read.end <= input.length, 'ends behind its end');
    for (const { at, size } of read.blobs) must(at + size <= input.length, 'a file that is not there');
    const { room, entries } = read;
    const again = await parseRoomFile(bytesSource(utf8([...formatRoomFile({ room, entries })].join(''))));
    must(JSON.stringify(again?.entries) === JSON.stringify(entries), 'reads something else when it is written again');
  },
};

const [note, author, device] = [id32, 'B'.repeat(42).concat('A'), 'AQEBAQEBAQE'];

/** A piece of a note, as its author sends it: an update that Yjs would believe whatever it says. */
const noteUpdate: FuzzedParser = {
  name: 'note-update',
  dictionary: [
    Uint8Array.of(0, 0),
    Uint8Array.of(1, 1),
    Uint8Array.of(4, 1),
    Uint8Array.of(255, 255, 255, 255, 15),
    't',
  ],
  async seeds() {
    const doc = new Y.Doc();
    doc.clientID = await noteClient(sealer, note, { author, device });
    doc.getText('t').insert(0, 'Minutes of the meeting');
    const typed = new Uint8Array(Y.encodeStateAsUpdate(doc));
    doc.getText('t').delete(3, 4);
    doc.getText('t').format(0, 2, { b: true });
    const others = new Y.Doc();
    others.clientID = 7;
    others.getText('t').insert(0, 'in another name');
    return [typed, new Uint8Array(Y.encodeStateAsUpdate(doc)), new Uint8Array(Y.encodeStateAsUpdate(others))];
  },
  async check(input) {
    const shown = new NoteDocument(sealer);
    const pieces = [{ entry: 'one', author, device, at: 0, update: input, after: undefined }];
    await shown.update({ id: note, pieces });
    const client = await noteClient(sealer, note, { author, device });
    must(
      [...shown.doc.store.clients.keys()].every((one) => one === client),
      'letters of somebody else',
    );
    must(shown.leftOut.length === 0 || shown.doc.store.clients.size === 0, 'half of a piece');
  },
};

export const roomParsers: readonly FuzzedParser[] = [
  roomEntry,
  roomWord,
  entryBatch,
  blobPiece,
  strokePoints,
  roomFile,
  noteUpdate,
];
