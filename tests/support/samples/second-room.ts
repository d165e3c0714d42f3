// Rooms a second time, from the words of docs/rooms.md and with Node's own cryptography. Imports nothing of the product.
import { createHash } from 'node:crypto';
import { base64url, identityOf } from './second-implementation.ts';

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');

export interface WrittenEntry {
  readonly id: string;
  readonly e: string;
  readonly s: string;
}

/** What a person of this entropy writes. */
export class SecondWriter {
  readonly #identity: ReturnType<typeof identityOf>;

  constructor(entropy: Uint8Array) {
    this.#identity = identityOf(entropy);
  }

  get author(): string {
    return base64url(this.#identity.ed25519);
  }

  /** @param room '' for the founding entry. */
  write(room: string, head: object, body: object): WrittenEntry {
    const e = JSON.stringify({ v: 1, a: this.author, ...head, ...body });
    const bytes = Buffer.concat([utf8('ffc/1 room entry\0'), room === '' ? Buffer.alloc(32) : bytesOf(room), utf8(e)]);
    return { id: base64url(sha256(bytes)), e, s: base64url(this.#identity.sign(bytes)) };
  }
}

export const roomName = (founding: string): string => base64url(sha256(utf8('ffc/1 room\0'), utf8(founding)));

export const noteClientNumber = (note: string, author: string, device: string): number =>
  sha256(utf8('ffc/1 room note\0'), bytesOf(note), bytesOf(author), bytesOf(device)).readUInt32BE(0);

/** Points as triples of x, y and pressure. */
export function strokeOf(points: readonly (readonly [number, number, number])[]): string {
  const bytes: number[] = [];
  points.forEach((point, i) => {
    point.forEach((value, axis) => {
      const difference = value - (points[i - 1]?.[axis] ?? 0);
      let zigzag = BigInt(difference < 0 ? -2 * difference - 1 : 2 * difference);
      do {
        const more = zigzag > 127n;
        bytes.push(Number(zigzag & 127n) | (more ? 128 : 0));
        zigzag >>= 7n;
      } while (zigzag > 0n);
    });
  });
  return base64url(Uint8Array.from(bytes));
}
