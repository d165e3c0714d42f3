// The page for guests in the settings: kept only after a look at it, and never for another address than the one that was looked at.
import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import type { PageVerdict } from '../../../src/connectivity/check-guest-page.ts';
import { defaultSettings, type Settings } from '../../../src/core/data/settings.ts';
import { GuestPageModel } from '../../../src/options/model/guest-page-model.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../../support/doubles/fake-extension.ts')).fakeExtension,
}));

const unchanged: PageVerdict = { state: 'unchanged', version: '1', files: 3 };
let settings: Settings;
let said: string[];
let looked: string[];
let verdict: PageVerdict | Promise<PageVerdict>;
let model: GuestPageModel;

beforeEach(() => {
  [said, looked, verdict] = [[], [], unchanged];
  const shown = signal<Settings>(defaultSettings);
  settings = defaultSettings;
  const options = {
    settings: shown,
    change: async (change: Partial<Settings>, words: string) => {
      settings = { ...settings, ...change };
      shown.value = settings;
      said.push(words);
    },
  };
  model = new GuestPageModel(options, async (address) => {
    looked.push(address);
    return verdict;
  });
});

test('is kept after a look, and invitations lead there', async () => {
  model.type('call.example/join');
  await model.test();
  await model.save();
  expect(settings.guestPage).toBe('https://call.example/join/');
  expect(model.page.value).toBe('https://call.example/join/');
  await model.check();
  expect(looked).toEqual(['call.example/join', 'https://call.example/join/']);
  await model.remove();
  expect([settings.guestPage, model.page.value]).toEqual(['', undefined]);
});

test('a changed page, or one of another version, is the person’s to use', async () => {
  verdict = { state: 'changed', version: '1', files: ['index.html'] };
  model.type('call.example');
  await model.test();
  await model.save();
  expect(settings.guestPage).toBe('https://call.example/');
});

// Seen to fail with save() asking only for an address.
test('nothing is kept that was not looked at, or where no page is', async () => {
  model.type('call.example');
  await model.save();
  for (const state of ['unreachable', 'not-ours'] as const) {
    verdict = { state };
    await model.test();
    await model.save();
  }
  verdict = unchanged;
  await model.test();
  model.type('call.example.org');
  await model.save();
  expect([settings.guestPage, said]).toEqual(['', []]);
});

test('what is found of an earlier text is not said of a later one', async () => {
  let answer = (_verdict: PageVerdict): void => undefined;
  verdict = new Promise((resolve) => {
    answer = resolve;
  });
  model.type('slow.example');
  const test = model.test();
  model.type('other.example');
  answer(unchanged);
  await test;
  expect(model.look.value).toBeUndefined();
});
