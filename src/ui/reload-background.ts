// Tells the background that something was written which it must read again. Says so when it does not answer: what was written stays.
import { request } from '../platform/extension/messenger.ts';
import { announce } from './live-region.tsx';
import { text } from './texts/text.ts';

export async function reloadBackground(): Promise<void> {
  try {
    await request('reload', undefined);
  } catch {
    announce(text('uiBackgroundSilent'));
  }
}
