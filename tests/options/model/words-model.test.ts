// The 24 words between the making of an identity and the paper: shown as often as asked, then gone from this browser.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { wordsFromEntropy } from '../../../src/core/identity/recovery-words.ts';
import { openDatabase } from '../../../src/platform/store/database.ts';
import { testIdentity } from '../../support/samples/test-identity.ts';

vi.mock('webextension-polyfill', () => ({
  default: { storage: { local: { get: async () => ({}), set: async () => undefined } } },
}));

const entropy = new Uint8Array(32).fill(7);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

async function withWords() {
  const [{ WordsModel }, { IdentityStore }] = await Promise.all([
    import('../../../src/options/model/words-model.ts'),
    import('../../../src/platform/store/identity-store.ts'),
  ]);
  const database = await openDatabase();
  const store = new IdentityStore(database);
  const { keys } = await testIdentity(1);
  const identity = { keys, name: 'Alice', dev: new Uint8Array(8), createdAt: 1, wordsChecked: false };
  await store.write(identity, entropy);
  let written = 0;
  const model = new WordsModel(store, async () => {
    written += 1;
  });
  return { model, store, database, identity, written: () => written };
}

test('words: they can be shown again and again until they are written down', async () => {
  const { model } = await withWords();
  await model.refresh();
  expect(model.canShow.value).toBe(true);
  for (let look = 0; look < 2; look += 1) expect(await model.read()).toEqual(wordsFromEntropy(entropy));
});

// Seen to fail with the entropy left in its store.
test('words: once they are written down nothing of them is left, and the identity says so', async () => {
  const { model, database, store, written } = await withWords();
  await model.written();
  await model.refresh();
  expect([model.canShow.value, await model.read(), written()]).toEqual([false, undefined, 1]);
  expect(await database.count('unwrittenWords')).toBe(0);
  expect(await store.read()).toMatchObject({ state: 'present', identity: { wordsChecked: true } });
});

test('words: those of an identity before are not shown for the one that took its place', async () => {
  const { model, store, identity } = await withWords();
  await store.write({ ...identity, wordsChecked: true });
  expect(await model.read()).toBeUndefined();
});

test('words: three different places are asked, in order, and each wrong answer is named', async () => {
  const { randomPositions, wrongPositions } = await import('../../../src/options/model/words-model.ts');
  for (let times = 0; times < 200; times += 1) {
    const places = randomPositions();
    expect(new Set(places).size).toBe(3);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...places)).toBeLessThanOrEqual(24);
  }
  const words = ['one', 'two', 'three'];
  expect(wrongPositions(words, [1, 3], [' ONE ', 'three'])).toEqual([]);
  expect(wrongPositions(words, [1, 3], ['one', 'tree'])).toEqual([3]);
  expect(wrongPositions(words, [1, 3], [])).toEqual([1, 3]);
});
