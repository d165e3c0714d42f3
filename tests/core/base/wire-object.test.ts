// What a later version says beside what this one knows is ignored, everywhere on the wire (docs/protocol.md#extending-the-protocol): each
// word with one more key in each of its objects is read as it would be without.
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { parseMeshMessage } from '../../../src/core/group/mesh-message.ts';
import { parseControl } from '../../../src/core/signaling/control-message.ts';
import { parseSignal } from '../../../src/core/signaling/signal.ts';
import { parseChatWord } from '../../../src/core/transfer/chat.ts';
import { parseFileWord } from '../../../src/core/transfer/file-message.ts';
import { theirNetwork } from '../../support/samples/sample-findings.ts';

const bytes = (length: number): string => toBase64url(new Uint8Array(length).fill(7));
const head = { v: 1, id: bytes(16), dev: bytes(8), n: 3, ts: 1_795_000_000_000 };
const c = [{ c: 'candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host', m: '0', i: 0 }];
const facts = { id: bytes(16), name: 'a.txt', size: 5, type: 'text/plain', modified: 1 };

function parseControlMessage(text: string): unknown {
  const heard = parseControl(text);
  return heard && 'message' in heard ? heard.message : undefined;
}

const words: readonly [parse: (text: string) => unknown, word: Record<string, unknown>][] = [
  [parseSignal, { ...head, t: 'accept', ek: bytes(32), r: bytes(32), sdp: 'v=0\n', c }],
  [parseSignal, { ...head, t: 'findings', f: theirNetwork() }],
  [parseSignal, { ...head, t: 'bye', why: 'hung-up' }],
  [parseControlMessage, { t: 'hello', h: bytes(32) }],
  [parseControlMessage, { t: 'candidates', u: 'aB+/', c }],
  [parseControlMessage, { t: 'bye', why: 'hung-up' }],
  [parseMeshMessage, { t: 'pass', id: bytes(8), to: 'a'.repeat(64), topic: 'b'.repeat(64), body: bytes(64), hops: 3 }],
  [parseFileWord, { t: 'offer', ...facts, picture: false, fresh: true }],
  [parseChatWord, { t: 'say', id: bytes(12), n: 1, text: 'Hello' }],
];

/** With one more key in it and in each object inside, as deep as the depth of JSON allows. */
function extended(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(extended);
  if (typeof value !== 'object' || value === null) return value;
  return { ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, extended(one)])), later: 2 };
}

describe('a key that this version does not know', () => {
  // Seen to fail with v.strictObject in place of v.object (faults 3 and 4).
  test.each(words.map(([parse, word]) => [word['t'], parse, word] as const))(
    'changes nothing in %s',
    (_, parse, word) => {
      expect(parse(JSON.stringify(word))).toEqual(word);
      expect(JSON.stringify(extended(word))).toContain('"later":2');
      expect(parse(JSON.stringify(extended(word)))).toEqual(word);
    },
  );

  test.each(words.map(([parse, word]) => [word['t'], parse, word] as const))(
    'saves no %s in which a known key is missing',
    (_, parse, word) => {
      for (const key of Object.keys(word))
        expect(parse(JSON.stringify({ ...word, [key]: undefined, later: 2 })), key).toBeUndefined();
    },
  );

  test('does not open the door to prototypes or to a key said twice', () => {
    expect(parseControlMessage('{"t":"bye","why":"hung-up","__proto__":{}}')).toBeUndefined();
    expect(parseControlMessage('{"t":"bye","why":"hung-up","later":1,"later":2}')).toBeUndefined();
    expect(parseControlMessage('{"t":"bye","why":"hung-up","later":{"a":{"b":{"c":{}}}}}')).toBeUndefined();
  });
});
