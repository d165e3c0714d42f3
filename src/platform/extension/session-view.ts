// The background's view of the moment (rings, relays, the held call) in storage.session: the background writes, pages read and watch.
import browser from 'webextension-polyfill';
import type { SessionView } from '../../core/call/requests.ts';

/** Writes one part of the view; undefined removes it. */
export async function writeView<Key extends keyof SessionView>(
  key: Key,
  value: SessionView[Key] | undefined,
): Promise<void> {
  if (value === undefined) await browser.storage.session.remove(key);
  else await browser.storage.session.set({ [key]: value });
}

export async function readView<Key extends keyof SessionView>(key: Key): Promise<SessionView[Key] | undefined> {
  return (await browser.storage.session.get(key))[key] as SessionView[Key] | undefined;
}

/** Calls back now and after each change of one part of the view. Returns a function that stops it. */
export function watchView<Key extends keyof SessionView>(
  key: Key,
  listener: (value: SessionView[Key] | undefined) => void,
): () => void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>) => {
    const change = changes[key];
    if (change) listener(change.newValue as SessionView[Key] | undefined);
  };
  browser.storage.session.onChanged.addListener(onChanged);
  void readView(key).then(listener);
  return () => browser.storage.session.onChanged.removeListener(onChanged);
}
