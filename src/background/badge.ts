// What the toolbar icon tells: guests who wait, missed calls and people who have called and are no contacts by their number, do not disturb by a
// sign and another colour, all of it in its tooltip.
import browser from 'webextension-polyfill';
import type { Quiet } from '../core/data/quiet-times.ts';
import { quietWords } from '../ui/texts/quiet-words.ts';
import { plural, text } from '../ui/texts/text.ts';
import type { News } from './quiet-watch.ts';

const newsColour = '#b3261e';
const quietColour = '#4a5568';
/** As in comics: understood where a word would not fit. */
const quietSign = 'zZ';

export async function showOnIcon(
  { missed, requests, knocks, messages }: News,
  quiet: Quiet | undefined,
  now: number,
): Promise<void> {
  const count = knocks + missed + requests + messages;
  const number = count === 0 ? '' : count > 99 ? '99+' : String(count);
  const told = [
    ...(knocks > 0 ? [plural('badgeKnocks', knocks)] : []),
    ...(missed > 0 ? [plural('badgeMissed', missed)] : []),
    ...(messages > 0 ? [plural('badgeMessages', messages)] : []),
    ...(requests > 0 ? [plural('badgeRequests', requests)] : []),
  ];
  const title = [text('productName'), ...told].join(' · ');
  await browser.action.setBadgeBackgroundColor({ color: quiet ? quietColour : newsColour });
  await browser.action.setBadgeText({ text: number || (quiet ? quietSign : '') });
  await browser.action.setTitle({ title: quiet ? `${title}\n${quietWords(quiet, now)}` : title });
}
