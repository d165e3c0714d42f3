// Changes the settings of a profile in its store, past the screens, from any page of the extension.
import type { Page } from 'puppeteer-core';
import type { Settings } from '../../../src/core/data/settings.ts';

/** Stores the change as the settings page does, and tells the profile's pages of it. */
export const storeSettings = (page: Page, change: Partial<Settings>): Promise<void> =>
  page.evaluate(
    (wanted) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('freeflow-connect');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('settings', 'readwrite');
          const store = transaction.objectStore('settings');
          const reading = store.get('own');
          reading.onsuccess = () => store.put({ ...reading.result, ...wanted }, 'own');
          transaction.onerror = () => reject(transaction.error);
          transaction.oncomplete = () => {
            opening.result.close();
            const channel = new BroadcastChannel('freeflow-connect/stores');
            channel.postMessage('settings');
            channel.close();
            resolve();
          };
        };
      }),
    change,
  );
