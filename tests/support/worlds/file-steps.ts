// Steps of a transfer between two machines.
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { blockLength } from '../../../src/core/transfer/file-message.ts';
import { seededRandom } from '../doubles/seeded-random.ts';
import type { FilePair } from './file-pair.ts';

export function fileOf(length: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) bytes.fill(Math.floor(random() * 256), at, at + 65_536);
  return bytes;
}

export const first = () => 0;

/** Everything that can happen without a person happens. */
export function settle(pair: FilePair, pick: (count: number) => number = first): void {
  for (let turns = 0; pair.turn(pick); turns++) if (turns > 10_000) throw new Error('it never comes to rest');
}

export const id = toBase64url(new Uint8Array(16).fill(1));
export const hash = toBase64url(new Uint8Array(32).fill(2));
export const facts = { id, name: 'a.bin', size: 3 * blockLength + 5, type: '', modified: 0 };
