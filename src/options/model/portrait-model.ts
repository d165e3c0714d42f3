// The own portrait in the settings: chosen from a file, drawn small, kept here; and what others sent, which goes when it is not wanted.
import { signal } from '@preact/signals';
import { drawPortrait } from '../../platform/media/draw-portrait.ts';
import type { PortraitStore } from '../../platform/store/portrait-store.ts';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from './options-model.ts';

export class PortraitModel {
  /** Whether there is one. */
  readonly isThere = signal(false);
  readonly isUnreadable = signal(false);
  readonly #store: PortraitStore;
  readonly #ownId: () => string | undefined;
  readonly #options: Pick<OptionsModel, 'change'>;

  constructor(store: PortraitStore, ownId: () => string | undefined, options: Pick<OptionsModel, 'change'>) {
    this.#store = store;
    this.#ownId = ownId;
    this.#options = options;
  }

  async read(): Promise<void> {
    const id = this.#ownId();
    this.isThere.value = id !== undefined && (await this.#store.get(id)) !== undefined;
  }

  async choose(file: Blob): Promise<void> {
    const id = this.#ownId();
    if (id === undefined) return;
    try {
      await this.#store.put(id, { jpeg: await drawPortrait(file) });
      this.isUnreadable.value = false;
      announce(text('optionsPortraitSaved'));
    } catch {
      this.isUnreadable.value = true;
    }
    await this.read();
  }

  async remove(): Promise<void> {
    const id = this.#ownId();
    if (id === undefined) return;
    await this.#store.remove(id);
    await this.#options.change({ sendsPortrait: false }, text('optionsPortraitRemoved'));
    await this.read();
  }

  /** Those of others are gone at once when nobody wants to see them. */
  async take(takes: boolean, said: string): Promise<void> {
    await this.#options.change({ takesPortraits: takes }, said);
    if (!takes) await this.#store.removeOthers(this.#ownId() ?? '');
  }
}
