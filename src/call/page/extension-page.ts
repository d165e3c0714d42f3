// What can be done on every call page of the extension: close its tab, open the settings.
import browser from 'webextension-polyfill';
import type { PageActions } from '../model/person-model.ts';

export const extensionPage: PageActions = {
  close() {
    void browser.tabs
      .getCurrent()
      .then((tab) => (tab?.id === undefined ? window.close() : browser.tabs.remove(tab.id)));
  },
  openSettings(part) {
    if (part === undefined) void browser.runtime.openOptionsPage();
    else void browser.tabs.create({ url: browser.runtime.getURL(`src/options/index.html#${part}`) });
  },
};
