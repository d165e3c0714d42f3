// What was offered in earlier calls, in memory.
import type { FileFacts } from '../../../src/core/transfer/file-message.ts';
import type { OfferedFiles } from '../../../src/platform/store/offered-files.ts';

export class RememberedOffers implements Pick<OfferedFiles, 'remember' | 'knows'> {
  readonly #known = new Set<string>();

  async remember(participant: string, { id, name, size }: FileFacts): Promise<void> {
    this.#known.add(JSON.stringify([participant, id, name, size]));
  }

  async knows(participant: string, { id, name, size }: FileFacts): Promise<boolean> {
    return this.#known.has(JSON.stringify([participant, id, name, size]));
  }
}
