// Light or dark and the size of words: kept for every page, and nothing that was written there by others can break one.
import { beforeEach, expect, test, vi } from 'vitest';
import { changeAppearance, readAppearance, wearAppearance } from '../../src/ui/appearance.ts';

const kept = new Map<string, string>();
const root = { style: { fontSize: '' }, dataset: {} as Record<string, string> };
let tellStorage: (event: { key: string | null }) => void = () => undefined;

beforeEach(() => {
  kept.clear();
  Object.assign(root, { style: { fontSize: '' }, dataset: {} });
  vi.stubGlobal('document', { documentElement: root });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  vi.stubGlobal('addEventListener', (_name: string, listener: typeof tellStorage) => {
    tellStorage = listener;
  });
});

test('appearance: follows the system until something is chosen', () => {
  wearAppearance();
  expect([root.dataset, root.style.fontSize]).toEqual([{}, '']);
});

test('appearance: a choice holds here at once, and for the next page', () => {
  changeAppearance({ theme: 'dark' });
  changeAppearance({ textSize: 'larger' });
  expect([root.dataset, root.style.fontSize]).toEqual([{ theme: 'dark' }, '130%']);
  expect(readAppearance()).toEqual({ theme: 'dark', textSize: 'larger' });
  changeAppearance({ theme: 'system', textSize: 'normal' });
  expect([root.dataset, root.style.fontSize]).toEqual([{}, '']);
});

test('appearance: a page that is open follows what another one changes', () => {
  wearAppearance();
  kept.set('appearance', JSON.stringify({ theme: 'light' }));
  tellStorage({ key: 'something else' });
  expect(root.dataset).toEqual({});
  tellStorage({ key: 'appearance' });
  expect(root.dataset).toEqual({ theme: 'light' });
});

test.each(['', 'null', '[]', '{"theme":"pink","textSize":"constructor"}', '{', '7'])(
  'appearance: %j is as if nothing was chosen',
  (value) => {
    kept.set('appearance', value);
    expect(readAppearance()).toEqual({ theme: 'system', textSize: 'normal' });
  },
);
