// Stands in for the extension's API where there is none: vite.gallery.config.ts puts it in the place of webextension-polyfill. Storage
// is kept in memory, and requests to the background are taken with a friendly answer.
type Changes = Record<string, { readonly newValue?: unknown }>;

/** One area of storage, with the listeners of its changes. */
function memoryArea() {
  const kept = new Map<string, unknown>();
  const listeners = new Set<(changes: Changes) => void>();
  const tell = (changes: Changes) => {
    for (const listener of listeners) listener(changes);
  };
  return {
    async get(keys?: string | readonly string[] | null) {
      const wanted = keys === undefined || keys === null ? [...kept.keys()] : [keys].flat();
      return Object.fromEntries(wanted.filter((key) => kept.has(key)).map((key) => [key, kept.get(key)]));
    },
    async set(values: Readonly<Record<string, unknown>>) {
      for (const [key, value] of Object.entries(values)) kept.set(key, value);
      tell(Object.fromEntries(Object.entries(values).map(([key, newValue]) => [key, { newValue }])));
    },
    async remove(keys: string | readonly string[]) {
      for (const key of [keys].flat()) kept.delete(key);
      tell(Object.fromEntries([keys].flat().map((key) => [key, {}])));
    },
    async clear() {
      const gone = [...kept.keys()];
      kept.clear();
      tell(Object.fromEntries(gone.map((key) => [key, {}])));
    },
    onChanged: {
      addListener: (listener: (changes: Changes) => void) => listeners.add(listener),
      removeListener: (listener: (changes: Changes) => void) => listeners.delete(listener),
    },
  };
}

const noEvent = { addListener: () => undefined, removeListener: () => undefined, hasListener: () => false };

/** What any request to the background may be answered with: each page takes the field that it asked for. */
const friendlyAnswer = { opened: true, answered: true, declined: true };

const standIn = {
  runtime: {
    id: 'gallery',
    getURL: (path: string) => new URL(path, location.origin).href,
    getManifest: () => ({ version: '0.0.0', manifest_version: 3, name: 'gallery' }),
    openOptionsPage: async () => undefined,
    sendMessage: async () => friendlyAnswer,
    onMessage: noEvent,
    connect: () => ({
      onDisconnect: noEvent,
      onMessage: noEvent,
      postMessage: () => undefined,
      disconnect: () => undefined,
    }),
  },
  storage: { local: memoryArea(), session: memoryArea(), onChanged: noEvent },
  tabs: {
    create: async () => ({}),
    getCurrent: async () => undefined,
    query: async () => [],
    remove: async () => undefined,
    update: async () => ({}),
  },
  windows: { update: async () => ({}), getCurrent: async () => ({}) },
  extension: { getViews: () => [window] },
  notifications: { create: async () => '', clear: async () => true },
  permissions: { contains: async () => true, request: async () => true, onAdded: noEvent, onRemoved: noEvent },
  commands: { getAll: async () => [] },
};

export default standIn;
