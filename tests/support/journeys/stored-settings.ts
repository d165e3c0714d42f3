// Changes what a profile has chosen in its settings, past the screens: for tests that are not about the settings.
import type { Settings } from '../../../src/core/data/settings.ts';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { storeSettings } from './store-settings.ts';
import { contactsPage } from './two-people.ts';

/** Stores the change as the settings page does, and tells the profile's pages of it. */
export async function changeSettings(profile: DrivenBrowser, change: Partial<Settings>): Promise<void> {
  const page = await contactsPage(profile);
  try {
    await storeSettings(page, change);
  } finally {
    await page.close();
  }
}
