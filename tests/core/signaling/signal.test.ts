// The words inside envelopes and on the data channel against everything that is not one of them (docs/protocol.md#signals,
// docs/hostile-cases.md#e13, #e16).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { type ControlMessage, formatControl, parseControl } from '../../../src/core/signaling/control-message.ts';
import { formatSignal, parseSignal, type Signal } from '../../../src/core/signaling/signal.ts';
import { theirNetwork } from '../../support/samples/sample-findings.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const bytes = (length: number): string => toBase64url(new Uint8Array(length).fill(7));
const head = { v: 1, id: bytes(16), dev: bytes(8), n: 3, ts: 1_795_000_000_000 } as const;
const candidate = { c: 'candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host', m: '0', i: 0 };

const signals: readonly Signal[] = [
  {
    ...head,
    t: 'invite',
    exp: head.ts + 60_000,
    st: bytes(32),
    ek: bytes(32),
    cm: bytes(32),
    media: 'video',
    link: 'ffc:1:abc',
  },
  { ...head, t: 'ringing', nonce: bytes(16) },
  { ...head, t: 'alive', nonce: bytes(16) },
  { ...head, t: 'accept', ek: bytes(32), r: bytes(32), sdp: 'v=0\n', c: [candidate] },
  { ...head, t: 'answer', r: bytes(32), sdp: 'v=0\n', c: [] },
  { ...head, t: 'candidates', u: 'aB+/', c: [candidate, { ...candidate, m: null, i: null }] },
  { ...head, t: 'taken', winner: bytes(8), how: 'answered' },
  { ...head, t: 'cancel', why: 'no-answer' },
  { ...head, t: 'decline' },
  { ...head, t: 'busy' },
  { ...head, t: 'missed', at: head.ts - 60_000, media: 'audio', st: bytes(32) },
  { ...head, t: 'noted' },
  { ...head, t: 'bye', why: 'hung-up' },
  { ...head, t: 'findings', f: theirNetwork() },
  { ...head, t: 'meet', exp: head.ts + 60_000, st: bytes(32), ek: bytes(32), cm: bytes(32), x: bytes(32) },
  { ...head, t: 'description', type: 'offer', r: 7, fresh: true, sdp: 'v=0\n', c: [candidate] },
  { ...head, t: 'decline', why: 'full' },
  { ...head, t: 'shown' },
  { ...head, t: 'where', nonce: bytes(16), asks: true },
  { ...head, t: 'known', to: bytes(8), nonce: bytes(16) },
  { ...head, t: 'here', to: bytes(8), nonce: bytes(16), who: ['ab'.repeat(32)] },
  { ...head, t: 'here', to: bytes(8), nonce: bytes(16), who: [], stays: 'recording', loses: ['screen', 'files'] },
];
const controls: readonly ControlMessage[] = [
  { t: 'hello', h: bytes(32) },
  { t: 'heard' },
  { t: 'description', type: 'answer', r: 1, fresh: false, sdp: 'v=0\n', c: [] },
  { t: 'candidates', u: 'aB+/', c: [candidate] },
  { t: 'bye', why: 'security' },
];

const [invite] = signals;

/** A word of the link's own; features read theirs (tests/call/page/pair-words.test.ts). */
function parseControlMessage(text: string): ControlMessage | undefined {
  const heard = parseControl(text);
  return heard && 'message' in heard ? heard.message : undefined;
}

describe('candidates inside a word', () => {
  const bad = [
    'candidate:0 1 udp 1 evil.example 5000 typ host',
    'candidate:0 1 udp 1 10.0.0.1 5000 typ srflx raddr evil.example rport 1',
    'candidate:0 1 udp 1 10.0.0.1 0 typ host',
    'candidate:0 1 udp 1 10.0.0.1 5000 typ host\r\na=x y',
    `candidate:0 1 udp 1 10.0.0.1 5000 typ host x ${'y'.repeat(600)}`,
    '',
  ];

  // Seen to fail with checkCandidate left out of the list's schema.
  it.each(bad)('are dropped from signals and from words of the data channel, and only they: %j (E.37)', (c) => {
    for (const word of [...signals, ...controls]) {
      if (!('c' in word)) continue;
      const withBad = JSON.stringify({ ...word, c: [candidate, { ...candidate, c }] });
      expect('v' in word ? parseSignal(withBad) : parseControlMessage(withBad)).toMatchObject({ c: [candidate] });
    }
  });

  it('that are right are let through in every word that has some', () => {
    const carriers = [...signals, ...controls].filter((word) => 'c' in word);
    expect(carriers).toHaveLength(6);
    for (const word of carriers) {
      const text = JSON.stringify({ ...word, c: [candidate] });
      expect('v' in word ? parseSignal(text) : parseControlMessage(text)).toMatchObject({ c: [candidate] });
    }
  });
});

describe('a signal', () => {
  it('may say how many more are called into a call of several', () => {
    for (const others of [1, 6])
      expect(parseSignal(formatSignal({ ...invite, others } as Signal))).toMatchObject({ others });
    for (const others of [0, 7, 1.5, -1, '2'])
      expect(parseSignal(JSON.stringify({ ...invite, others }))).toBeUndefined();
  });

  it.each(signals.map((signal) => [signal.t, signal] as const))('%s comes back as it was', (_, signal) => {
    expect(parseSignal(formatSignal(signal))).toEqual(signal);
  });

  it.each([
    ['a field too few', { ...signals[1], nonce: undefined }],
    ['another version', { ...signals[8], v: 2 }],
    ['a byte string of another length', { ...signals[1], nonce: bytes(15) }],
    ['a counter below zero', { ...signals[8], n: -1 }],
    ['a counter that is no whole number', { ...signals[8], n: 0.5 }],
    ['findings with a word that nobody knows', { ...head, t: 'findings', f: { ...theirNetwork(), nat: '192.0.2.1' } }],
    ['a kind that nobody knows', { ...signals[8], t: 'shout' }],
    [
      'eight people in a call elsewhere',
      { ...head, t: 'here', to: bytes(8), nonce: bytes(16), who: Array(8).fill('ab'.repeat(32)) },
    ],
    [
      'a reason to stay that nobody knows',
      { ...head, t: 'here', to: bytes(8), nonce: bytes(16), who: [], stays: 'kept' },
    ],
    ['a loss that nobody knows', { ...head, t: 'here', to: bytes(8), nonce: bytes(16), who: [], loses: ['hand'] }],
    [
      'more losses than there are',
      { ...head, t: 'here', to: bytes(8), nonce: bytes(16), who: [], loses: ['files', 'files', 'screen'] },
    ],
    ['33 candidates', { ...signals[5], c: Array.from({ length: 33 }, () => candidate) }],
  ])('with %s is none', (_, message) => {
    expect(parseSignal(JSON.stringify(message))).toBeUndefined();
  });

  // Faults 7, and the survivor of E.37: seen to fail with `checkCandidate` left out of the list, and with it refusing the whole word.
  it.each([
    ['a host name', 'candidate:1 1 udp 1 relay.example 50000 typ host'],
    ['port 0', 'candidate:1 1 udp 1 192.0.2.1 0 typ host'],
    ['a line break', 'candidate:1 1 udp 1 192.0.2.1 50000 typ host\r\na=x'],
    ['no candidate', 'hello'],
  ])('leaves out a candidate with %s and keeps the others (E.37)', (_, bad) => {
    for (const at of [3, 4, 5, 15]) {
      const read = parseSignal(JSON.stringify({ ...signals[at], c: [{ ...candidate, c: bad }, candidate] }));
      expect(read).toEqual({ ...signals[at], c: [candidate] });
    }
    const control = { t: 'candidates', u: 'aB+/', c: [candidate, { ...candidate, c: bad }] };
    expect(parseControlMessage(JSON.stringify(control))).toEqual({ ...control, c: [candidate] });
  });

  // Seen to fail with `ek` a byte string like any other: sealing to such a key throws, in the middle of a call.
  it.each([
    ['all zeros', new Uint8Array(32)],
    ['one', new Uint8Array(32).with(0, 1)],
  ])('with a per-call key of low order (%s) is none (E.16)', (_, key) => {
    for (const at of [0, 3])
      expect(parseSignal(JSON.stringify({ ...signals[at], ek: toBase64url(key) }))).toBeUndefined();
  });
});

describe('a word of a feature', () => {
  it('comes through unread, of whatever kind', () => {
    expect(parseControl('{"t":"later","of":[1]}')).toEqual({ word: { t: 'later', of: [1] } });
  });

  it.each(['{"t":"hello"}', '{"t":"bye","why":"later"}', '{"t":"candidates","c":[]}'])(
    'is none that is of a kind of the link’s own and not as it should be: %s',
    (text) => expect(parseControl(text)).toBeUndefined(),
  );

  it.each(['[]', '{}', '{"t":1}', 'null', '"t"', '{"t":"view","t":"view"}'])('is not %s', (text) =>
    expect(parseControl(text)).toBeUndefined(),
  );
});

describe('what is mangled', () => {
  const ways = fc.constantFrom('cut', 'double', 'swap', 'insert', 'digit');
  const mangled = (text: string) =>
    fc.tuple(ways, fc.nat(text.length - 1), fc.string({ unit: 'binary', maxLength: 6 })).map(([way, at, other]) => {
      if (way === 'cut') return text.slice(0, at) + text.slice(at + 1 + other.length);
      if (way === 'double') return text.slice(0, at) + text.slice(Math.max(0, at - 5));
      if (way === 'swap') return text.slice(at) + text.slice(0, at);
      if (way === 'insert') return text.slice(0, at) + other + text.slice(at);
      return text.slice(0, at) + text.slice(at).replace(/\d/, '9e9');
    });

  it('is a signal only where it still says exactly one; nothing throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...signals).chain((signal) => mangled(formatSignal(signal))),
        (text) => {
          const read = parseSignal(text);
          if (read) expect(parseSignal(formatSignal(read))).toEqual(read);
        },
      ),
      { numRuns: fuzzRuns(40_000) },
    );
  });

  it('is a control message only where it still says exactly one; nothing throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...controls).chain((message) => mangled(formatControl(message))),
        (text) => {
          const read = parseControlMessage(text);
          if (read) expect(parseControlMessage(formatControl(read))).toEqual(read);
        },
      ),
      { numRuns: fuzzRuns(20_000) },
    );
  });

  it('any JSON at all is no signal by chance', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseSignal(text)).toBeUndefined();
        expect(parseControlMessage(text)).toBeUndefined();
      }),
      { numRuns: fuzzRuns(20_000) },
    );
  });
});
