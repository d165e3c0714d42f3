// A message that is left after a call that was not answered: recorded, sealed, carried in the next call, played.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pairsFor } from '../../support/drivers/browser-kinds.ts';
import { clickButton, clickRole, find, waitForStatus, waitForText } from '../../support/drivers/page-actions.ts';
import { inspect } from '../../support/drivers/screen-inspection.ts';
import { knownMessages, messageFiles, openedMessage } from '../../support/journeys/left-messages.ts';
import { colourAt, complaintsAbout, secondsOf, shareOfTone } from '../../support/journeys/recorded-files.ts';
import { storedContacts } from '../../support/journeys/stored-contacts.ts';
import { callFromPopup, connect, contactsPage, ringingPage } from '../../support/journeys/two-people.ts';
import { until } from '../../support/runner/condition.ts';
import { Pair } from '../../support/worlds/pair.ts';

const messagesPage = 'src/messages/index.html';
const isMessages = (url: string) => url.includes(messagesPage);

describe.each(pairsFor(['Chromium', 'Chromium']))('%s leaves a message for %s', (...kinds) => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await Pair.meet(kinds);
  });

  afterEach(() => pair.hangUp());
  afterAll(() => pair?.close());

  // README.md#leaves-messages, README.md#protects-messages
  test('who has declined reads of it, gets it in the next call, and sees and hears who left it', async () => {
    const { alice, bob } = pair;
    const a = await callFromPopup(alice, 'Bob');
    await clickButton(await ringingPage(bob), 'Decline');
    await waitForStatus(a, /^Call ended/);
    await clickButton(a, 'Leave a message');
    const recorder = await alice.waitForPage(isMessages);
    await clickButton(recorder, 'Video message');
    await clickButton(recorder, 'Start recording');
    await find(recorder, 'heading', 'Recording');
    await waitForText(recorder, /0:01 of 3:00/);
    await clickButton(recorder, 'Stop');
    await find(recorder, 'heading', 'Your message');
    await inspect(recorder, 'message-review', [1280, 420]);
    await clickButton(recorder, 'Record again');
    await clickButton(recorder, 'Start recording');
    await waitForText(recorder, /0:03 of 3:00/);
    await inspect(recorder, 'message-recording', [1280, 420]);
    // The page is gone in the middle of it: what was recorded can be sent all the same.
    await alice.closePages(isMessages);
    const list = await alice.page(messagesPage);
    await waitForText(list, /Not sent/);
    await clickRole(list, 'link', 'Watch and send');
    await find(list, 'heading', 'Your message');
    await clickButton(list, 'Send');
    await find(list, 'heading', 'Your message is ready for Bob');
    const [sent] = await knownMessages(list);
    expect(sent).toMatchObject({ state: 'waiting', kind: 'video', direction: 'out' });
    // Nothing of it lies open any more.
    expect(await messageFiles(list)).toEqual([`${sent?.m}.bytes`]);

    const popup = await contactsPage(bob);
    await waitForText(popup, /comes with your next call/);
    await connect(bob, alice);
    await find(popup, 'button', 'Play the message from Alice');
    await clickButton(list, 'All messages');
    await waitForText(list, /Delivered/);
    expect(await messageFiles(list)).toEqual([]);
    await pair.hangUp();

    const [got] = await knownMessages(popup);
    if (!got) throw new Error('Bob knows of no message');
    const ownId = (await storedContacts(alice))[0]?.id ?? '';
    const path = await openedMessage(popup, got, ownId);
    const { picture, toneHz } = alice.devices;
    expect(await complaintsAbout(path)).toBe('');
    expect(await secondsOf(path)).toBeGreaterThan(1.5);
    if (picture !== 'changing')
      expect(await colourAt(path, 1, { left: 0, top: 0, width: 320, height: 240 })).toBe(picture);
    expect(await shareOfTone(path, toneHz)).toBeGreaterThan(0.5);

    await clickButton(popup, 'Play the message from Alice');
    const player = await bob.waitForPage(isMessages);
    await until(
      () =>
        player.evaluate(() => {
          const video = document.querySelector('video');
          return video !== null && video.currentTime > 0.5 && video.videoWidth > 0 && Number.isFinite(video.duration);
        }),
      { what: 'the message to play' },
    );
    await inspect(player, 'message-player', [1280, 420]);
    expect((await knownMessages(player))[0]?.state).toBe('heard');
    await clickButton(player, 'Delete');
    await find(player, 'dialog', 'Delete this message?');
    await clickButton(player, 'Delete');
    await waitForText(player, /No messages/);
    expect(await messageFiles(player)).toEqual([]);
  });
});
