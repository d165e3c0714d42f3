// Firefox's own question for camera and microphone, which it asks at each call until somebody ticks "Remember": answered in its real
// dialog by people who have never answered it, one with yes and one with no. Chromium's question cannot be reached by a test.
import { test } from 'vitest';
import { type Kinds, pairsFor } from '../support/drivers/browser-kinds.ts';
import { FirefoxUi } from '../support/drivers/browser-ui.ts';
import { clickButton, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { hears, sees } from '../support/journeys/call-checks.ts';
import { pages } from '../support/journeys/journeys.ts';
import { callFromPopup, contactsPage, ringingPage, untilConnected } from '../support/journeys/two-people.ts';
import { kept } from '../support/runner/cleanups.ts';
import { Pair } from '../support/worlds/pair.ts';

const pairs = pairsFor(['Firefox', 'Firefox']);

/** People who have never answered the question. An answer holds for a while, although it was for once: each test has its own. */
const newPair = async (kinds: Kinds): Promise<Pair> => kept(await Pair.meet(kinds, { permissions: 'none' }));

test.each(pairs.filter(([, callee]) => callee === 'Firefox'))(
  '%s calls %s: both say yes, the callee after the click on Accept; they see and hear each other',
  async (...kinds) => {
    const { alice, bob } = await newPair(kinds);
    const contacts = await contactsPage(alice);
    await clickButton(contacts, 'Call Bob');
    const a = await alice.waitForPage((url) => url.includes(pages.call));
    await contacts.close();
    if (alice.kind === 'Firefox') await new FirefoxUi(alice).answerDevices('Allow');
    await clickButton(a, 'Start call');
    const b = await ringingPage(bob);
    await clickButton(b, 'Accept with video');
    await new FirefoxUi(bob).answerDevices('Allow');
    await untilConnected(a, b);
    await sees(a, bob);
    await hears(a, bob);
  },
);

test('the callee says no: the call comes about all the same, and a sentence says how to allow them', async () => {
  const { alice, bob } = await newPair(['Chromium', 'Firefox']);
  const a = await callFromPopup(alice, 'Bob');
  const b = await ringingPage(bob);
  await clickButton(b, 'Accept with video');
  await new FirefoxUi(bob).answerDevices('Block');
  await untilConnected(a, b);
  await waitForText(b, /allow/i);
  await clickButton(a, 'Leave call');
  await waitForStatus(b, /^Call ended/);
});
