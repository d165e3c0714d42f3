// What a person has typed and not used yet, for a page that closes by itself, as a popup does. In storage.session: gone with the browser's
// session. Never for secrets: words and passphrases stay in the page's memory.
import { effect, type Signal, signal } from '@preact/signals';
import browser from 'webextension-polyfill';

const prefix = 'draft:';

interface StoredDraft {
  readonly value: unknown;
  readonly at: number;
}

export class Drafts {
  readonly #stored: Map<string, StoredDraft>;
  readonly #kept = new Map<string, { readonly text: Signal<string>; readonly letGo: () => void }>();

  private constructor(stored: Map<string, StoredDraft>) {
    this.#stored = stored;
  }

  /** Reads all of them: what is typed stands there from the first moment. */
  static async open(): Promise<Drafts> {
    const all = Object.entries(await browser.storage.session.get(null));
    return new Drafts(new Map(all.filter(([key]) => key.startsWith(prefix)) as [string, StoredDraft][]));
  }

  /**
   * The text of one field, kept as long as it is not what the field begins with.
   * @param maxAgeMs what was typed longer ago was given up.
   */
  text(name: string, initial = '', maxAgeMs = Number.POSITIVE_INFINITY): Signal<string> {
    const known = this.#kept.get(name);
    if (known) return known.text;
    const key = prefix + name;
    const stored = this.#stored.get(key);
    const draft = signal(stored && Date.now() - stored.at <= maxAgeMs ? String(stored.value) : initial);
    const letGo = effect(() => {
      const value = draft.value;
      if (value === stored?.value) return;
      const now: StoredDraft = { value, at: Date.now() };
      const kept =
        value === initial ? browser.storage.session.remove(key) : browser.storage.session.set({ [key]: now });
      // A draft that cannot be kept is still on the page.
      kept.catch(() => undefined);
    });
    this.#kept.set(name, { text: draft, letGo });
    return draft;
  }

  /** It was used: the field begins anew. */
  forget(name: string): void {
    this.#kept.get(name)?.letGo();
    this.#kept.delete(name);
    this.#stored.delete(prefix + name);
    browser.storage.session.remove(prefix + name).catch(() => undefined);
  }
}
