// Two calls, each in a page of its own: one goes on, the other is on hold (docs/decisions/0038-two-calls.md). The background's own wiring, with
// the browser's tabs, storage and locks stood in for.
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { openOutgoing } from '../../src/background/call-tabs.ts';
import type { Stores } from '../../src/background/extension-world.ts';
import { HeldCalls } from '../../src/background/held-calls.ts';
import type { Listening } from '../../src/background/listening.ts';
import { liveAs } from '../../src/platform/extension/page-life.ts';
import { readView } from '../../src/platform/extension/session-view.ts';
import { fakeExtension as browser } from '../support/doubles/fake-extension.ts';
import { fakeLocks } from '../support/doubles/fake-locks.ts';
import { until } from '../support/runner/condition.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-extension.ts')).fakeExtension,
}));
vi.stubGlobal('navigator', { locks: fakeLocks });
afterAll(() => void vi.unstubAllGlobals());
beforeEach(() => {
  browser.reset();
  fakeLocks.reset();
});

/** Carol and Bob, each in a page of their own; Bob's came later. */
async function two() {
  const settled: string[] = [];
  let freed = 0;
  const runner = {
    settle: async (callId: string) => void settled.push(callId),
    held: async () => undefined,
    freed: async () => {
      freed += 1;
    },
  };
  const heldCalls = new HeldCalls({
    listening: async () => ({ runner }) as unknown as Listening,
    stores: async () => ({ notes: { removeOf: async () => undefined } }) as unknown as Stores,
    isKept: async () => false,
    onDoor: async () => undefined,
    onKnockGone: async () => undefined,
    onLetGo: () => undefined,
    fault: (error) => {
      throw error;
    },
  });
  const tabs: number[] = [];
  for (const page of ['carol', 'bob']) {
    const { id: tabId } = browser.openTab(browser.runtime.getURL('src/call/index.html'));
    tabs.push(tabId);
    await liveAs(page);
    await heldCalls.hold({
      ...{ callId: `call of ${page}`, contactId: page, contactName: page, direction: 'incoming', linked: true },
      ...{ tabId, page },
    });
  }
  return { heldCalls, settled, freed: () => freed, tabs };
}
const pages = async () => {
  const [goesOn, onHold] = [await readView('heldCall'), (await readView('callsOnHold')) ?? []];
  return [goesOn?.page, onHold.map(({ page }) => page)];
};

test('two calls never go on together: the later one does, and the other is on hold', async () => {
  const { heldCalls } = await two();
  expect(await pages()).toEqual(['bob', ['carol']]);
  // Told once more, as with a door that is opened.
  const held = await readView('callsOnHold');
  if (held?.[0]) await heldCalls.hold(held[0]);
  expect(await pages()).toEqual(['bob', ['carol']]);
});

test('two calls are swapped, and the tab of the one that goes on is shown', async () => {
  const { heldCalls, tabs } = await two();
  await heldCalls.goOn('carol');
  expect(await pages()).toEqual(['carol', ['bob']]);
  expect(browser.focused.at(-1)).toBe(tabs[0]);
  await heldCalls.setAside('carol');
  expect(await pages()).toEqual([undefined, ['carol', 'bob']]);
  await heldCalls.goOn('nobody');
  expect(await pages()).toEqual([undefined, ['carol', 'bob']]);
});

test('two calls of which one ends: the other stays on hold until a person goes on with it, and is what a click on Call shows', async () => {
  const { heldCalls, tabs, freed } = await two();
  await heldCalls.letGo(tabs[1] ?? -1);
  expect(await pages()).toEqual([undefined, ['carol']]);
  expect(freed()).toBe(0);
  expect(await openOutgoing(['dave'], 'video')).toBe(false);
  expect(browser.focused.at(-1)).toBe(tabs[0]);
  await heldCalls.letGo(tabs[0] ?? -1);
  expect(await pages()).toEqual([undefined, []]);
  expect(freed()).toBe(1);
});

test('two calls of which one crashes: nobody goes on waiting for it', async () => {
  const { settled } = await two();
  fakeLocks.crash('page:carol');
  await until(async () => settled.length === 1, { what: 'the call on hold to be let go of' });
  expect(await pages()).toEqual(['bob', []]);
});

// Seen to fail with every call that is held put in place of the one that goes on.
test('a ring that cannot be taken puts nothing on hold', async () => {
  const { heldCalls, tabs } = await two();
  const { id: tabId } = browser.openTab(browser.runtime.getURL('src/call/index.html?ring=x'));
  await liveAs('ring');
  const call = { callId: 'x', contactId: 'dave', contactName: 'Dave', direction: 'incoming', linked: false } as const;
  await heldCalls.hold({ ...call, tabId, page: 'ring' });
  await heldCalls.letGo(tabId);
  expect(await pages()).toEqual(['bob', ['carol']]);
  expect(tabs).not.toContain(tabId);
});
