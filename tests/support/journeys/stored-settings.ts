// Changes what a profile has chosen in its settings, past the screens: for tests that are not about the settings.
import type { Settings } from '../../../src/core/data/settings.ts';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { contactsPage } from './two-people.ts';

/** Stores the change as the settings page does, and tells the profile's pages of it. */
export async function changeSettings(profile: DrivenBrowser, change: Partial<Settings>): Promise<void> {
  const page = await contactsPage(profile);
  try {
    await page.evaluate(
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
  } finally {
    await page.close();
  }
}
