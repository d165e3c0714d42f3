// What the toolbar icon tells: missed calls by their number, do not disturb by a sign and another colour, both in its tooltip.
import browser from 'webextension-polyfill';
import type { Quiet } from '../core/data/quiet-times.ts';
import { quietWords } from '../ui/texts/quiet-words.ts';
import { text } from '../ui/texts/text.ts';

const missedColour = '#b3261e';
const quietColour = '#4a5568';
/** As in comics: understood where a word would not fit. */
const quietSign = 'zZ';

export async function showOnIcon(missed: number, quiet: Quiet | undefined, now: number): Promise<void> {
  const count = missed === 0 ? '' : missed > 99 ? '99+' : String(missed);
  const title = missed === 0 ? text('productName') : text('badgeMissed', String(missed));
  await browser.action.setBadgeBackgroundColor({ color: quiet ? quietColour : missedColour });
  await browser.action.setBadgeText({ text: count || (quiet ? quietSign : '') });
  await browser.action.setTitle({ title: quiet ? `${title}\n${quietWords(quiet, now)}` : title });
}
