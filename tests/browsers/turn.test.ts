// STUN and TURN servers by choice, with a real coturn: what a test of each says, passwords made of a shared secret, and calls in which
// the other side learns no address of ours.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../tools/relays/relay-process.mjs';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import {
  clickButton,
  clickRole,
  fill,
  find,
  has,
  waitForStatus,
  waitForText,
} from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { sees } from '../support/journeys/call-checks.ts';
import { connectionFacts } from '../support/journeys/connection-checks.ts';
import { pages, settingsPage } from '../support/journeys/journeys.ts';
import { addServer, fillServer, removeServer, testedAs, useServers } from '../support/journeys/server-settings.ts';
import { hasTurnServer, startTurnServer, type TurnServer } from '../support/journeys/turn-server.ts';
import { callFromPopup, connect, contactsPage, ringingPage } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { Pair } from '../support/worlds/pair.ts';

const signIn = { user: 'alice', password: 'Right-Password' };
const secret = 'a secret of the own server';

if (!hasTurnServer())
  test.skip('coturn is not on this machine: the tests with a TURN server are left out', () => undefined);

describe.runIf(hasTurnServer()).each(pairsFor(['Chromium', 'Firefox']))('%s and %s', (...kinds) => {
  let turn: TurnServer;
  let pair: Pair;
  let alice: DrivenBrowser;
  let bob: DrivenBrowser;

  beforeAll(async () => {
    [pair, turn] = await Promise.all([Pair.meet(kinds), startTurnServer(signIn)]);
    ({ alice, bob } = pair);
  });

  afterEach(() => pair.hangUp());

  afterAll(async () => {
    await pair?.close();
    await turn?.close();
  });

  /** Opens the settings, works there, and removes every server again. */
  async function inSettings(work: (page: Page) => Promise<void>): Promise<void> {
    const page = await settingsPage(alice, 'network');
    try {
      await work(page);
      const count = () => page.$$eval('[aria-label="Servers"] .quiet-danger', (buttons) => buttons.length);
      for (let left = await count(); left > 0; left = await count()) {
        await page.$eval('[aria-label="Servers"] .quiet-danger', (button) => (button as HTMLElement).click());
        await until(async () => (await count()) < left, { what: 'the server to be gone' });
      }
      await waitForText(page, /no third party is involved/);
    } finally {
      await page.close();
    }
  }

  test('each test says what the server gave, and what is wrong when it gave nothing', async () => {
    await inSettings(async (page) => {
      const closed = await freePort();
      await addServer(page, { address: `turn:${turn.place}`, ...signIn });
      await addServer(page, { address: `turn:${turn.place}?transport=tcp`, ...signIn });
      await addServer(page, { address: `turns:${turn.tlsPlace}`, ...signIn });
      await addServer(page, { address: `stun:${turn.place}` });
      await addServer(page, { address: `turn:${turn.address}:${closed}`, ...signIn });
      await addServer(page, { address: `turn:${turn.address}:${closed}?transport=tcp`, ...signIn });
      await addServer(page, { address: 'stun:nobody.invalid' });

      expect(await testedAs(page, `TURN/UDP ${turn.place}`)).toContain(`Relay address ${turn.address} works (UDP).`);
      expect(await testedAs(page, `TURN/TCP ${turn.place}`)).toContain(`Relay address ${turn.address} works (TCP).`);
      expect(await testedAs(page, `TURN/TLS ${turn.tlsPlace}`)).toMatch(/No secure connection.*\(701\).*certificate/);
      expect(await testedAs(page, `STUN ${turn.place}`)).toMatch(/Found your public address|The server answered/);
      expect(await testedAs(page, `TURN/TCP ${turn.address}:${closed}`)).toMatch(/can’t be reached \(701\)/);
      // Firefox does not tell why it cannot ask.
      expect(await testedAs(page, 'STUN nobody.invalid:3478')).toMatch(
        alice.kind === 'Firefox' ? /can’t be reached \(701\)/ : /No server with this name.*\(701\)/,
      );
      expect(await testedAs(page, `TURN/UDP ${turn.address}:${closed}`)).toMatch(
        /^No reply within 6 seconds\..*try the same server over TCP or TLS/,
      );
      await inspect(page, 'options-servers-tested');
      await clickButton(page, 'Test all servers');
      await waitForText(page, /3 of 7 servers work/, 15_000);
    });
  });

  test('a wrong password is said to be one (401), and is mended in place', async () => {
    await inSettings(async (page) => {
      const name = `TURN/UDP ${turn.place}`;
      await addServer(page, { address: `turn:${turn.place}`, user: signIn.user, password: 'wrong' });
      expect(await testedAs(page, name)).toMatch(/rejects this user name and password \(401\)/);
      await clickButton(page, `Edit ${name}`);
      await find(page, 'heading', `Change ${name}`);
      await inspect(page, 'options-server-edited');
      await fill(page, 'Password', signIn.password);
      await clickButton(page, 'Test server');
      await waitForText(page, /Relay address .* works/);
      await clickButton(page, 'Save server');
      await waitForText(page, / saved\./);
      expect(await testedAs(page, name)).toContain(`Relay address ${turn.address} works (UDP).`);
      // Whoever works by keyboard goes on where they were.
      expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe(`Test ${name}`);
    });
  });

  test('a password is made of the shared secret for each test, and is stored nowhere', async () => {
    const own = await startTurnServer({ secret });
    try {
      await inSettings(async (page) => {
        await addServer(page, { address: `turn:${own.place}`, secret, user: 'alice' });
        await addServer(page, { address: `turn:${own.place}?transport=tcp`, secret });
        await waitForText(page, /As alice, with a new password for each call/);
        for (const way of ['UDP', 'TCP'])
          expect(await testedAs(page, `TURN/${way} ${own.place}`)).toContain(`works (${way})`);
        expect(own.log()).toMatch(/user <\d{10}:alice>/);
        const stored = await page.evaluate(
          () =>
            new Promise((resolve, reject) => {
              const opening = indexedDB.open('freeflow-connect');
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const reading = opening.result.transaction('settings').objectStore('settings').get('own');
                reading.onsuccess = () => resolve(reading.result.iceServers);
                opening.result.close();
              };
            }),
        );
        expect(stored).toEqual([
          { urls: `turn:${own.place}`, username: 'alice', secret },
          { urls: `turn:${own.place}?transport=tcp`, secret },
        ]);
        await fillServer(page, { address: `turns:${own.tlsPlace}`, secret: 'another' });
        await clickButton(page, 'Show shared secret');
        await find(page, 'button', 'Hide shared secret');
        await fill(page, 'Server address', `turn:${own.address}:${own.port}`);
        await clickButton(page, 'Test server');
        await waitForText(page, /rejects a password made from this secret \(401\)/);
      });
    } finally {
      await own.close();
    }
  });

  test('a password with other letters than plain ones is sent, or the browser that does not send it is named', async () => {
    const own = await startTurnServer({ user: 'alice', password: 'Pässwort' });
    try {
      await inSettings(async (page) => {
        await addServer(page, { address: `turn:${own.place}`, user: 'alice', password: 'Pässwort' });
        const said = await testedAs(page, `TURN/UDP ${own.place}`);
        expect(said).toMatch(
          alice.kind === 'Firefox' ? /can’t send a TURN server passwords with letters like/ : /works \(UDP\)/,
        );
      });
    } finally {
      await own.close();
    }
  });

  const howToConnect = async (choice: 'Direct' | 'Hide my address'): Promise<void> => {
    const popup = await contactsPage(alice);
    await clickButton(popup, 'More about Bob');
    await clickRole(popup, 'radio', choice);
    // Where it is wished and cannot be, only that is said.
    const hidden = /Your address stays hidden from Bob|You have no TURN server, so you can’t call Bob/;
    await waitForText(popup, choice === 'Direct' ? /Calls with Bob are direct now/ : hidden);
    if (choice !== 'Direct') await inspect(popup, 'popup-hide-address', [380, 320]);
    await popup.close();
  };

  test('hidden, but with no TURN server: no call begins, nobody rings, and each side hears a true sentence', async () => {
    await howToConnect('Hide my address');
    const said = pair.relay.received();
    const popup = await contactsPage(alice);
    await clickButton(popup, 'Call Bob');
    const a = await alice.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await waitForText(a, /Your address can’t be hidden in this call/);
    await inspect(a, 'call-before-address');
    await clickButton(a, 'Start call');
    await popup.close();
    await waitForStatus(a, /^Call ended: address not hidden/);
    await waitForText(a, /needs a working TURN server/);
    await inspect(a, 'call-ended-address', [1280, 420]);
    expect(pair.relay.received(), 'words that went over the relay').toBe(said);
    await clickButton(a, 'Network settings');
    await alice.waitForPage((url) => url.endsWith(`${pages.options}#network`));
    await alice.closePages((url) => url.endsWith('#network'));
    await pair.hangUp();

    const b = await callFromPopup(bob, 'Alice');
    const ringing = await ringingPage(alice);
    await waitForText(ringing, /Your address can’t be hidden in this call/);
    await inspect(ringing, 'call-incoming-address', [440]);
    await clickButton(ringing, 'Accept with video');
    await waitForStatus(ringing, /^Call ended: address not hidden/);
    await waitForStatus(b, /^Call ended: declined/);
  });

  // README.md#protects-address
  test('hidden: the call goes over the TURN server, whoever calls, and the other side is told no other address', async () => {
    await useServers(alice, { address: `turn:${turn.place}`, ...signIn }, { address: `stun:${turn.place}` });
    for (const [caller, callee] of [
      [alice, bob],
      [bob, alice],
    ] as const) {
      const { a, b } = await connect(caller, callee);
      await sees(a, callee);
      const [ofAlice, ofBob] = caller === alice ? [a, b] : [b, a];
      const [hers, his] = [await connectionFacts(ofAlice), await connectionFacts(ofBob)];
      expect(hers.pair?.local).toBe('relay');
      expect(hers.iceServers, 'a STUN server has nothing to give here').toEqual([`turn:${turn.place}`]);
      expect(his.told.length).toBeGreaterThan(0);
      for (const line of his.told) expect(line).toMatch(/ typ relay raddr 0\.0\.0\.0 rport 0\b/);
      await clickButton(a, 'Leave call');
      await waitForStatus(b, /^Call ended/);
      await pair.hangUp();
    }
    expect(turn.log()).toMatch(/peer usage|usage: realm/);
  });

  // The control of the test above: what it looks for is there when the address is not hidden.
  test('direct: the same two people, and the other side is told host addresses', async () => {
    await howToConnect('Direct');
    const { a, b } = await connect(alice, bob);
    const [hers, his] = [await connectionFacts(a), await connectionFacts(b)];
    expect(hers.pair?.local).not.toBe('relay');
    expect(his.told.some((line) => / typ host/.test(line))).toBe(true);
  });

  test('hidden in all calls by one switch: the popup says so, and a TURN server that is down ends the call with that sentence', async () => {
    const options = await settingsPage(alice, 'privacy');
    await clickButton(options, 'Hide my address in all calls');
    await waitForText(options, /Hide my address in all calls: on/);
    const popup = await contactsPage(alice);
    await clickButton(popup, 'More about Bob');
    await waitForText(popup, /You’ve chosen in Settings/);
    expect(await has(popup, 'radio', 'Direct')).toBe(true);
    await popup.close();
    await turn.close();
    const b = await callFromPopup(bob, 'Alice');
    const ringing = await ringingPage(alice);
    await waitForText(ringing, /Your IP address stays hidden from Bob/);
    await clickButton(ringing, 'Accept with video');
    await waitForStatus(ringing, /^Call ended: address not hidden/, 20_000);
    await waitForStatus(b, /^Call ended: connection failed/);
    // With no TURN server left the switch itself says what it means.
    await clickRole(options, 'link', 'Network');
    for (const name of [`TURN/UDP ${turn.place}`, `STUN ${turn.place}`]) await removeServer(options, name);
    await clickRole(options, 'link', 'Privacy');
    await waitForText(options, /you can’t make or accept calls until you add one/);
    await inspect(options, 'options-hide-address');
    await options.close();
  });
});
