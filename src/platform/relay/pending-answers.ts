// Questions to a relay that wait for their answer, by the key that the answer will carry. Knows no dialect and no time.
import { PublishError } from '../../core/base/ports.ts';

interface Waiting {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: PublishError) => void;
}

/** Open questions. Each is settled once; answers to unknown keys are ignored. */
export class PendingAnswers<Key> {
  readonly #waiting = new Map<Key, Waiting>();

  /** How many are open. */
  get size(): number {
    return this.#waiting.size;
  }

  has(key: Key): boolean {
    return this.#waiting.has(key);
  }

  keys(): Key[] {
    return [...this.#waiting.keys()];
  }

  /** Opens a question, or joins the one with this key. Rejects with PublishError. */
  wait(key: Key): Promise<void> {
    const known = this.#waiting.get(key);
    if (known) return known.promise;
    let resolve = (): void => undefined;
    let reject = (_error: PublishError): void => undefined;
    const promise = new Promise<void>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    // A question nobody asks about any more may fail without being heard.
    promise.catch(() => undefined);
    this.#waiting.set(key, { promise, resolve, reject });
    return promise;
  }

  /** The answer has come. @returns whether somebody waited for it. */
  settle(key: Key): boolean {
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    waiting?.resolve();
    return waiting !== undefined;
  }

  fail(key: Key, error: PublishError): void {
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    waiting?.reject(error);
  }

  /** The connection is gone: every question fails with 'down'. */
  failAll(): void {
    for (const key of this.keys()) this.fail(key, new PublishError('down'));
  }
}
