// What was offered from here in calls of the last day, so that a request for the rest of a file is known to be true. Only digests are kept:
// no name of a file outlives its page.

import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { toBase64url, utf8 } from '../../core/base/bytes.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import type { FileFacts } from '../../core/transfer/file-message.ts';

const storageKey = 'offeredFiles';
/** As long as receivers keep a beginning. */
const keptMs = 24 * 3_600_000;
const maxKept = 1_000;

const listSchema = v.array(v.object({ digest: v.string(), at: v.number() }));
type Offered = v.InferOutput<typeof listSchema>;

export class OfferedFiles {
  readonly #now: () => number;
  readonly #writes = new TaskQueue();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Beyond a thousand the oldest are forgotten. */
  remember(participant: string, facts: FileFacts): Promise<void> {
    return this.#writes.run(async () => {
      const digest = await digestOf(participant, facts);
      const others = (await this.#read()).filter((one) => one.digest !== digest);
      await browser.storage.local.set({ [storageKey]: [...others, { digest, at: this.#now() }].slice(-maxKept) });
    });
  }

  /** Whether this file was offered to this participant under this id. */
  async knows(participant: string, facts: FileFacts): Promise<boolean> {
    const digest = await digestOf(participant, facts);
    return (await this.#read()).some((one) => one.digest === digest);
  }

  async #read(): Promise<Offered> {
    const parsed = v.safeParse(listSchema, (await browser.storage.local.get(storageKey))[storageKey]);
    return parsed.success ? parsed.output.filter(({ at }) => this.#now() - at < keptMs) : [];
  }
}

async function digestOf(participant: string, { id, name, size }: FileFacts): Promise<string> {
  const text = utf8(JSON.stringify([participant, id, name, size]));
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
}
