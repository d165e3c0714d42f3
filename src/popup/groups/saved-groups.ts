// People who are called together again and again: kept among the settings, under a name. Members who are gone or blocked are left out.
import { computed, type ReadonlySignal } from '@preact/signals';
import { cleanDisplayName } from '../../core/base/display-name.ts';
import { mostGroups, type SavedGroup, type Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { text } from '../../ui/texts/text.ts';

export interface ShownGroup {
  readonly name: string;
  readonly members: readonly Contact[];
}

export type SaveProblem = 'no-name' | 'too-many';

export class SavedGroups {
  readonly #settings: ReadonlySignal<Settings>;
  readonly #change: (change: Partial<Settings>, said: string) => Promise<void>;
  /** By name; those without anybody left to call are there too, so that they can be removed. */
  readonly shown: ReadonlySignal<readonly ShownGroup[]>;

  /** `change` writes settings and says what was done. */
  constructor(
    settings: ReadonlySignal<Settings>,
    contacts: ReadonlySignal<readonly Contact[]>,
    change: (change: Partial<Settings>, said: string) => Promise<void>,
  ) {
    this.#settings = settings;
    this.#change = change;
    this.shown = computed(() => {
      const open = new Map(contacts.value.filter(({ blocked }) => !blocked).map((one) => [one.id, one]));
      return settings.value.savedGroups
        .map(({ name, contactIds }) => ({ name, members: contactIds.flatMap((id) => open.get(id) ?? []) }))
        .sort((one, other) => one.name.localeCompare(other.name));
    });
  }

  /** Keeps these people under a name; the same name once more takes the place of the first. @returns why not, if not. */
  async save(typedName: string, contactIds: readonly string[]): Promise<SaveProblem | undefined> {
    const name = cleanDisplayName(typedName);
    if (name === '') return 'no-name';
    const others = this.#settings.value.savedGroups.filter((one) => one.name !== name);
    if (others.length >= mostGroups) return 'too-many';
    const group: SavedGroup = { name, contactIds };
    await this.#change({ savedGroups: [...others, group] }, text('popupGroupSaved', name));
    return undefined;
  }

  async remove(name: string): Promise<void> {
    const savedGroups = this.#settings.value.savedGroups.filter((one) => one.name !== name);
    await this.#change({ savedGroups }, text('popupGroupRemoved', name));
  }
}
