// "Check my connection" in the settings: the real browser asks real relays and a real TURN server, and says in words what it found.
// Pictures of each outcome go to artifacts/screens.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../../tools/relays/nostr-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { kindsFor, launchBrowser } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { clickButton, find, waitForText } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { createIdentity, settingsPage } from '../support/journeys/journeys.ts';
import { changeSettings } from '../support/journeys/stored-settings.ts';
import { hasTurnServer, startTurnServer, type TurnServer } from '../support/journeys/turn-server.ts';

const login = { username: 'family', credential: 'two words' };

describe.each(kindsFor('Firefox'))('%s', (kind) => {
  let relay: LocalRelay;
  let second: LocalRelay;
  let alice: DrivenBrowser;
  let turn: TurnServer;

  beforeAll(async () => {
    [relay, second] = await Promise.all([startMqttRelay({ record: false }), startNostrRelay({ record: false })]);
    alice = await launchBrowser(kind, { name: 'Alice' });
    const { page } = await createIdentity(alice, { name: 'Alice', relays: [relay.url, second.url] });
    await page.close();
    if (hasTurnServer()) turn = await startTurnServer({ user: login.username, password: login.credential });
  });

  afterAll(async () => {
    await alice?.close();
    await turn?.close();
    await Promise.all([relay?.close(), second?.close()]);
  });

  /** Runs the check on a fresh settings page and waits for its sentence. */
  async function check(sentence: RegExp): Promise<Page> {
    const page = await settingsPage(alice, 'network');
    await clickButton(page, 'Check my connection');
    await waitForText(page, sentence, 25_000);
    await find(page, 'list', 'What was found');
    return page;
  }

  /** Every finding as the page shows it: topic and sentences. */
  async function findings(page: Page): Promise<string> {
    const list = await find(page, 'list', 'What was found');
    return list.evaluate((element) => element.textContent ?? '');
  }

  describe('with nothing but relays', () => {
    // README.md#leaves-server-test
    test('says what can be known without any server, and asks only the relays', async () => {
      const page = await check(/Calls work on your own network/);
      const said = await findings(page);
      expect(said).toMatch(/Relays\s+Good:\s+2 of 2 working/);
      expect(said).toMatch(/Not tested: you have no STUN or TURN server/);
      expect(said).toMatch(/Browser\s+Good:\s+It lets calls use this computer’s addresses/);
      await inspect(page, 'connection-check-no-servers', [1280, 360], '.connection-check');
      await page.close();
    });

    test('shows what is being checked while it runs', async () => {
      const page = await settingsPage(alice, 'network');
      await clickButton(page, 'Check my connection');
      await waitForText(page, /Your relays: (being checked|done)/);
      await waitForText(page, /Calls work on/, 25_000);
      await page.close();
    });

    test('one relay is down: the other one is enough, and it says so', async () => {
      const port = Number(new URL(second.url).port);
      await second.close();
      const page = await check(/Calls work on your own network/);
      expect(await findings(page)).toMatch(/1 of 2 working/);
      await page.close();
      second = await startNostrRelay({ record: false, port });
    });

    test('the text to copy holds no address and no name of a server', async () => {
      const page = await check(/Calls work on your own network/);
      await page.evaluate(() => {
        const kept: string[] = [];
        Object.assign(window, { kept });
        navigator.clipboard.writeText = async (written) => void kept.push(written);
      });
      await clickButton(page, 'Copy as text');
      const [copied = ''] = (await page.evaluate('kept')) as string[];
      expect(copied).toMatch(/^Calls work on your own network.*\n/);
      expect(copied).toMatch(/\n- Router: /);
      expect(copied).not.toMatch(/\d+\.\d+\.\d+|:\/\/|::|localhost/);
      await page.close();
    });
  });

  test.each([
    ['no relay', [], /No one can call you/],
    ['a relay that is not there', ['ws://localhost:9'], /None of your relays is responding/],
  ] as const)('with %s it names the trouble first', async (_what, relays, sentence) => {
    await changeSettings(alice, { relays });
    const page = await check(sentence);
    await inspect(page, `connection-check-relays-${relays.length}`, [1280, 360], '.connection-check');
    await page.close();
    await changeSettings(alice, { relays: [relay.url, second.url] });
  });

  describe.skipIf(!hasTurnServer())('with a TURN server', () => {
    test('that works: ready, and by which ways', async () => {
      const urls = ['udp', 'tcp'].map((way) => `turn:${turn.place}?transport=${way}`);
      await changeSettings(alice, {
        iceServers: [{ urls: `stun:${turn.place}` }, ...urls.map((url) => ({ urls: url, ...login }))],
      });
      const page = await check(/Your network is ready for calls/);
      const said = await findings(page);
      expect(said).toMatch(/UDP traffic\s+Good:\s+It gets out, and replies come back/);
      expect(said).toMatch(/TURN server\s+Good:\s+It works over UDP, TCP/);
      expect(said).toMatch(/IPv4 addresses only/);
      await inspect(page, 'connection-check-ready', [1280, 360], '.connection-check');
      await page.close();
    });

    test('with a wrong password: what does not work, and what to do', async () => {
      await changeSettings(alice, {
        iceServers: [{ urls: `turn:${turn.place}`, ...login, credential: 'wrong' }],
      });
      const page = await check(/Your TURN server doesn’t work/);
      await waitForText(page, /Check the TURN server’s user name and password/);
      expect(await findings(page)).toMatch(/It rejects the user name or password/);
      await inspect(page, 'connection-check-wrong-password', [1280, 360], '.connection-check');
      await page.close();
    });

    test('that is not there, beside one that works', async () => {
      const places = [turn.place, `${turn.address}:9`];
      await changeSettings(alice, {
        iceServers: places.map((place) => ({ urls: `turn:${place}?transport=tcp`, ...login })),
      });
      const page = await check(/Your network is ready for calls/);
      expect(await findings(page)).toMatch(/1 of 2 work/);
      await page.close();
    });

    test('a STUN server that is silent is named', async () => {
      await changeSettings(alice, { iceServers: [{ urls: `stun:${turn.address}:9` }] });
      const page = await check(/Your servers aren’t responding: they’re down, or your network blocks calls/);
      await page.close();
    });
  });
});
