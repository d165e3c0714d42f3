// Keys and contacts stay when the disk runs full (fault 6), and nobody is asked about it.

import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { keepStorage } from '../../src/ui/durable-storage.ts';
import { fakeExtension } from '../support/doubles/fake-extension.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-extension.ts')).fakeExtension,
}));
afterEach(() => void vi.unstubAllGlobals());

function setUp({ persisted, state, has }: { persisted: boolean; state: string; has: boolean }) {
  const persist = vi.fn(async () => true);
  const permissions = { query: async () => ({ state }) };
  vi.stubGlobal('navigator', { storage: { persisted: async () => persisted, persist }, permissions });
  Object.assign(fakeExtension, { permissions: { contains: async () => has } });
  return persist;
}

test.each([
  [{ persisted: true, state: 'prompt', has: true }, true, 0],
  [{ persisted: false, state: 'granted', has: true }, true, 1],
  [{ persisted: false, state: 'prompt', has: true }, true, 0],
  [{ persisted: false, state: 'prompt', has: false }, false, 0],
] as const)('%o: durable is %s, asked %i times', async (browser, isDurable, asked) => {
  const persist = setUp(browser);
  expect(await keepStorage()).toBe(isDurable);
  expect(persist).toHaveBeenCalledTimes(asked);
});

test('the manifest asks for storage that is not cleared', () => {
  const { permissions } = JSON.parse(readFileSync('manifest.json', 'utf8')) as { permissions: string[] };
  expect(permissions).toContain('unlimitedStorage');
});
