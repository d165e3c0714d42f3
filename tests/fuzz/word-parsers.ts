// Parsers of words: JSON that comes in envelopes and over data channels.
import * as v from 'valibot';
import { pairWords } from '../../src/call/page/pair-words.ts';
import { utf8 } from '../../src/core/base/bytes.ts';
import { parseSmallJson } from '../../src/core/base/safe-json.ts';
import { formatHandOverWord, parseHandOverWord } from '../../src/core/call/hand-over-word.ts';
import { maxPeople } from '../../src/core/group/roster.ts';
import { maxLinkLength } from '../../src/core/identity/contact-link.ts';
import { type FeatureWord, formatControl, parseControl } from '../../src/core/signaling/control-message.ts';
import { checkCandidate, checkDescription, maxCandidates } from '../../src/core/signaling/sdp-filter.ts';
import { formatSignal, parseSignal } from '../../src/core/signaling/signal.ts';
import { cleanText, formatChatWord, maxTextLength, parseChatWord } from '../../src/core/transfer/chat.ts';
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
const id12 = 'AAAAAAAAAAAAAAAA';
const id8 = 'AAAAAAAAAAA';
const key = 'CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const nowMs = 1_800_000_000_000;
const candidate = 'candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host';
const relayed = 'candidate:2 1 udp 41885439 203.0.113.9 3478 typ relay raddr 0.0.0.0 rport 0';
const candidates = [
  { c: candidate, m: '0', i: 0 },
  { c: relayed, m: null, i: null },
];
const sdp = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=ice-ufrag:abcd',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  `a=${candidate}`,
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  '',
].join('\n');

function mustHaveCandidates(list: readonly { readonly c: string }[]): void {
  must(list.length <= 32 && list.every(({ c }) => checkCandidate(c)), 'candidates out of bounds');
}

const head = { v: 1, id: id16, dev: id8, n: 1, ts: nowMs };
const link = 'ffc:1:AAAA';
const description = { t: 'description', type: 'offer', r: 1, fresh: false, sdp, c: candidates };
const signals = [
  {
    ...head,
    t: 'invite',
    exp: nowMs,
    st: key,
    ek: key,
    cm: key,
    media: 'video',
    link,
    others: 2,
    moves: { id: id16, h: id16 },
  },
  { ...head, t: 'meet', exp: nowMs, st: key, ek: key, cm: key, x: key },
  { ...head, t: 'where', nonce: id16, asks: true },
  { ...head, t: 'here', to: id8, nonce: id16, who: ['ab'.repeat(32)], stays: 'several', loses: ['files'] },
  { ...head, t: 'known', to: id8, nonce: id16 },
  { ...head, t: 'move', to: id8, exp: nowMs, st: key, ek: key, cm: key },
  { ...head, t: 'ringing', nonce: id16 },
  { ...head, t: 'accept', ek: key, r: key, sdp, c: candidates },
  { ...head, t: 'answer', r: key, sdp, c: candidates },
  { ...head, t: 'candidates', u: 'abcd', c: candidates },
  { ...head, ...description },
  { ...head, t: 'taken', winner: id8, how: 'answered' },
  { ...head, t: 'missed', at: nowMs, media: 'audio', st: key },
  { ...head, t: 'bye', why: 'hung-up' },
];

const signal: FuzzedParser = {
  name: 'signal',
  dictionary: [...jsonWords, ...keysOf(...signals), '"alive"', '"busy"', '"noted"', '"findings"', key, id16],
  seeds: json(...signals),
  check(input) {
    const said = parseSignal(textOf(input));
    if (!said) return;
    mustBeBytes(said.id, 16);
    mustBeBytes(said.dev, 8);
    for (const value of [said.n, said.ts]) mustBeCount(value);
    if ('c' in said) mustHaveCandidates(said.c);
    if ('sdp' in said) must(said.sdp.length <= 16_000, 'a long description');
    if ('link' in said) must(said.link.length <= maxLinkLength, 'a long link');
    if ('others' in said && said.others !== undefined) must(said.others >= 1 && said.others <= maxPeople - 2, 'others');
    mustReadAgain(said, (value) => parseSignal(formatSignal(value)));
  },
};

const controls = [
  { t: 'hello', h: key, link },
  { t: 'heard' },
  { t: 'card', link, inbox: id16 },
  { t: 'card', link, kem: 'A'.repeat(1579) },
  { t: 'kept', inbox: id16 },
  { t: 'media', microphone: true, camera: false, screen: false, speaking: true },
  description,
  { t: 'candidates', u: 'abcd', c: candidates },
  { t: 'quality', sends: 'good', receives: 'poor', busy: false, paused: false },
  { t: 'view', of: 'screen', w: 640, h: 360 },
  { t: 'hold', on: true },
  { t: 'move', state: 'ready' },
  { t: 'portrait', jpeg: 'AAAA' },
  { t: 'bye', why: 'security' },
];

/** As the feature that owns its kind reads it. */
function checkFeatureWord(word: FeatureWord): void {
  const known = pairWords.find(({ t }) => t === word.t);
  if (!known) return;
  const parsed = v.safeParse(known.schema, word);
  if (!parsed.success) return;
  const said: Readonly<Record<string, unknown>> = { ...parsed.output };
  if (said['inbox'] !== undefined) mustBeBytes(String(said['inbox']), 16);
  for (const side of ['w', 'h']) if (said[side] !== undefined) mustBeCount(Number(said[side]));
  mustReadAgain(said, (value) => v.parse(known.schema, value));
}

const control: FuzzedParser = {
  name: 'control',
  dictionary: [...jsonWords, ...keysOf(...controls), '"fair"', '"answer"'],
  seeds: json(...controls),
  check(input) {
    const heard = parseControl(textOf(input));
    if (!heard) return;
    mustReadAgain(heard, (value) => parseControl(formatControl('word' in value ? value.word : value.message)));
    if ('word' in heard) {
      checkFeatureWord(heard.word);
      return;
    }
    const said = heard.message;
    if ('c' in said) mustHaveCandidates(said.c);
    if (said.t === 'hello') mustBeBytes(said.h, 32);
  },
};

const handOverWords = [
  {
    t: 'state',
    call: id16,
    direction: 'incoming',
    lasts: 5,
    person: {
      id: 'ab'.repeat(32),
      x: key,
      name: 'Bob',
      ek: key,
      relays: [],
      hides: false,
      moves: { id: id16, h: id16 },
    },
    camera: true,
    microphone: false,
    hand: false,
    locked: true,
  },
  { t: 'chat', messages: [{ id: id12, n: 1, text: 'Hello', by: '' }] },
  { t: 'pass', topic: 'ab'.repeat(32), body: 'AAAA' },
  { t: 'listen', topics: ['ab'.repeat(32)] },
  { t: 'stay', why: 'kept' },
];

const handOverWord: FuzzedParser = {
  name: 'hand-over-word',
  dictionary: [...jsonWords, ...keysOf(...handOverWords), '"commit"', '"done"', key, id16],
  seeds: json(...handOverWords),
  check(input) {
    const said = parseHandOverWord(textOf(input));
    if (!said) return;
    if (said.t === 'state') mustBeBytes(said.person.x, 32);
    if (said.t === 'chat')
      must(
        said.messages.every(({ text }) => text.length <= maxTextLength),
        'a long message',
      );
    mustReadAgain(said, (value) => parseHandOverWord(formatHandOverWord(value)));
  },
};

const sayings = [
  { t: 'say', id: id12, n: 1, text: 'Hello **you** \u{1F44B}\u{1F3FD}\nsecond line', re: id12 },
  { t: 'say', id: id12, n: 2 ** 40, text: 'a\u0301\u0301\u200d\u202e' },
  { t: 'got', ids: [id12] },
];

const chat: FuzzedParser = {
  name: 'chat',
  dictionary: [
    ...jsonWords,
    ...keysOf(...sayings),
    '\u202e',
    '\u2066',
    '\u200d',
    '\u0301'.repeat(9),
    '\\r\\n',
    '\\u0000',
  ],
  seeds: json(...sayings),
  check(input) {
    const said = parseChatWord(textOf(input));
    if (!said) return;
    if (said.t === 'say') {
      must(said.text.length > 0 && said.text.length <= maxTextLength, 'a text out of bounds');
      must(cleanText(said.text) === said.text, 'a text that is not clean');
      mustBeBytes(said.id, 12);
    } else must(said.ids.length <= 64, 'many receipts');
    mustReadAgain(said, (value) => parseChatWord(formatChatWord(value)));
  },
};

const sdpFilter: FuzzedParser = {
  name: 'sdp-filter',
  dictionary: [
    '\r\n',
    '\n',
    'a=',
    'm=video ',
    'a=fingerprint:sha-256 ',
    'a=candidate:',
    'typ srflx',
    'x.local',
    '::1',
    '\0',
  ],
  seeds: async () => [utf8(sdp), utf8(sdp.replaceAll('\n', '\r\n')), utf8(candidate), utf8(`a=${relayed}`)],
  check(input) {
    const text = textOf(input);
    must(!checkCandidate(text) || (text.length <= 512 && !/[\r\n\0]/.test(text)), 'a candidate out of bounds');
    const checked = checkDescription(text);
    if ('refused' in checked) return;
    must(checked.fingerprint.length === 32, 'a fingerprint of another length');
    must(!/(?<!\r)\n|\r(?!\n)|\0/.test(checked.sdp), 'a description with bare ends of lines');
    const lines = checked.sdp.split('\r\n');
    must(lines.filter((line) => /^a=\s*candidate:/i.test(line)).length <= maxCandidates, 'too many candidates');
    must(lines.filter((line) => line.startsWith('m=')).length <= 24, 'too many media');
    const again = checkDescription(checked.sdp);
    must(JSON.stringify(again) === JSON.stringify(checked), 'reads something else when it is read again');
  },
};

const safeJson: FuzzedParser = {
  name: 'safe-json',
  dictionary: [...jsonWords, '"a":', '{"a":{"b":[1,2]}}', '\\ufeff', '\\u0000', '\ufeff', 'constructor', '-0', '1e-9'],
  seeds: json({ a: { b: [1, 'two', null, true, { c: -0.5 }] } }, [], 'text', 7, ['\u{1F44B}']),
  check(input) {
    const text = textOf(input);
    const value = parseSmallJson(text);
    if (value === undefined) return;
    mustBeTame(value, 0);
    must(JSON.stringify(JSON.parse(text)) === JSON.stringify(value), 'not what JSON.parse reads');
    mustReadAgain(value, (one) => parseSmallJson(JSON.stringify(one)));
  },
};

function mustBeTame(value: unknown, depth: number): void {
  if (typeof value === 'string') must(!/[\0\uFEFF\p{Surrogate}]/u.test(value), 'a text with wild signs');
  if (typeof value === 'number') must(Number.isFinite(value), 'a number without end');
  if (typeof value !== 'object' || value === null) return;
  must(depth < 4, 'deeper than 4');
  must([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)), 'another prototype');
  for (const [name, one] of Object.entries(value)) {
    must(!['__proto__', 'constructor', 'prototype'].includes(name), 'a key to prototypes');
    mustBeTame(one, depth + 1);
  }
}

export const wordParsers: readonly FuzzedParser[] = [safeJson, signal, control, handOverWord, chat, sdpFilter];
