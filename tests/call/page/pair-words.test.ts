// The table of features' words: each stands in docs/protocol.md, is read as it is written, and by later versions, too.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { pairWords } from '../../../src/call/page/pair-words.ts';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { formatControl, parseControl } from '../../../src/core/signaling/control-message.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const inbox = toBase64url(new Uint8Array(16).fill(7));
const secret = toBase64url(new Uint8Array(32).fill(7));

/** Words as this version says them: the whole text, as it was in the first version and is on the wire. */
const samples: Readonly<Record<string, readonly string[]>> = {
  media: ['{"t":"media","microphone":true,"camera":false,"screen":true,"speaking":true}'],
  quality: ['{"t":"quality","sends":"good","receives":"poor","busy":false,"paused":true}'],
  view: ['{"t":"view","w":426,"h":240}', '{"t":"view","of":"screen","w":0,"h":16384}'],
  card: [`{"t":"card","link":"ffc:1:abc","inbox":"${inbox}"}`, '{"t":"card","link":"ffc:1:abc"}'],
  hold: ['{"t":"hold","on":true}'],
  kept: [`{"t":"kept","inbox":"${inbox}"}`],
  move: ['{"t":"move","state":"ready"}', '{"t":"move","state":"commit"}', '{"t":"move","state":"shown"}'],
  portrait: ['{"t":"portrait","jpeg":"_9j_"}', '{"t":"portrait"}'],
  left: [
    `{"t":"left","msgs":[{"m":"${inbox}","s":42,"size":900000,"kind":"video","hash":"${secret}","key":"${secret}","call":"${inbox}","at":5}],"over":["${inbox}"]}`,
    '{"t":"left","msgs":[],"over":[]}',
  ],
};

/** What no version may say. */
const wrong: Readonly<Record<string, readonly object[]>> = {
  media: [{ microphone: 1 }, { speaking: undefined }],
  quality: [{ sends: 'lost' }, { busy: 'yes' }],
  view: [{ w: -1 }, { w: 0.5 }, { h: 16_385 }, { h: undefined }, { w: '640' }, { of: 'camera' }],
  card: [{ link: 'x'.repeat(901) }, { link: undefined }, { inbox: 'AAAA' }],
  hold: [{ on: 1 }, { on: undefined }],
  kept: [{ inbox: undefined }, { inbox: toBase64url(new Uint8Array(17)) }],
  // What stands in them is read later: tests/link/messages.
  left: [{ msgs: undefined }, { over: 'AAAA' }, { msgs: Array(65).fill({}) }],
  move: [{ state: 'gone' }, { state: undefined }],
  portrait: [{ jpeg: 'A'.repeat(16_001) }, { jpeg: 'data:image/svg+xml,' }, { jpeg: null }],
};

const wordOf = (kind: string) => {
  const word = pairWords.find(({ t }) => t === kind);
  if (!word) throw new Error(kind);
  return word;
};
function read(text: string): unknown {
  const heard = parseControl(text);
  if (!heard || !('word' in heard)) return undefined;
  const word = pairWords.find(({ t }) => t === heard.word.t);
  const parsed = word && v.safeParse(word.schema, heard.word);
  return parsed?.success ? { t: heard.word.t, ...parsed.output } : undefined;
}

const kinds = pairWords.map(({ t }) => t);
const texts = Object.values(samples).flat();

describe('a word of a feature', () => {
  test('has samples here, and a kind of its own', () => {
    expect(Object.keys(samples).sort()).toEqual([...kinds].sort());
    expect(Object.keys(wrong).sort()).toEqual([...kinds].sort());
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  test.each(kinds)('stands in docs/protocol.md: %s', (kind) => {
    const rows = readFileSync('docs/protocol.md', 'utf8').split('\n');
    // A signal may have the same name: the table of the control channel comes after that of signals.
    const row = rows.findLast((line) => line.startsWith(`| \`${kind}\``)) ?? '';
    expect(row).not.toBe('');
    for (const text of samples[kind] ?? [])
      for (const key of Object.keys(JSON.parse(text)).filter((one) => one !== 't'))
        expect(row, key).toMatch(new RegExp(`\`${key}\\??\``));
  });

  test.each(texts)('is read as it is written: %s', (text) => {
    expect(JSON.stringify(read(text))).toBe(text);
    expect(formatControl(JSON.parse(text))).toBe(text);
  });

  // Seen to fail with v.strictObject in place of v.object.
  test.each(texts)('is read past what a later version adds: %s', (text) => {
    expect(read(text.replace(/}$/, ',"later":{"a":2}}'))).toEqual(JSON.parse(text));
  });

  test.each(Object.entries(wrong))('that is wrong is none: %s', (kind, changes) => {
    const right = JSON.parse(samples[kind]?.[0] ?? '');
    expect(v.safeParse(wordOf(kind).schema, right).success).toBe(true);
    for (const change of changes)
      expect(read(JSON.stringify({ ...right, ...change })), JSON.stringify(change)).toBeUndefined();
  });

  test('that is mangled still says exactly one, or none; nothing throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(80), fc.string({ maxLength: 6 }), (text, at, other) => {
        const said = read(text.slice(0, at) + other + text.slice(at + other.length));
        if (said) expect(read(JSON.stringify(said))).toEqual(said);
      }),
      { numRuns: fuzzRuns(10_000) },
    );
  });
});
