// An idle Chromium and an idle Firefox, side by side and with no debugger on them, that ring at the end of a long time, and again after
// a lid was closed. Not part of npm test: `FFC_IDLE_MINUTES=60 npx vitest run --project idle`. Writes artifacts/idle.json.
import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limitMs } from '../../tools/machine/limits.mjs';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { extensionDir, firefoxExtensionDir } from '../support/drivers/built-extension.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { ExtensionBrowser } from '../support/drivers/extension-browser.ts';
import { FirefoxBrowser } from '../support/drivers/firefox-browser.ts';
import { NotificationDaemon } from '../support/drivers/notification-daemon.ts';
import { clickButton, find, waitForStatus } from '../support/drivers/page-actions.ts';
import { UnattendedBrowser } from '../support/drivers/unattended-browser.ts';
import { createIdentity, pages } from '../support/journeys/journeys.ts';
import { addContactInTab, closeCallPages, contactsPage, untilListening } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';

const idleMs = Number(process.env['FFC_IDLE_MINUTES'] ?? 60) * 60_000;
const lidMs = 120_000;
const lookEveryMs = 100;

/** Somebody whose browser is left alone, and what is seen of it from outside. */
interface Idler {
  readonly name: string;
  readonly browser: 'Chromium' | 'Firefox';
  readonly relay: LocalRelay;
  readonly bus: NotificationDaemon;
  readonly unattended: UnattendedBrowser;
  readonly profile: DrivenBrowser;
}

const browsers = ['Chromium', 'Firefox'] as const;
const idlers = new Map<Idler['browser'], Idler>();
const results: Record<string, Record<string, number>> = {};
let alice: ExtensionBrowser;
let alicesRelay: LocalRelay;
let idleSince = 0;

const idler = (browser: Idler['browser']): Idler => {
  const found = idlers.get(browser);
  if (!found) throw new Error(`${browser} did not start`);
  return found;
};

async function makeIdler(browser: Idler['browser'], aliceLink: string): Promise<void> {
  const [relay, bus] = await Promise.all([startMqttRelay({ record: true }), NotificationDaemon.start()]);
  const options = { name: browser === 'Chromium' ? 'Bob' : 'Carol', notifications: bus };
  const profile =
    browser === 'Chromium'
      ? await ExtensionBrowser.launch({ ...options, extensionDir })
      : await FirefoxBrowser.launch({ ...options, extensionDir: firefoxExtensionDir });
  const { page, contactLink } = await createIdentity(profile, { name: options.name, relays: [relay.url] });
  await page.close();
  await addContactInTab(profile, aliceLink, 'Alice');
  await addContactInTab(alice, contactLink, options.name);
  await profile.stop();
  await until(() => relay.connections() === 0, { what: 'the driven browser to be gone from the relay' });
  const unattended =
    profile instanceof FirefoxBrowser
      ? await UnattendedBrowser.firefox(profile)
      : UnattendedBrowser.chromium(profile as ExtensionBrowser);
  idlers.set(browser, { name: options.name, browser, relay, bus, unattended, profile });
  await until(() => relay.connections() === 1, { withinMs: 60_000, what: `${browser} to listen by itself` });
}

beforeAll(async () => {
  alicesRelay = await startMqttRelay({ record: false });
  alice = await ExtensionBrowser.launch({ name: 'Alice', extensionDir });
  const { page, contactLink } = await createIdentity(alice, { name: 'Alice', relays: [alicesRelay.url] });
  await page.close();
  for (const browser of browsers) await makeIdler(browser, contactLink);
  await alice.stop();
  idleSince = performance.now();
});

afterAll(async () => {
  await alice?.close();
  for (const { unattended, profile, relay, bus } of idlers.values()) {
    await unattended.stop();
    await profile.close();
    await Promise.all([relay.close(), bus.stop()]);
  }
  await alicesRelay?.close();
  await mkdir('artifacts', { recursive: true });
  await writeFile('artifacts/idle.json', JSON.stringify(results, null, 2));
  console.log(JSON.stringify(results, null, 2));
});

const note = (browser: string, facts: Record<string, number>): void => {
  results[browser] = { ...results[browser], ...facts };
};

/** Alice calls; how long after the invite was at the relay it rings on the idler's desktop, in ms. */
async function ringTime({ name, relay, bus }: Idler, withinMs: number): Promise<number> {
  const contacts = await contactsPage(alice);
  await clickButton(contacts, `Call ${name}`);
  const page = await alice.waitForPage((url) => url.includes(`${pages.call}?to=`));
  await contacts.close();
  await find(page, 'button', 'Start call');
  const before = relay.received();
  const started = clickButton(page, 'Start call');
  await until(() => relay.received() > before, { withinMs: 20_000, everyMs: 5, what: 'the invite at the relay' });
  const invitedAt = Date.now();
  await started;
  const shown = await bus.waitForNotification(({ summary }) => summary === 'Alice is calling', withinMs);
  await clickButton(page, 'Cancel call');
  await waitForStatus(page, /^Call ended/);
  await closeCallPages(alice);
  await bus.waitForNotification(({ summary }) => summary.includes('Missed call from Alice'));
  for (const { id } of bus.open) bus.dismiss(id);
  return shown.shownAt - invitedAt;
}

/** Looks at a relay again and again until the time is over. @returns the longest time that the idler was not there, in ms. */
async function longestGap({ relay }: Idler, durationMs: number): Promise<number> {
  let [longest, seenAt] = [0, performance.now()];
  await until(
    () => {
      const now = performance.now();
      if (relay.connections() > 0) seenAt = now;
      longest = Math.max(longest, now - seenAt);
      return now - idleSince > durationMs;
    },
    { withinMs: durationMs + 60_000, everyMs: lookEveryMs, what: 'the idle time to be over' },
  );
  return longest;
}

test(
  'left alone for the whole time, both stay on their relays',
  async () => {
    await Promise.all(
      browsers.map(async (browser) => {
        const one = idler(browser);
        const before = one.relay.handshakes.length;
        const gap = await longestGap(one, idleMs);
        note(browser, {
          idleMinutes: Math.round(idleMs / 60_000),
          reconnections: one.relay.handshakes.length - before,
          longestGapMs: Math.round(gap),
        });
      }),
    );
    await alice.start();
    await untilListening(alice);
    for (const browser of browsers) expect(idler(browser).relay.connections(), browser).toBe(1);
  },
  idleMs + limitMs(180_000),
);

describe.each(browsers)('%s', (browser) => {
  test('rings within 2 s of the invite', async () => {
    const ms = await ringTime(idler(browser), 60_000);
    note(browser, { ringAfterIdleMs: ms });
    expect(ms).toBeLessThanOrEqual(2_000);
  });
});

test('after a closed lid both come back by themselves and ring within 2 s', { timeout: limitMs(400_000) }, async () => {
  for (const browser of browsers) idler(browser).unattended.pause();
  const pausedAt = performance.now();
  await until(() => performance.now() - pausedAt > lidMs, { withinMs: lidMs + 10_000, what: 'two minutes of sleep' });
  for (const browser of browsers) idler(browser).unattended.resume();
  const resumedAt = performance.now();
  await Promise.all(
    browsers.map(async (browser) => {
      const { relay } = idler(browser);
      await until(() => relay.connections() > 0, { withinMs: 90_000, everyMs: 20, what: `${browser} to be back` });
      note(browser, { backAfterLidMs: Math.round(performance.now() - resumedAt) });
    }),
  );
  for (const browser of browsers) {
    const ms = await ringTime(idler(browser), 60_000);
    note(browser, { ringAfterLidMs: ms });
    expect(ms, browser).toBeLessThanOrEqual(2_000);
  }
});
