// "Call with FreeFlow Connect" on links and selected texts that hold a contact link.
import browser from 'webextension-polyfill';
import { text } from '../ui/texts/text.ts';

const onLink = 'call-link';
const onSelection = 'call-selection';

/** Creates the items anew. They outlive the worker, so this belongs to installation and start-up. */
export async function createContextMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({
    id: onLink,
    title: text('contextMenuCall'),
    contexts: ['link'],
    // Custom schemes and any web page whose address carries a contact link in its query or path.
    targetUrlPatterns: ['ffc:*', 'web+ffc:*', 'ext+ffc:*', '*://*/*ffc%3A1*', '*://*/*ffc:1:*'],
  });
  browser.contextMenus.create({ id: onSelection, title: text('contextMenuCall'), contexts: ['selection'] });
}

/** Hands over the texts in which a contact link was clicked, the likeliest first. Call in the first tick. */
export function listenForContextMenu(onClicked: (texts: readonly string[]) => void): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId, linkUrl = '', selectionText = '' }) => {
    if (menuItemId === onLink) onClicked([linkUrl, selectionText]);
    else if (menuItemId === onSelection) onClicked([selectionText, linkUrl]);
  });
}
