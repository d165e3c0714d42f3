// Groups that are saved in the popup.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultSettings, mostGroups, type Settings } from '../../src/core/data/settings.ts';
import type { Contact } from '../../src/core/identity/contact.ts';
import { SavedGroups } from '../../src/popup/groups/saved-groups.ts';
import { sampleContact } from '../support/samples/backup-samples.ts';

const [bob, carol] = [await sampleContact(2, { name: 'Bob' }), await sampleContact(3, { name: 'Carol' })];
const settings = signal<Settings>(defaultSettings);
const contacts = signal<readonly Contact[]>([bob, carol]);
const groups = new SavedGroups(settings, contacts, async (change) => {
  settings.value = { ...settings.value, ...change };
});

const shown = () => groups.shown.value.map(({ name, members }) => [name, members.map((one) => one.name)]);

beforeEach(() => {
  settings.value = defaultSettings;
  contacts.value = [bob, carol];
});

describe('groups: saved in the popup', () => {
  test('are shown by name, with whoever of them can be called', async () => {
    await groups.save('Work', [bob.id, carol.id]);
    await groups.save('Choir', [carol.id]);
    expect(shown()).toEqual([
      ['Choir', ['Carol']],
      ['Work', ['Bob', 'Carol']],
    ]);
    contacts.value = [{ ...bob, blocked: true }];
    expect(shown()).toEqual([
      ['Choir', []],
      ['Work', []],
    ]);
  });

  test('of one name are one: the later', async () => {
    await groups.save('Choir', [bob.id]);
    await groups.save('  Choir\u200B ', [carol.id]);
    expect(shown()).toEqual([['Choir', ['Carol']]]);
  });

  test('need a name of which something is left', async () => {
    expect(await groups.save(' \u200B ', [bob.id])).toBe('no-name');
    expect(shown()).toEqual([]);
  });

  test('are no more than can be kept; one that is replaced is not one more', async () => {
    const savedGroups = Array.from({ length: mostGroups }, (_, i) => ({ name: `Group ${i}`, contactIds: [bob.id] }));
    settings.value = { ...defaultSettings, savedGroups };
    expect(await groups.save('One more', [bob.id])).toBe('too-many');
    expect(await groups.save('Group 3', [carol.id])).toBeUndefined();
    expect(settings.value.savedGroups).toHaveLength(mostGroups);
  });

  test('go when they are removed', async () => {
    await groups.save('Choir', [bob.id]);
    await groups.remove('Choir');
    expect(shown()).toEqual([]);
  });
});
