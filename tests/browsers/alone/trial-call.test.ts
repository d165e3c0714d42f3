// A call with oneself, between two windows of one browser: no relay is set, and nobody else is there.
import { expect, test } from 'vitest';
import { kindsFor, launchBrowser } from '../../support/drivers/browser-kinds.ts';
import { clickButton, find, waitForStatus, waitForText } from '../../support/drivers/page-actions.ts';
import { sees } from '../../support/journeys/call-checks.ts';
import { openChat, say, untilMessage } from '../../support/journeys/chat-steps.ts';
import { createIdentity, settingsPage } from '../../support/journeys/journeys.ts';
import { kept } from '../../support/runner/cleanups.ts';
import { aliceMedia } from '../../support/samples/generated-media.ts';

const isTrial = (url: string): boolean => url.includes('src/trial/index.html');

test.each(kindsFor('Chromium'))('%s: somebody calls themself with no relay, and is told what worked', async (kind) => {
  const alice = kept(await launchBrowser(kind, { name: 'Alice', media: aliceMedia }));
  await (await createIdentity(alice, { name: 'Alice', relays: [] })).page.close();
  const settings = await settingsPage(alice, 'devices');
  await (await find(settings, 'link', 'Call yourself in a second window')).click();
  const first = await alice.waitForPage(isTrial);
  await waitForText(first, /You’re about to call yourself/);
  await clickButton(first, 'Start call');
  const second = await alice.waitForPage((url) => isTrial(url) && url.includes('second='));
  await waitForText(second, /This is your own call from the first window/);
  await clickButton(second, 'Accept with video', 20_000);
  await waitForStatus(first, /^Connected/, 30_000);
  await sees(first, { name: 'Alice (second window)', devices: alice.devices });
  await sees(second, { name: 'Alice (first window)', devices: alice.devices });
  // Its microphone began switched off.
  await find(second, 'button', 'Unmute microphone');
  await openChat(first, second);
  await say(first, 'Is this me?');
  await untilMessage(second, 'Is this me?');
  await clickButton(first, 'Leave call');
  await find(first, 'heading', 'Your test call is over');
  const worked = await first.$$eval('li.arrived', (items) => items.map((item) => item.textContent));
  expect(worked).toEqual(expect.arrayContaining(['CameraArrived', 'ChatArrived']));
  await waitForText(second, /The first window shows what worked/);
});
