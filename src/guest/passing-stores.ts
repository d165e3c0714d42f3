// What a visit keeps: in memory, gone with the page. No database is opened here, and nothing is written anywhere.

import type { CallWorld } from '../call/page/call-world.ts';
import type { RelayDialect } from '../core/base/ports.ts';
import { defaultSettings, type Settings } from '../core/data/settings.ts';
import { blockLength, type FileFacts } from '../core/transfer/file-message.ts';
import { MemoryStore, StoreError } from '../link/transfer/file-store.ts';
import type { LeftFile, ReceivedNote } from '../platform/store/received-files.ts';

/** A guest has no contacts and makes none. */
export const noContacts: CallWorld['contacts'] = {
  all: async () => [],
  get: async () => undefined,
  add: async () => {
    throw new Error('a guest makes no contacts');
  },
  change: async () => undefined,
  takeLink: async () => false,
  inboxTaken: async () => undefined,
};

/** The settings of one visit: the relays and servers are those of the invitation. */
export class PassingSettings {
  #settings: Settings;
  readonly #dialects = new Map<string, RelayDialect>();

  constructor(settings: Pick<Settings, 'relays' | 'iceServers'>) {
    this.#settings = { ...defaultSettings, keepHistory: false, ...settings };
  }

  async read(): Promise<Settings> {
    return this.#settings;
  }

  async change(change: Partial<Settings>): Promise<void> {
    this.#settings = { ...this.#settings, ...change };
  }

  async dialectOf(url: string): Promise<RelayDialect | undefined> {
    return this.#dialects.get(url);
  }

  async rememberDialect(url: string, dialect: RelayDialect): Promise<void> {
    this.#dialects.set(url, dialect);
  }
}

/** What was offered from here, so that a request for the rest of a file is known to be true. */
export class PassingOffers {
  readonly #offered = new Set<string>();

  async remember(participant: string, facts: FileFacts): Promise<void> {
    this.#offered.add(this.#keyOf(participant, facts));
  }

  async knows(participant: string, facts: FileFacts): Promise<boolean> {
    return this.#offered.has(this.#keyOf(participant, facts));
  }

  #keyOf(participant: string, { id, name, size }: FileFacts): string {
    return JSON.stringify([participant, id, name, size]);
  }
}

/** All files of a visit together: what a browser surely holds. */
const maxTotalLength = 200_000_000;

/** Received files in memory, as many as fit. */
export class PassingDisk extends MemoryStore {
  readonly #lengths = new Map<string, number>();

  override async open(note: ReceivedNote, fresh: boolean): Promise<{ readonly at: number; readonly head: string }> {
    const { id, size } = note.facts;
    const others = [...this.#lengths].reduce((sum, [one, length]) => sum + (one === id ? 0 : length), 0);
    if (others + size > maxTotalLength) throw new StoreError('no-room');
    this.#lengths.set(id, Math.max(size, blockLength));
    return super.open(note, fresh);
  }

  override async discard(id: string): Promise<void> {
    this.#lengths.delete(id);
    return super.discard(id);
  }

  /** Earlier visits have left nothing. */
  async left(): Promise<readonly LeftFile[]> {
    return [];
  }
}
