// The words of a call of several: what is one of them is read as it was written, everything else is nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { formatMeshMessage, type MeshMessage, parseMeshMessage } from '../../../src/core/group/mesh-message.ts';

const bytes = (length: number) => toBase64url(new Uint8Array(length).fill(3));
const words: readonly MeshMessage[] = [
  { t: 'entry', e: '{}', s: bytes(64) },
  { t: 'pass', id: bytes(8), to: 'a'.repeat(64), topic: 'b'.repeat(64), body: bytes(4_096), hops: 3 },
  { t: 'react', emoji: '👍' },
];

// docs/hostile-cases.md#e73
describe('a word', () => {
  test.each(words)('$t comes back as it was written', (word) => {
    expect(parseMeshMessage(formatMeshMessage(word))).toEqual(word);
  });

  test.each([
    ['a secret for the whole group, which whoever says it has chosen (M3)', { t: 'group', s: bytes(32) }],
    ['a signature of another length', { t: 'entry', e: '{}', s: bytes(63) }],
    ['an entry that is too long', { t: 'entry', e: ' '.repeat(5_000), s: bytes(64) }],
    ['an envelope that is too long', { ...words[1], body: bytes(33_001) }],
    ['an envelope for nobody', { ...words[1], to: 'A'.repeat(64) }],
    ['too many steps', { ...words[1], hops: 4 }],
    ['fewer steps than none', { ...words[1], hops: -1 }],
    ['a long sign (F5)', { t: 'react', emoji: '👍'.repeat(20) }],
    ['words in place of a sign (F5)', { t: 'react', emoji: 'CALL ENDED' }],
    ['a sign that no page offers (F5)', { t: 'react', emoji: '🐘' }],
    ['signs that turn what stands beside them (F5)', { t: 'react', emoji: '\u202egnp' }],
    ['no word', { t: 'else' }],
  ])('%s is nothing', (_what, word) => {
    expect(parseMeshMessage(JSON.stringify(word))).toBeUndefined();
  });

  test('any text is read or is nothing, but never a crash', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => void parseMeshMessage(text)));
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(200), fc.string({ maxLength: 3 }), (word, at, insert) => {
        const text = formatMeshMessage(word);
        parseMeshMessage(text.slice(0, at) + insert + text.slice(at));
      }),
    );
  });
});

describe('the word about somebody who is forwarded', () => {
  const word: MeshMessage = {
    t: 'forward',
    of: '0f'.repeat(32),
    stream: '{7d1b5d06-c1a4-4f3f-8b2f-0c1e7a3f0d55}',
    microphone: true,
    camera: false,
    speaking: true,
  };

  test('is read as it was written', () => {
    expect(parseMeshMessage(formatMeshMessage(word))).toEqual(word);
    const withScreen = { ...word, screen: 'screen-1' };
    expect(parseMeshMessage(formatMeshMessage(withScreen))).toEqual(withScreen);
  });

  test.each([
    ['nobody', { of: 'somebody' }],
    ['no stream', { stream: '' }],
    ['a stream with a space in its id', { stream: 'a b' }],
    ['an endless id', { stream: 'a'.repeat(65) }],
    ['a camera that is neither on nor off', { camera: 'on' }],
    ['a voice that is neither heard nor not', { speaking: 1 }],
    ['a screen in no stream', { screen: true }],
  ])('is dropped where it names %s', (_, change) => {
    expect(parseMeshMessage(JSON.stringify({ ...word, ...change }))).toBeUndefined();
  });
});
