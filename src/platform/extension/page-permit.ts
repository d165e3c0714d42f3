// What a call page may do by itself once it is loaded, without a click on it. An address never acts: other extensions, other programs, the
// browser itself (reload, restored session) and people's fingers can load any address. Kept in storage.session for one tab, one address, one load.
import browser from 'webextension-polyfill';

export interface PagePermit {
  /** `prepare`: open the devices and come to the relays; `start`: call as well, because a person has just clicked for it. */
  readonly does: 'prepare' | 'start';
  /** The address for which this counts, from the question mark on, without it. */
  readonly query: string;
}

type StoredPermit = PagePermit & { readonly givenAt: number };

/** A page that takes longer to load waits for a click. */
const permitMs = 60_000;

const keyOf = (tabId: number): string => `permit:${tabId}`;

/** Allows the next load of this address in this tab to act. Replaces what was allowed before. */
export async function givePermit(tabId: number, { does, query }: PagePermit): Promise<void> {
  const stored: StoredPermit = { does, query, givenAt: Date.now() };
  await browser.storage.session.set({ [keyOf(tabId)]: stored });
}

/** The tab is gone, or has used it. */
export async function dropPermit(tabId: number): Promise<void> {
  await browser.storage.session.remove(keyOf(tabId));
}

/**
 * Uses the permit of this tab up, now or as soon as it is given: whoever opens a tab knows its id only afterwards.
 * @param query of the page that is loaded, without the question mark.
 * @param onPermit called once at most.
 */
export function usePermit(tabId: number, query: string, onPermit: (does: PagePermit['does']) => void): void {
  const { session } = browser.storage;
  const key = keyOf(tabId);
  let isUsed = false;
  const take = (stored: unknown): void => {
    if (isUsed || !isPermit(stored)) return;
    isUsed = true;
    session.onChanged.removeListener(onChanged);
    const age = Date.now() - stored.givenAt;
    // Taken away before it is acted on: a page that is loaded again in the meantime finds none.
    if (stored.query === query && age >= 0 && age < permitMs) void dropPermit(tabId).then(() => onPermit(stored.does));
    else void dropPermit(tabId);
  };
  const onChanged = (changes: Record<string, { newValue?: unknown }>): void => take(changes[key]?.newValue);
  session.onChanged.addListener(onChanged);
  void session.get(key).then((stored) => take(stored[key]));
}

function isPermit(stored: unknown): stored is StoredPermit {
  return typeof stored === 'object' && stored !== null && 'does' in stored && 'query' in stored && 'givenAt' in stored;
}
