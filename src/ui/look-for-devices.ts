// Tells the background that a person looks.
import { request } from '../platform/extension/messenger.ts';

/** Their other devices are asked, if there may be any. @param byHand the person has asked for it: also where no other device is known. */
export async function lookForDevices(byHand = false): Promise<void> {
  await request('lookForDevices', { byHand }).catch(() => undefined);
}

/** Whoever opens the popup sees what is so now: relays that wait are tried, other devices are asked. */
export function somebodyLooks(): void {
  void request('retryRelays', undefined).catch(() => undefined);
  void lookForDevices();
}
