// Parsers of what comes over the two channels of files.
import * as v from 'valibot';
import { utf8 } from '../../src/core/base/bytes.ts';
import { parseSmallJson } from '../../src/core/base/safe-json.ts';
import { leftSchema } from '../../src/core/messages/left-message.ts';
import {
  formatFileFrame,
  formatFileWord,
  parseFileFrame,
  parseFileWord,
} from '../../src/core/transfer/file-message.ts';
import {
  type FuzzedParser,
  json,
  jsonWords,
  keysOf,
  must,
  mustBeBytes,
  mustBeCount,
  mustReadAgain,
  textOf,
} from './fuzzed-parser.ts';

const id16 = 'AAAAAAAAAAAAAAAAAAAAAA';
const key = 'A'.repeat(43);
const nowMs = 1_800_000_000_000;

const facts = { id: id16, name: 'report.pdf', size: 3_000_000, type: 'application/pdf', modified: nowMs };
const leftMessage = { m: id16, s: 42, size: 3_000_000, kind: 'video', hash: key, key, call: id16, at: nowMs };
const fileSayings = [
  { t: 'offer', ...facts, picture: false, fresh: true },
  { t: 'accept', id: id16, from: 1_048_576, head: key },
  { t: 'progress', id: id16, at: 1_048_576 },
  { t: 'end', id: id16, hash: key },
  { t: 'verdict', id: id16, same: true },
  { t: 'cancel', id: id16, why: 'no-room' },
  { t: 'wanted', ...facts, at: 5 },
];

const fileWord: FuzzedParser = {
  name: 'file-word',
  dictionary: [...jsonWords, ...keysOf(...fileSayings), '"decline"', '"pause"', 'image/png'],
  seeds: json(...fileSayings),
  check(input) {
    const said = parseFileWord(textOf(input));
    if (!said) return;
    mustBeBytes(said.id, 16);
    if (said.t === 'offer' || said.t === 'wanted') {
      must(said.name.length >= 1 && said.name.length <= 255, 'a name out of bounds');
      for (const value of [said.size, said.modified]) mustBeCount(value);
    }
    if (said.t === 'wanted') must(said.at <= said.size, 'more than there is');
    mustReadAgain(said, (value) => parseFileWord(formatFileWord(value)));
  },
};

const fileFrame: FuzzedParser = {
  name: 'file-frame',
  dictionary: [new Uint8Array(24), new Uint8Array(8).fill(255), new Uint8Array(24).fill(1)],
  seeds: async () => [formatFileFrame({ id: id16, offset: 1_048_576, bytes: utf8('bytes of a file') }).slice()],
  check(input) {
    const frame = parseFileFrame(input.slice().buffer);
    must((frame === undefined) === (input.length <= 24 || (input[16] ?? 0) > 0 || (input[17] ?? 0) > 31), 'a frame');
    if (!frame) return;
    mustBeBytes(frame.id, 16);
    mustBeCount(frame.offset);
    must(frame.bytes.length === input.length - 24, 'bytes lost');
    must(textOf(formatFileFrame(frame)) === textOf(input), 'reads something else when it is written again');
  },
};

/** What waits on the other side of a call, as it is read in full (docs/protocol.md#left-messages). */
const leftMessages: FuzzedParser = {
  name: 'left-messages',
  dictionary: [...jsonWords, ...keysOf(leftMessage), '"voice"', '50000000', '50000001'],
  seeds: json({ msgs: [leftMessage], over: [id16] }, { msgs: [], over: [] }),
  check(input) {
    const parsed = v.safeParse(leftSchema, parseSmallJson(textOf(input)));
    if (!parsed.success) return;
    const { msgs, over } = parsed.output;
    must(msgs.length <= 5 && over.length <= 32, 'more than may be told');
    for (const m of over) mustBeBytes(m, 16);
    for (const { m, call, key: secret, hash, size, s, at } of msgs) {
      for (const id of [m, call]) mustBeBytes(id, 16);
      for (const bytes of [secret, hash]) mustBeBytes(bytes, 32);
      for (const count of [size, s, at]) mustBeCount(count);
      must(size >= 17 && size <= 50_000_000 && s >= 1 && s <= 600, 'a message out of bounds');
    }
  },
};

export const fileParsers: readonly FuzzedParser[] = [fileWord, fileFrame, leftMessages];
