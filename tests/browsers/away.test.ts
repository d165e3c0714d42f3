// Someone who is not there, and someone who should not be able to call any more.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { clickButton, find, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { pages } from '../support/journeys/journeys.ts';
import { storedContacts } from '../support/journeys/stored-contacts.ts';
import {
  callFromPopup,
  connect,
  contactLinkOf,
  contactsPage,
  ringingPage,
  untilListening,
} from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { Pair } from '../support/worlds/pair.ts';

/** Waits until every contact has handed over its inbox for friends, which happens in a call. */
const untilFriend = (profile: DrivenBrowser): Promise<boolean> =>
  until(async () => (await storedContacts(profile)).every(({ hasOurInbox }) => hasOurInbox), {
    what: `${profile.name}'s contact to be a friend`,
  });

describe.each(pairsFor(['Chromium', 'Firefox']))('%s calls %s', (...kinds) => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await Pair.meet(kinds);
  });

  afterEach(() => pair.hangUp());
  afterAll(() => pair?.close());

  test('a callee whose browser was off sees the missed call when both are back', async () => {
    const { alice, bob } = pair;
    await bob.stop();
    const a = await callFromPopup(alice, 'Bob');
    // Nobody is told of a call that was given up at once.
    await until(() => a.evaluate(() => performance.now() > 5_000), { what: 'some seconds of calling' });
    await clickButton(a, 'Cancel call');
    await waitForText(a, /will see a missed call from you/);
    await inspect(a, 'call-ended-note-left', [1280, 420]);
    await alice.stop();
    await bob.start();
    await untilListening(bob);
    await alice.start();
    const popup = await contactsPage(bob);
    await waitForText(popup, /Missed call/, 20_000);
    await popup.close();
  });

  test('a new link: whoever only has the old one does not ring, who was in a call does', async () => {
    const { alice, bob } = pair;
    const { a, b } = await connect(alice, bob);
    await Promise.all([untilFriend(alice), untilFriend(bob)]);
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    await pair.hangUp();

    const before = await contactLinkOf(bob);
    const options = await bob.page(pages.options);
    await clickButton(options, 'New link');
    await find(options, 'dialog', 'Make a new contact link?');
    await inspect(options, 'options-new-link', [1280, 420]);
    await clickButton(options, 'New link');
    await waitForText(options, /You have a new link/);
    await options.close();
    expect(await contactLinkOf(bob)).not.toBe(before);

    await callFromPopup(alice, 'Bob');
    await find(await ringingPage(bob), 'button', 'Accept with video');
  });
});
