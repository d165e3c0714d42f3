// The call to go back to, as the background tells of it.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { HeldCall } from '../core/call/requests.ts';
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
