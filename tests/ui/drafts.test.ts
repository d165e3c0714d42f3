// What was typed in a page that closes by itself is there again (fault 10), until it is used or taken out.
import { beforeEach, expect, test, vi } from 'vitest';
import { Drafts } from '../../src/ui/drafts.ts';
import { fakeExtension as browser } from '../support/doubles/fake-extension.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-extension.ts')).fakeExtension,
}));

beforeEach(() => {
  browser.reset();
  vi.useRealTimers();
});

test('a link and a name are there when the popup opens again', async () => {
  const popup = await Drafts.open();
  popup.text('link').value = 'ffc:1:abc';
  popup.text('name').value = 'Bob';
  const again = await Drafts.open();
  expect(again.text('link').value).toBe('ffc:1:abc');
  expect(again.text('name').value).toBe('Bob');
});

test('what was used or taken out is not', async () => {
  const popup = await Drafts.open();
  popup.text('link').value = 'ffc:1:abc';
  popup.text('name').value = 'Bob';
  popup.forget('link');
  popup.text('name').value = '';
  const again = await Drafts.open();
  expect([again.text('link').value, again.text('name').value]).toEqual(['', '']);
  expect(browser.stored.size).toBe(0);
});

test('a field that was used begins with what it holds now', async () => {
  const popup = await Drafts.open();
  popup.text('rename:bob', 'Bob').value = 'Robert';
  popup.forget('rename:bob');
  expect(popup.text('rename:bob', 'Robert').value).toBe('Robert');
  popup.text('rename:bob', 'Robert').value = 'Bob';
  expect((await Drafts.open()).text('rename:bob', 'Robert').value).toBe('Bob');
});

test('a search that was left for long is given up, a link is not', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const popup = await Drafts.open();
  popup.text('search', '', 600_000).value = 'bo';
  popup.text('link').value = 'ffc:1:abc';
  vi.setSystemTime(Date.now() + 599_000);
  expect((await Drafts.open()).text('search', '', 600_000).value).toBe('bo');
  vi.setSystemTime(Date.now() + 2_000);
  const later = await Drafts.open();
  expect(later.text('search', '', 600_000).value).toBe('');
  expect(later.text('link').value).toBe('ffc:1:abc');
});
