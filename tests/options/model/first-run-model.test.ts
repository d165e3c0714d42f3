// The words of a new identity are in the page alone until they are written down: nothing outside may close it meanwhile.
import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../../src/core/data/settings.ts';
import { fakeLocks } from '../../support/doubles/fake-locks.ts';

vi.hoisted(() => Object.assign(globalThis, { chrome: { runtime: { id: 'test' } } }));

beforeEach(() => {
  vi.stubGlobal('navigator', { locks: fakeLocks });
});

test('an update of the extension waits while the words of a new identity are on the screen', async () => {
  const [{ FirstRunModel }, { isAnyPageBusy }] = await Promise.all([
    import('../../../src/options/model/first-run-model.ts'),
    import('../../../src/platform/extension/page-life.ts'),
  ]);
  const drafts = { text: () => signal(''), forget: () => undefined };
  const options = { settings: signal(defaultSettings), drafts, writeIdentity: async () => undefined };
  const model = new FirstRunModel(options as unknown as ConstructorParameters<typeof FirstRunModel>[0]);
  expect(await isAnyPageBusy()).toBe(false);
  model.name.value = 'Alice';
  await model.create();
  expect(model.step.value).toBe('words');
  // Seen to fail without the sign in the model.
  await expect.poll(isAnyPageBusy).toBe(true);
  model.askWords();
  expect(await isAnyPageBusy()).toBe(true);
  await model.skipCheck();
  await expect.poll(isAnyPageBusy).toBe(false);
});
