// The number of missed calls on the toolbar icon, and its tooltip.
import browser from 'webextension-polyfill';
import { text } from '../ui/texts/text.ts';

const missedColour = '#b3261e';

export async function showMissedCount(missed: number): Promise<void> {
  await browser.action.setBadgeBackgroundColor({ color: missedColour });
  await browser.action.setBadgeText({ text: missed === 0 ? '' : missed > 99 ? '99+' : String(missed) });
  await browser.action.setTitle({ title: missed === 0 ? text('productName') : text('badgeMissed', String(missed)) });
}
