// The call to go back to, as the background tells of it.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { CallElsewhere, HeldCall } from '../core/call/requests.ts';
import { watchView } from '../platform/extension/session-view.ts';

/** @returns the call that goes on, or else one on hold; undefined while there is none. */
export function watchedHeldCall(): ReadonlySignal<HeldCall | undefined> {
  const goesOn = signal<HeldCall | undefined>(undefined);
  const onHold = signal<HeldCall | undefined>(undefined);
  watchView('heldCall', (held) => {
    goesOn.value = held;
  });
  watchView('callsOnHold', (held) => {
    onHold.value = held?.[0];
  });
  return computed(() => goesOn.value ?? onHold.value);
}

/** Shows the page of a call. @returns false where it is gone. */
export async function isShown(held: Pick<HeldCall, 'tabId'> | undefined): Promise<boolean> {
  if (!held) return false;
  try {
    const tab = await browser.tabs.update(held.tabId, { active: true });
    if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
    return true;
  } catch {
    return false;
  }
}

/** @returns the calls that other own devices have told of since somebody looked here last. */
export function watchedElsewhere(): ReadonlySignal<readonly CallElsewhere[]> {
  const calls = signal<readonly CallElsewhere[]>([]);
  watchView('callsElsewhere', (all) => {
    calls.value = all ?? [];
  });
  return calls;
}
