// What this browser remembers having offered: so much that a request for the rest of a file is known to be true (F4), and no more.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { FileFacts } from '../../../src/core/transfer/file-message.ts';
import { OfferedFiles } from '../../../src/platform/store/offered-files.ts';

const local = new Map<string, unknown>();
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      local: {
        get: async (key: string) => (local.has(key) ? { [key]: structuredClone(local.get(key)) } : {}),
        set: async (values: Record<string, unknown>) => {
          for (const [key, value] of Object.entries(values)) local.set(key, structuredClone(value));
        },
      },
    },
  },
}));

const dayMs = 24 * 3_600_000;
const facts: FileFacts = { id: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'holiday.zip', size: 5_000, type: '', modified: 0 };
let now: number;
let offered: OfferedFiles;

beforeEach(() => {
  local.clear();
  now = 1_800_000_000_000;
  offered = new OfferedFiles(() => now);
});

describe('a file that was offered', () => {
  test('is known to have been, in a later page too', async () => {
    await offered.remember('bob', facts);
    expect(await new OfferedFiles(() => now).knows('bob', facts)).toBe(true);
  });

  test('is not known to somebody else, under another id, name or size', async () => {
    await offered.remember('bob', facts);
    expect(await offered.knows('carol', facts)).toBe(false);
    for (const change of [{ id: 'BBBBBBBBBBBBBBBBBBBBBA' }, { name: 'secret.kdbx' }, { size: 5_001 }])
      expect(await offered.knows('bob', { ...facts, ...change })).toBe(false);
  });

  test('is forgotten after a day, counted from the last time', async () => {
    await offered.remember('bob', facts);
    now += dayMs - 1;
    expect(await offered.knows('bob', facts)).toBe(true);
    await offered.remember('bob', facts);
    now += dayMs - 1;
    expect(await offered.knows('bob', facts)).toBe(true);
    now += 1;
    expect(await offered.knows('bob', facts)).toBe(false);
  });

  test('leaves no name behind, of the file or of the person', async () => {
    await offered.remember('bob', facts);
    const text = JSON.stringify([...local]);
    for (const secret of ['bob', facts.name, facts.id]) expect(text).not.toContain(secret);
  });
});

test('of many at once none is lost, and of more than a thousand the oldest are forgotten', async () => {
  const before = Array.from({ length: 1_000 }, (_, number) => ({ digest: `${number}`, at: now }));
  local.set('offeredFiles', before);
  const all = ['one', 'two', 'three'].map((name) => ({ ...facts, name }));
  await Promise.all(all.map((one) => offered.remember('bob', one)));
  expect(await Promise.all(all.map((one) => offered.knows('bob', one)))).toEqual([true, true, true]);
  const kept = local.get('offeredFiles') as typeof before;
  expect([kept.length, kept[0]?.digest]).toEqual([1_000, '3']);
});

test('what another version has stored is nothing, and is written over', async () => {
  local.set('offeredFiles', { digests: 'all' });
  expect(await offered.knows('bob', facts)).toBe(false);
  await offered.remember('bob', facts);
  expect(await offered.knows('bob', facts)).toBe(true);
});
