// What a profile has stored of its contacts, read past the screens: for what no screen shows.
import type { Contact } from '../../../src/core/identity/contact.ts';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { contactsPage } from './two-people.ts';

/** The plain fields only, and one byte string as numbers: byte strings do not come out of a page. */
interface StoredContact extends Pick<Contact, 'id' | 'name' | 'relays'> {
  readonly hasOurInbox: boolean | undefined;
  readonly theirInbox: readonly number[] | undefined;
}

export async function storedContacts(profile: DrivenBrowser): Promise<readonly StoredContact[]> {
  const page = await contactsPage(profile);
  try {
    return await page.evaluate(
      () =>
        new Promise<StoredContact[]>((resolve, reject) => {
          const opening = indexedDB.open('freeflow-connect');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction('contacts').objectStore('contacts').getAll();
            reading.onsuccess = () => {
              opening.result.close();
              resolve(
                (reading.result as Contact[]).map(({ id, name, relays, hasOurInbox, theirInbox }) => ({
                  ...{ id, name, relays, hasOurInbox },
                  theirInbox: theirInbox && [...theirInbox],
                })),
              );
            };
          };
        }),
    );
  } finally {
    await page.close();
  }
}
