// Whether the browser keeps what we store when the disk runs full. The permission `unlimitedStorage` is what does it in both browsers;
// asking for more could show a question, so it is done only where the answer is known.
import browser from 'webextension-polyfill';

/** Makes storage durable where that needs no question. @returns whether it is; undefined where the browser does not tell. */
export async function keepStorage(): Promise<boolean | undefined> {
  const { storage, permissions } = navigator;
  if (!storage?.persisted) return undefined;
  if (await storage.persisted()) return true;
  const allowed = await permissions.query({ name: 'persistent-storage' }).catch(() => undefined);
  if (allowed?.state === 'granted' && (await storage.persist())) return true;
  // It exempts extensions from eviction (developer.chrome.com, "Storage and cookies"); Chromium says `persisted: false` all the same.
  return browser.permissions.contains({ permissions: ['unlimitedStorage'] }).catch(() => false);
}
