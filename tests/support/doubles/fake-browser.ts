// The browser's extension interfaces as far as stores and wiring ask for them: storage in memory, no windows. Put in
// place of webextension-polyfill.
type Changes = Record<string, { newValue?: unknown }>;

class FakeStorage {
  readonly values = new Map<string, unknown>();
  readonly #listeners = new Set<(changes: Changes) => void>();
  readonly onChanged = {
    addListener: (listener: (changes: Changes) => void) => void this.#listeners.add(listener),
    removeListener: (listener: (changes: Changes) => void) => void this.#listeners.delete(listener),
  };

  async get(key: string): Promise<Record<string, unknown>> {
    return this.values.has(key) ? { [key]: this.values.get(key) } : {};
  }

  async set(values: Record<string, unknown>): Promise<void> {
    for (const [key, newValue] of Object.entries(values)) this.#put(key, newValue);
  }

  async remove(key: string): Promise<void> {
    this.#put(key, undefined);
  }

  #put(key: string, newValue: unknown): void {
    if (newValue === undefined) this.values.delete(key);
    else this.values.set(key, newValue);
    for (const listener of this.#listeners) listener({ [key]: newValue === undefined ? {} : { newValue } });
  }
}

const nothing = async (): Promise<undefined> => undefined;
const event = { addListener: () => undefined, removeListener: () => undefined };

export const fakeSession = new FakeStorage();
/** Messages to the background, by name. */
export const fakeRequests: string[] = [];

export const fakeBrowser = {
  storage: { local: new FakeStorage(), session: fakeSession },
  runtime: {
    id: 'fake',
    getURL: (path: string) => `fake:///${path}`,
    sendMessage: async ({ request }: { request: string }) => void fakeRequests.push(request),
    onMessage: event,
    getPlatformInfo: nothing,
  },
  // Every tab that is asked for exists.
  tabs: { get: async (id: number) => ({ id }), create: nothing, update: nothing, remove: nothing, onRemoved: event },
  windows: { getAll: async () => [], create: nothing, update: nothing },
  notifications: { create: nothing, clear: nothing, onClicked: event, onButtonClicked: event, onClosed: event },
  action: { setBadgeText: nothing, setBadgeBackgroundColor: nothing },
};
