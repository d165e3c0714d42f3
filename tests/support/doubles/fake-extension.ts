// The browser as an extension sees it, as far as the wiring under test asks it for anything: tabs, windows, storage.session, messages.
// Put in place of webextension-polyfill.

interface FakeTab {
  readonly id: number;
  readonly windowId: number;
  url: string;
}

type Changes = Record<string, { newValue?: unknown }>;

class Listeners<Argument extends unknown[], Result = void> {
  readonly #all = new Set<(...args: Argument) => Result>();
  addListener(listener: (...args: Argument) => Result): void {
    this.#all.add(listener);
  }
  removeListener(listener: (...args: Argument) => Result): void {
    this.#all.delete(listener);
  }
  clear(): void {
    this.#all.clear();
  }
  tell(...args: Argument): Result[] {
    return [...this.#all].map((listener) => listener(...args));
  }
}

const origin = 'chrome-extension://freeflow/';

export class FakeExtension {
  readonly id = 'freeflow';
  readonly openTabs = new Map<number, FakeTab>();
  readonly stored = new Map<string, unknown>();
  readonly focused: number[] = [];
  reloads = 0;
  /** The tab of the page whose code runs. */
  currentTab: number | undefined;
  /** Runs when a tab was made, before whoever asked for it hears of it. */
  onTabCreated: (tab: FakeTab) => void = () => undefined;
  #nextTab = 1;

  readonly tabs = {
    TAB_ID_NONE: -1,
    onRemoved: new Listeners<[number]>(),
    create: async ({ url }: { url: string }) => this.openTab(url),
    get: async (id: number) => {
      const tab = this.openTabs.get(id);
      if (!tab) throw new Error(`No tab with id: ${id}`);
      return tab;
    },
    getCurrent: async () => (this.currentTab === undefined ? undefined : this.openTabs.get(this.currentTab)),
    update: async (id: number) => {
      this.focused.push(id);
      return this.openTabs.get(id);
    },
    remove: async (id: number) => this.closeTab(id),
  };

  readonly windows = {
    getAll: async () => [{ id: 1 }],
    create: async ({ url }: { url: string }) => ({ id: 2, tabs: [this.openTab(url)] }),
    update: async () => undefined,
  };

  readonly runtime = {
    id: this.id,
    getURL: (path: string) => origin + path,
    reload: () => {
      this.reloads += 1;
    },
    onMessage: new Listeners<[unknown, unknown], unknown>(),
    onUpdateAvailable: new Listeners<[{ version: string }]>(),
  };

  readonly storage = {
    session: {
      onChanged: new Listeners<[Changes]>(),
      get: async (key: string | null): Promise<Record<string, unknown>> => {
        if (key === null) return Object.fromEntries(this.stored);
        return this.stored.has(key) ? { [key]: this.stored.get(key) } : {};
      },
      set: async (values: Record<string, unknown>) => {
        for (const [key, newValue] of Object.entries(values)) {
          this.stored.set(key, newValue);
          this.storage.session.onChanged.tell({ [key]: { newValue } });
        }
      },
      remove: async (key: string) => {
        if (this.stored.delete(key)) this.storage.session.onChanged.tell({ [key]: {} });
      },
    },
  };

  /** Somebody, not necessarily we, opens a tab with one of our pages. */
  openTab(url: string): FakeTab {
    const tab = { id: this.#nextTab++, windowId: 1, url };
    this.openTabs.set(tab.id, tab);
    this.onTabCreated(tab);
    return tab;
  }

  closeTab(id: number): void {
    if (this.openTabs.delete(id)) this.tabs.onRemoved.tell(id);
  }

  /** The address of a tab from the question mark on, without it. */
  queryOf(id: number): string {
    return new URL(this.openTabs.get(id)?.url ?? '').search.slice(1);
  }

  /** As after the browser was started. */
  reset(): void {
    for (const event of [this.tabs.onRemoved, this.runtime.onUpdateAvailable, this.storage.session.onChanged])
      event.clear();
    this.runtime.onMessage.clear();
    this.openTabs.clear();
    this.stored.clear();
    this.focused.length = 0;
    this.reloads = 0;
    this.currentTab = undefined;
    this.onTabCreated = () => undefined;
  }
}

/** The one that stands in for the browser in this file of tests. */
export const fakeExtension = new FakeExtension();
