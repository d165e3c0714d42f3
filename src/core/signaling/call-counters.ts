// The counters of several calls at once, by who sends them: nothing that strangers send makes a call under way forget what it has heard.
import { SeenCounters } from './seen-counters.ts';

/** Calls whose counters are remembered. */
const maxCalls = 256;

export class CallCounters {
  readonly #isUnderWay: (sender: string, callId: string) => boolean;
  /** The last heard last. */
  readonly #calls = new Map<
    string,
    { readonly sender: string; readonly callId: string; readonly seen: SeenCounters }
  >();

  /** @param isUnderWay a call that must not be forgotten; there are fewer than 256 of them. */
  constructor(isUnderWay: (sender: string, callId: string) => boolean) {
    this.#isUnderWay = isUnderWay;
  }

  /** True the first time that this device of the sender uses this counter in this call. */
  isNew(sender: string, { id, dev, n }: { readonly id: string; readonly dev: string; readonly n: number }): boolean {
    const key = `${sender} ${id}`;
    const call = this.#calls.get(key) ?? { sender, callId: id, seen: new SeenCounters() };
    this.#calls.delete(key);
    if (this.#calls.size >= maxCalls) this.#forgetOne();
    this.#calls.set(key, call);
    return call.seen.isNew(dev, n);
  }

  #forgetOne(): void {
    for (const [key, { sender, callId }] of this.#calls)
      if (!this.#isUnderWay(sender, callId)) {
        this.#calls.delete(key);
        return;
      }
  }
}
