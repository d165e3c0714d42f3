// What somebody says on the channels of a call who means harm: the dearest messages of a chat, and well-formed words of every kind of which none
// is true and which the call outlives.
import { toBase64url } from '../../../src/core/base/bytes.ts';

/** Two hundred of each are the most that is looked at, at once (docs/protocol.md#budgets). */
export const worstWords: Readonly<Record<string, string>> = {
  'ten thousand letters': 'a '.repeat(4_999),
  'emphasis without end': '_*a'.repeat(3_333),
  'a table of 2 000 columns': `${'|a'.repeat(2_000)}\n${'|-'.repeat(2_000)}`,
  'as many links as pass': 'http://a.example/b '.repeat(50),
  'as much emphasis as passes': '*a* '.repeat(80),
};

/** The channels of a call that carry words (docs/protocol.md#numbered-channels). */
export type WordChannel = 'chat' | 'control' | 'files' | 'mesh';
type Lie = (n: number) => Readonly<Record<string, unknown>> & { readonly t: string };

/** So many random bytes, as words carry them. */
const random = (length: number) => toBase64url(crypto.getRandomValues(new Uint8Array(length)));
const facts = (n: number) => ({ id: random(16), name: `secret-${n}.kdbx`, type: 'image/png', modified: 1 });

const lies: Readonly<Record<WordChannel, readonly Lie[]>> = {
  chat: [
    (n) => ({ t: 'say', id: random(12), n, text: worstWords['as many links as pass'] }),
    (n) => ({ t: 'say', id: random(12), n: Number.MAX_SAFE_INTEGER - n, text: 'from the future' }),
    () => ({ t: 'got', ids: [random(12)] }),
  ],
  control: [
    () => ({ t: 'heard' }),
    (n) => ({ t: 'media', microphone: n % 2 === 0, camera: n % 3 === 0, screen: n % 5 === 0, speaking: true }),
    (n) => ({ t: 'quality', sends: 'poor', receives: 'poor', busy: n % 2 === 0, paused: n % 3 === 0 }),
    (n) => ({ t: 'view', w: 16_384, h: n }),
    () => ({ t: 'card', link: `ffc:1:${random(96)}`, inbox: random(16) }),
    () => ({ t: 'kept', inbox: random(16) }),
    () => ({ t: 'portrait', jpeg: `_9j_${random(3_000)}` }),
    (n) => ({ t: 'hold', on: n % 2 === 0 }),
    (n) => ({ t: 'description', type: 'answer', r: n, fresh: false, sdp: 'v=0', c: [] }),
  ],
  files: [
    (n) => ({ t: 'offer', ...facts(n), size: 5_000, picture: false, fresh: false }),
    (n) => ({ t: 'offer', ...facts(n), size: 8_000_000, picture: true, fresh: true }),
    (n) => ({ t: 'wanted', ...facts(n), size: 5_000, at: 5_000 }),
    () => ({ t: 'accept', id: random(16), from: 0, head: random(32) }),
    () => ({ t: 'progress', id: random(16), at: 1_048_576 }),
    () => ({ t: 'verdict', id: random(16), same: true }),
  ],
  mesh: [
    () => ({ t: 'react', emoji: '🎉' }),
    () => ({ t: 'react', emoji: 'CALL ENDED' }),
    () => ({ t: 'entry', e: random(3_000), s: random(64) }),
    () => ({ t: 'pass', id: random(8), to: 'ab'.repeat(32), topic: 'cd'.repeat(32), body: random(3_000), hops: 3 }),
    () => ({ t: 'forward', of: 'ab'.repeat(32), stream: 'x', microphone: true, camera: true, speaking: true }),
  ],
};

export const wordChannels = Object.keys(lies) as readonly WordChannel[];

/** So many lies for a channel, every kind in turn, as texts. */
export const liesFor = (channel: WordChannel, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => JSON.stringify(lies[channel][n % lies[channel].length]?.(n + 1)));

/** The same message of the chat so many times. */
export const messagesOf = (text: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => JSON.stringify({ t: 'say', id: random(12), n: n + 1, text }));
