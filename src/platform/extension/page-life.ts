// Signs of life of our pages. Each holds Web Locks, which the browser takes back however a page ends: closed, crashed, discarded, loaded anew.
// Whoever asks needs no polling and trusts no last words. Browsers freeze no page that holds one, unless somebody makes them.

const lifePrefix = 'page:';
const busyLock = 'busy-page';

/** This page lives under this name until it ends. Resolves once everybody can see it. @returns what ends that life before the page does. */
export function liveAs(page: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(lifePrefix + page, () => new Promise<void>((end) => resolve(end))).catch(reject);
  });
}

export async function isAlive(page: string): Promise<boolean> {
  return isHeld(lifePrefix + page);
}

/** Resolves when the page of this name has ended, at once if there is none. */
export async function endOfLife(page: string): Promise<void> {
  await navigator.locks.request(lifePrefix + page, { mode: 'shared' }, () => undefined);
}

/** @returns what this page says with it whether it is busy: while it is, closing it would lose something. */
export function busySign(): (isBusy: boolean) => void {
  let end: (() => void) | undefined;
  return (isBusy) => {
    if (isBusy === (end !== undefined)) return;
    end?.();
    end = undefined;
    if (!isBusy) return;
    const busy = new Promise<void>((resolve) => {
      end = resolve;
    });
    void navigator.locks.request(busyLock, { mode: 'shared' }, () => busy);
  };
}

/** Whether closing all our pages now would lose something. */
export async function isAnyPageBusy(): Promise<boolean> {
  return isHeld(busyLock);
}

async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}
