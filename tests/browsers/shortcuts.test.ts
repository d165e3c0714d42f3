// The keys that work anywhere in the browser, pressed for real: answer, leave, decline, call again, open the contacts.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { browserKinds } from '../support/drivers/browser-kinds.ts';
import { type BrowserUi, uiOf } from '../support/drivers/browser-ui.ts';
import { find, waitForStatus } from '../support/drivers/page-actions.ts';
import { VirtualDisplay } from '../support/drivers/virtual-display.ts';
import { pages } from '../support/journeys/journeys.ts';
import { callFromPopup, ringingPage, untilConnected } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { Pair } from '../support/worlds/pair.ts';

describe.each(browserKinds)("Bob's %s", (kind) => {
  let display: VirtualDisplay | undefined;
  let pair: Pair;
  let ui: BrowserUi;

  beforeAll(async () => {
    if (kind === 'Chromium') display = await VirtualDisplay.start();
    pair = await Pair.meet(['Chromium', kind], { bobsDisplay: display });
    ui = uiOf(pair.bob, display);
  });

  afterEach(() => pair.hangUp());

  afterAll(async () => {
    await pair?.close();
    await display?.stop();
  });

  test('Alt+Shift+Y answers the call that rings, and Alt+Shift+U leaves it', async () => {
    const a = await callFromPopup(pair.alice, 'Bob');
    const b = await ringingPage(pair.bob);
    await find(b, 'button', 'Accept with video');
    await ui.pressAltShift('Y');
    await untilConnected(a, b);
    await ui.pressAltShift('U');
    await Promise.all([a, b].map((page) => waitForStatus(page, /^Call ended/)));
  });

  test('Alt+Shift+U declines a call that rings', async () => {
    const a = await callFromPopup(pair.alice, 'Bob');
    await find(await ringingPage(pair.bob), 'button', 'Decline');
    await ui.pressAltShift('U');
    expect(await waitForStatus(a, /^Call ended/)).toMatch(/declined/i);
  });

  test('Alt+Shift+L prepares a call to the last one again', async () => {
    await pair.bob.showOrdinaryPage();
    await ui.pressAltShift('L');
    const page = await pair.bob.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await find(page, 'button', 'Start call');
  });

  test('Alt+Shift+K opens the contacts', async () => {
    await pair.bob.showOrdinaryPage();
    await ui.pressAltShift('K');
    await until(() => pair.bob.isToolbarPopupOpen(), { what: 'the popup' });
  });
});
