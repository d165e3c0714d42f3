// The calls that pages of ours hold: one that goes on, and those on hold. Kept where every page can read it, and let go of when a page says so
// or is gone.
import { TaskQueue } from '../core/base/task-queue.ts';
import type { HeldCall } from '../core/call/requests.ts';
import { endOfLife } from '../platform/extension/page-life.ts';
import { readView, writeView } from '../platform/extension/session-view.ts';
import { focus } from './call-tabs.ts';
import type { Stores } from './extension-world.ts';
import type { Listening } from './listening.ts';

interface HeldCallsParts {
  /** The running listener once the identity was read; undefined without identity. */
  readonly listening: () => Promise<Listening | undefined>;
  readonly stores: () => Promise<Stores>;
  readonly fault: (error: unknown) => void;
  /** Whether guests are heard at this door even while no page is at it. @param secret of its inbox, base64url. */
  readonly isKept: (secret: string) => Promise<boolean>;
  /** Another door than before is held, or none. */
  readonly onDoor: () => Promise<void>;
  /** Somebody who knocked is heard no longer. */
  readonly onKnockGone: (contactId: string) => Promise<void>;
  /** Nobody is in a call any more. */
  readonly onLetGo: () => void;
}

/** What is kept: `goesOn` is the one call in which people hear and see each other. */
interface Held {
  readonly goesOn: HeldCall | undefined;
  readonly onHold: readonly HeldCall[];
}

const without = (calls: readonly HeldCall[], tabId: number): readonly HeldCall[] =>
  calls.filter((one) => one.tabId !== tabId);

export class HeldCalls {
  readonly #parts: HeldCallsParts;
  /** Pages whose end is waited for. */
  readonly #watched = new Set<string>();
  /** Changes happen one after another: each begins with what the one before has written. */
  readonly #changes = new TaskQueue();

  constructor(parts: HeldCallsParts) {
    this.#parts = parts;
  }

  /** A page has taken hold of a call, or says it once more. A call of another page that goes on is put on hold: two are never heard at once. */
  async hold(call: HeldCall): Promise<void> {
    await this.#change(({ goesOn, onHold }) => {
      if (onHold.some(({ page }) => page === call.page))
        return { goesOn, onHold: onHold.map((one) => (one.page === call.page ? call : one)) };
      // A ring that came to nothing in its page is held for a moment, to be let go of.
      if (goesOn && goesOn.tabId !== call.tabId && !call.linked && call.direction === 'incoming')
        return { goesOn, onHold: [...onHold, call] };
      const aside = goesOn && goesOn.tabId !== call.tabId ? [goesOn] : [];
      return { goesOn: call, onHold: [...aside, ...without(onHold, call.tabId)] };
    });
    this.#watch(call);
    await (await this.#parts.listening())?.runner.held();
    // They talk now: older calls that reached nobody need no note any more.
    if (call.linked) await (await this.#parts.stores()).notes.removeOf(call.contactId);
  }

  /** The call of this page is put on hold, and no other goes on. */
  setAside(page: string): Promise<void> {
    return this.#change((held) =>
      held.goesOn?.page === page ? { goesOn: undefined, onHold: [held.goesOn, ...held.onHold] } : held,
    );
  }

  /** The call of this page goes on, in place of the one that did. Its tab is shown. */
  async goOn(page: string): Promise<void> {
    await this.#change(({ goesOn, onHold }) => {
      const next = onHold.find((one) => one.page === page);
      if (!next) return { goesOn, onHold };
      return { goesOn: next, onHold: [...(goesOn ? [goesOn] : []), ...onHold.filter((one) => one !== next)] };
    });
    const { goesOn } = await readHeld();
    if (goesOn?.page === page) await focus(goesOn.tabId).catch(this.#parts.fault);
  }

  /** Goes on waiting for the end of the pages that hold calls: the background before this one has died over it. */
  async restore(): Promise<void> {
    const { goesOn, onHold } = await readHeld();
    for (const call of goesOn ? [goesOn, ...onHold] : onHold) this.#watch(call);
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
    const gone: HeldCall[] = [];
    let isLast = false;
    await this.#change(({ goesOn, onHold }) => {
      gone.push(...[goesOn ?? [], onHold].flat().filter(isMeant));
      const kept = {
        goesOn: goesOn && isMeant(goesOn) ? undefined : goesOn,
        onHold: onHold.filter((one) => !isMeant(one)),
      };
      isLast = !kept.goesOn && kept.onHold.length === 0;
      return kept;
    });
    if (gone.length === 0) return;
    const listening = await this.#parts.listening();
    for (const { callId } of gone) await listening?.runner.settle(callId);
    if (!isLast) return;
    await listening?.runner.freed();
    this.#parts.onLetGo();
  }

  /** Writes what has changed. Guests knock at the call that goes on. */
  #change(step: (held: Held) => Held): Promise<void> {
    return this.#changes.run(async () => {
      const before = await readHeld();
      const { goesOn, onHold } = step(before);
      await writeView('callsOnHold', onHold.length > 0 ? onHold : undefined);
      await writeView('heldCall', goesOn);
      const door = before.goesOn?.guestSecret;
      if (goesOn?.guestSecret === door) return;
      const listening = await this.#parts.listening();
      // At a door for later they are heard whoever is there.
      if (door !== undefined && !(await this.#parts.isKept(door))) {
        const knocks = (await readView('knocks')) ?? [];
        const waiting = knocks.filter((one) => one.door === door);
        const others = knocks.filter((one) => one.door !== door);
        await writeView('knocks', others.length > 0 ? others : undefined);
        // At a call that is on hold they wait until it goes on.
        const isClosed = ![goesOn, ...onHold].some((one) => one?.guestSecret === door);
        await listening?.knocks.close(door, isClosed ? waiting : []);
        for (const { call } of waiting) await this.#parts.onKnockGone(call.contactId);
      }
      await listening?.followInboxes();
      await this.#parts.onDoor();
    });
  }
}

async function readHeld(): Promise<Held> {
  const [goesOn, onHold] = await Promise.all([readView('heldCall'), readView('callsOnHold')]);
  return { goesOn, onHold: onHold ?? [] };
}
