// The call that a page of ours holds: one at a time, kept where every page can read it, and let go of when its page says so or is gone.
import type { HeldCall } from '../core/requests.ts';
import { readView, writeView } from '../platform/session-view.ts';
import type { Listening, Stores } from './listening.ts';

interface HeldCallsParts {
  /** The running listener once the identity was read; undefined without identity. */
  readonly listening: () => Promise<Listening | undefined>;
  readonly stores: () => Promise<Stores>;
}

export class HeldCalls {
  readonly #parts: HeldCallsParts;

  constructor(parts: HeldCallsParts) {
    this.#parts = parts;
  }

  /** A page has taken hold of a call. */
  async hold(call: HeldCall): Promise<void> {
    const before = await readView('heldCall');
    await writeView('heldCall', call);
    const listening = await this.#parts.listening();
    if (call.guestSecret !== before?.guestSecret) await listening?.followGuests();
    await listening?.runner.held();
    // They talk now: older calls that reached nobody need no note any more.
    if (call.linked) await (await this.#parts.stores()).notes.removeOf(call.contactId);
  }

  /** A page is in no call any more, or is gone: closed, or crashed and without a word. */
  async letGo(tabId: number): Promise<void> {
    const held = await readView('heldCall');
    if (held?.tabId !== tabId) return;
    await writeView('heldCall', undefined);
    await writeView('knocks', undefined);
    const listening = await this.#parts.listening();
    if (held.guestSecret !== undefined) await listening?.followGuests();
    await listening?.runner.settle(held.callId);
  }
}
