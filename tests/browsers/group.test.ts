// Three people in one call, each in a real browser: one brings in the third, all see and hear each other, people come and go.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay } from '../../scripts/local-relays.mjs';
import { extensionDir } from '../support/built-extension.ts';
import { hears, sees } from '../support/call-checks.ts';
import { until } from '../support/condition.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { aliceMedia, bobMedia, carolMedia, daveMedia } from '../support/generated-media.ts';
import { createIdentity } from '../support/journeys.ts';
import { clickButton, fill, find, has, screenshot, textOf, waitForText } from '../support/page-actions.ts';
import { becomeContacts, connect, contactsPage, joinContacts, ringingPage } from '../support/two-people.ts';

let relay: LocalRelay;
let alice: ExtensionBrowser;
let bob: ExtensionBrowser;
let carol: ExtensionBrowser;
let dave: ExtensionBrowser;

beforeAll(async () => {
  relay = await startMqttRelay({ record: false });
  [alice, bob, carol, dave] = (await Promise.all(
    [
      { name: 'Alice', media: aliceMedia },
      { name: 'Bob', media: bobMedia },
      { name: 'Carol', media: carolMedia },
      { name: 'Dave', media: daveMedia },
    ].map(({ name, media }) => ExtensionBrowser.launch({ name, extensionDir, media })),
  )) as [ExtensionBrowser, ExtensionBrowser, ExtensionBrowser, ExtensionBrowser];
  await becomeContacts(alice, bob, [relay.url]);
  // Bob and Carol do not know each other.
  await joinContacts(carol, alice, relay.url);
});

afterAll(async () => {
  await Promise.all([alice, bob, carol, dave].map((one) => one?.close()));
  await relay?.close();
});

describe('a third person is brought into a running call', () => {
  let a: Page;
  let b: Page;
  let c: Page;

  test('all three see and hear each other; Bob is told who brought Carol', async () => {
    ({ a, b } = await connect(alice, bob));
    await clickButton(a, 'Add person');
    await clickButton(a, 'Add Carol');
    c = await ringingPage(carol);
    await clickButton(c, 'Accept with video');
    await find(a, 'region', 'Carol', 20_000);
    await find(b, 'region', 'Carol', 20_000);
    await find(c, 'region', 'Bob', 20_000);
    for (const [page, others] of [
      [a, [bob, carol]],
      [b, [alice, carol]],
      [c, [alice, bob]],
    ] as const)
      for (const other of others) {
        await sees(page, other);
        await hears(page, other);
      }
    await screenshot(a, 'artifacts/screens/group-three-a.png');
    await screenshot(b, 'artifacts/screens/group-three-b.png');
    await screenshot(c, 'artifacts/screens/group-three-c.png');
  });

  test('the one who started it leaves: the other two go on', async () => {
    await clickButton(a, 'Leave call');
    await until(async () => !(await has(b, 'region', 'Alice')), { what: 'Alice to go', withinMs: 15_000 });
    await sees(b, carol);
    await sees(c, bob);
    expect(await has(c, 'region', 'Alice')).toBe(false);
  });

  test('a guest with the link asks, is let in, and sees and hears both', async () => {
    const { page: first } = await createIdentity(dave, { name: 'Dave', relays: [relay.url] });
    await first.close();
    await clickButton(b, 'Add person');
    await clickButton(b, 'Make a guest link');
    const link = await textOf(b, 'Guest link');
    await clickButton(b, 'Done');
    const popup = await contactsPage(dave);
    await clickButton(popup, 'Add contact');
    await fill(popup, 'Contact link', link);
    await waitForText(popup, /Bob invites guests/);
    await screenshot(popup, 'artifacts/screens/guest-link.png');
    await clickButton(popup, 'Ask to join');
    const d = await dave.waitForPage((url) => url.includes('guest='));
    await clickButton(d, 'Start call');
    await find(b, 'button', 'Admit Dave', 20_000);
    await screenshot(b, 'artifacts/screens/guest-knocks.png');
    await clickButton(b, 'Admit Dave');
    for (const other of [bob, carol]) {
      await sees(d, other);
      await hears(d, other);
    }
    await sees(c, dave);
    await sees(b, dave);
    await clickButton(d, 'Leave call');
    await until(async () => !(await has(c, 'region', 'Dave')), { what: 'Dave to go', withinMs: 15_000 });
    await sees(c, bob);
  });
});
