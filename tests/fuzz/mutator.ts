// Inputs made from other inputs: bytes turned, taken out, put in, doubled, words of a dictionary put in, two inputs joined. The same seed
// makes the same inputs in every run.
import { concat, utf8 } from '../../src/core/base/bytes.ts';
import { seededRandom } from '../support/doubles/seeded-random.ts';

/** Longer ones are cut: what a parser does with much of the same is bounded elsewhere. */
const maxLength = 6_000;
/** Numbers at the edges of what fits into one, two and four bytes. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0xffffffff];

export class Mutator {
  readonly #random: () => number;
  readonly #words: readonly Uint8Array<ArrayBuffer>[];

  constructor(seed: number, dictionary: readonly (string | Uint8Array<ArrayBuffer>)[]) {
    this.#random = seededRandom(seed);
    this.#words = dictionary.map((word) => (typeof word === 'string' ? utf8(word) : word));
  }

  pick<Item>(list: readonly Item[]): Item | undefined {
    return list[this.#below(list.length)];
  }

  /** One to eight changes of one of the inputs. */
  next(inputs: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
    let input: Uint8Array<ArrayBuffer> = (this.pick(inputs) ?? new Uint8Array()).slice();
    for (let left = 1 + this.#below(8) * this.#below(2); left > 0; left--) input = this.#change(input, inputs);
    return input.slice(0, maxLength);
  }

  #change(input: Uint8Array<ArrayBuffer>, others: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
    const at = this.#below(input.length + 1);
    const length = Math.min(input.length - at, 1 + this.#below(this.#below(64) + 1));
    const replaced = (by: Uint8Array<ArrayBuffer>, skipped: number) =>
      concat(input.slice(0, at), by, input.slice(at + skipped));
    switch (this.#below(9)) {
      case 0:
        return input.map((byte, index) => (index === at ? byte ^ (1 << this.#below(8)) : byte));
      case 1:
        return input.map((byte, index) => (index === at ? this.#below(256) : byte));
      case 2:
        return replaced(new Uint8Array(), length);
      case 3:
        return replaced(input.slice(at, at + length), 0);
      case 4:
        return replaced(this.pick(this.#words) ?? new Uint8Array(), 0);
      case 5: {
        const word = this.pick(this.#words) ?? new Uint8Array();
        return replaced(word, word.length);
      }
      case 6:
        return this.#number(input, at);
      case 7: {
        const other = this.pick(others) ?? new Uint8Array();
        return concat(input.slice(0, at), other.slice(this.#below(other.length + 1)));
      }
      default:
        return replaced(this.#digits(), length);
    }
  }

  /** A number as bytes, in either order. */
  #number(input: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
    const width = [1, 2, 4][this.#below(3)] ?? 1;
    if (at + width > input.length) return input;
    const value = this.pick(edges) ?? 0;
    const isLittle = this.#below(2) === 0;
    const changed = input.slice();
    for (let i = 0; i < width; i++) changed[at + (isLittle ? i : width - 1 - i)] = Math.floor(value / 256 ** i) & 255;
    return changed;
  }

  /** A number as text. */
  #digits(): Uint8Array<ArrayBuffer> {
    const value = (this.pick(edges) ?? 0) + this.#below(3) - 1;
    return utf8(this.pick([String(value), `-${value}`, `${value}e${this.#below(400)}`, String(2 ** 53)]) ?? '');
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}
