// The own 24 words until they are on paper: shown as often as asked, three of them asked back, then forgotten by this browser.
import { signal } from '@preact/signals';
import { wordsFromEntropy, wordsIn } from '../../core/identity/recovery-words.ts';
import type { IdentityStore } from '../../platform/store/identity-store.ts';

const wordCount = 24;
const askedCount = 3;

/** Three different places between 1 and 24, in order. */
export function randomPositions(): readonly number[] {
  const picked = new Set<number>();
  while (picked.size < askedCount) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
    // 240 is the largest multiple of 24 in a byte: no place is likelier than another.
    if (byte < 240) picked.add((byte % wordCount) + 1);
  }
  return [...picked].sort((a, b) => a - b);
}

/** Which of the asked positions were answered with another word than the one that stands there; counted from 1. */
export function wrongPositions(
  words: readonly string[],
  positions: readonly number[],
  typed: readonly string[],
): readonly number[] {
  return positions.filter((position, index) => wordsIn(typed[index] ?? '').join(' ') !== words[position - 1]);
}

export class WordsModel {
  /** Whether this browser still has them to show: from the making of the identity until they are written down. */
  readonly canShow = signal(false);
  readonly #store: IdentityStore;
  readonly #onWritten: () => Promise<void>;

  /** `onWritten`: the identity is another now, its words are written down. */
  constructor(store: IdentityStore, onWritten: () => Promise<void>) {
    this.#store = store;
    this.#onWritten = onWritten;
  }

  async refresh(): Promise<void> {
    this.canShow.value = (await this.#store.unwrittenEntropy()) !== undefined;
  }

  /** The words, to be kept no longer than they are shown; undefined when this browser has them no more. */
  async read(): Promise<readonly string[] | undefined> {
    const entropy = await this.#store.unwrittenEntropy();
    return entropy && wordsFromEntropy(entropy);
  }

  /** They are on paper: this browser forgets them. */
  async written(): Promise<void> {
    await this.#store.wordsWritten();
    await this.#onWritten();
  }
}
