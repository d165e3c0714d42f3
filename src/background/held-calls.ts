// The call that a page of ours holds: one at a time, kept where every page can read it, and let go of when its page says so or is gone.
import type { HeldCall } from '../core/call/requests.ts';
import { endOfLife } from '../platform/extension/page-life.ts';
import { readView, writeView } from '../platform/extension/session-view.ts';
import type { Stores } from './extension-world.ts';
import type { Listening } from './listening.ts';

interface HeldCallsParts {
  /** The running listener once the identity was read; undefined without identity. */
  readonly listening: () => Promise<Listening | undefined>;
  readonly stores: () => Promise<Stores>;
  readonly fault: (error: unknown) => void;
  /** Nobody is in a call any more. */
  readonly onLetGo: () => void;
}

export class HeldCalls {
  readonly #parts: HeldCallsParts;
  /** Pages whose end is waited for. */
  readonly #watched = new Set<string>();

  constructor(parts: HeldCallsParts) {
    this.#parts = parts;
  }

  /** A page has taken hold of a call. */
  async hold(call: HeldCall): Promise<void> {
    const before = await readView('heldCall');
    await writeView('heldCall', call);
    this.#watch(call);
    const listening = await this.#parts.listening();
    if (call.guestSecret !== before?.guestSecret) await listening?.followInboxes();
    await listening?.runner.held();
    // They talk now: older calls that reached nobody need no note any more.
    if (call.linked) await (await this.#parts.stores()).notes.removeOf(call.contactId);
  }

  /** Goes on waiting for the end of the page that holds a call: the background before this one has died over it. */
  async restore(): Promise<void> {
    const held = await readView('heldCall');
    if (held) this.#watch(held);
  }

  /** A page is in no call any more, or its tab was closed. */
  letGo(tabId: number): Promise<void> {
    return this.#letGo((held) => held.tabId === tabId);
  }

  /** A page that crashed, or was put away by the browser, says nothing, and its tab stays. */
  #watch({ page }: HeldCall): void {
    if (this.#watched.has(page)) return;
    this.#watched.add(page);
    void endOfLife(page)
      .then(() => this.#letGo((held) => held.page === page))
      .catch(this.#parts.fault)
      .finally(() => this.#watched.delete(page));
  }

  async #letGo(isMeant: (held: HeldCall) => boolean): Promise<void> {
    const held = await readView('heldCall');
    if (!held || !isMeant(held)) return;
    await writeView('heldCall', undefined);
    await writeView('knocks', undefined);
    const listening = await this.#parts.listening();
    if (held.guestSecret !== undefined) await listening?.followInboxes();
    await listening?.runner.settle(held.callId);
    this.#parts.onLetGo();
  }
}
