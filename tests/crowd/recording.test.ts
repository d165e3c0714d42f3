// A recording between two real browsers: the question, the sign, and what is in the files afterwards.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNostrRelay } from '../../tools/relays/nostr-relay.mjs';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import { clickButton, find, has, waitForText } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { hears, sees } from '../support/journeys/call-checks.ts';
import { pages } from '../support/journeys/journeys.ts';
import {
  coloursIn,
  complaintsAbout,
  newestLog,
  recordedFiles,
  secondsOf,
  shareOfTone,
} from '../support/journeys/recorded-files.ts';
import { Trio } from '../support/journeys/trio.ts';
import { connect, letInEachOther, ringingPage } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { aliceMedia, bobMedia, carolMedia } from '../support/samples/generated-media.ts';
import { Pair } from '../support/worlds/pair.ts';

/** In the bar, or in its menu where the bar is narrow. */
async function askEverybody(page: Page): Promise<void> {
  await page.bringToFront();
  if (!(await has(page, 'button', 'Record…'))) await clickButton(page, 'More');
  await clickButton(page, 'Record…');
  await clickButton(page, 'Ask everyone');
}

/** Waits until Alice's recording has run for four seconds at least, as somebody who is asked sees it: the call has a time of its own. */
const untilRecordedLong = (page: Page) =>
  until(
    async () => {
      const sign = await find(page, 'region', 'Alice’s recording');
      return /0:(?:0[4-9]|[1-5]\d)/.test(await sign.evaluate(({ textContent }) => textContent));
    },
    { what: 'four seconds of the recording', withinMs: 20_000 },
  );

const pairs = pairsFor(['Firefox', 'Chromium'], ['Chromium', 'Firefox']);

describe.each(pairs)('%s records, %s is asked', (recorder, asked) => {
  /** Each browser's screens once. */
  const looksAt = (kind: string) => recorder === 'Chromium' || kind !== 'Chromium';
  let pair: Pair;
  let a: Page;
  let b: Page;

  beforeAll(async () => {
    pair = await Pair.meet([recorder, asked], { startRelay: (options) => startNostrRelay(options) });
    ({ a, b } = await connect(pair.alice, pair.bob));
    await sees(a, pair.bob);
    await hears(a, pair.bob);
  });

  afterAll(() => pair?.close());

  test('Bob says no: nothing is recorded, and no file exists', async () => {
    await askEverybody(a);
    await waitForText(b, /Alice wants to record this call/);
    if (looksAt(asked)) await inspect(b, `recording-question-${asked}`, [1280, 360]);
    await clickButton(b, 'Leave me out');
    await waitForText(a, /Nothing is recorded: no yes from Bob/);
    expect(await recordedFiles(a)).toEqual(new Map());
    expect(await b.title()).not.toContain('●');
  });

  test('Bob says yes: both see that it runs, and for how long', async () => {
    await askEverybody(a);
    await waitForText(b, /Alice asks again whether they may record/);
    await clickButton(b, 'Record me');
    await waitForText(b, /Alice is recording/);
    await waitForText(b, /You’re in it/);
    await waitForText(a, /You’re recording Bob/);
    await until(async () => (await b.title()).startsWith('● '), { what: 'the title', withinMs: 5_000 });
    if (looksAt(asked)) await inspect(b, `recording-banner-${asked}`, [1280, 360]);
  });

  test('Bob stops it for both', async () => {
    // What is recorded meanwhile is looked at below.
    await untilRecordedLong(b);
    await clickButton(b, 'Stop recording');
    await waitForText(a, /Bob has stopped the recording/);
    await until(async () => !(await has(b, 'region', 'Alice’s recording')), { what: 'the sign', withinMs: 10_000 });
    await until(async () => (await newestLog(a)).at(-1)?.['t'] === 'stopped', {
      what: 'the end of the log',
      withinMs: 10_000,
    });
  });

  test('each has a file with their own picture and voice, and ffmpeg finds nothing wrong', async () => {
    const page = await pair.alice.page(pages.options);
    const files = await recordedFiles(page);
    const tracks = [...files].filter(([name]) => !name.endsWith('.jsonl'));
    expect(tracks.length).toBeGreaterThanOrEqual(2);
    // A file ends where the other's codec changes, and the next one goes on.
    const seconds = new Map<string, number>();
    for (const [name, path] of tracks) {
      expect(await complaintsAbout(path), name).toBe('');
      const person = name.split('-')[1] ?? '';
      seconds.set(person, (seconds.get(person) ?? 0) + (await secondsOf(path)));
    }
    expect(seconds.size).toBe(2);
    for (const of of seconds.values()) expect(of).toBeGreaterThan(3);
    // Firefox's fake camera shows one colour after another.
    const people = [pair.alice.devices, pair.bob.devices].map((devices) => ({ ...devices, seen: new Set<string>() }));
    for (const [name, path] of tracks) {
      const shares = await Promise.all(people.map(({ toneHz }) => shareOfTone(path, toneHz)));
      const mine = people[shares.indexOf(Math.max(...shares))];
      expect(Math.max(...shares), name).toBeGreaterThan(0.3);
      expect(Math.min(...shares), name).toBeLessThan(0.05);
      for (const colour of await coloursIn(path)) mine?.seen.add(colour);
    }
    for (const { picture, seen } of people)
      if (picture === 'changing') expect(seen.size).toBeGreaterThan(2);
      else expect([...seen]).toEqual([picture]);
  });

  test('the page of recordings plays both together, and finds a place in them', async () => {
    const page = await pair.alice.page('src/recordings/index.html');
    await waitForText(page, /Recorded with their consent: Bob/);
    await clickButton(page, 'Watch');
    await clickButton(page, 'Play', 20_000);
    const times = () =>
      page.evaluate(() => [...document.querySelectorAll('video')].map(({ currentTime }) => currentTime));
    await until(async () => (await times()).filter((time) => time > 1).length >= 2, {
      what: 'both to play',
      withinMs: 20_000,
    });
    await clickButton(page, 'Pause');
    await page.evaluate(() => {
      const line = document.querySelector<HTMLInputElement>('.player-time');
      if (!line) throw new Error('no line of time');
      line.value = '3000';
      line.dispatchEvent(new Event('input', { bubbles: true }));
    });
    // A file that began later is less far.
    const isThere = (all: readonly number[]) =>
      all.some((time) => time > 2.5) && all.filter((time) => time > 0.2 && time < 3.1).length >= 2;
    await until(async () => isThere(await times()), { what: 'the place', withinMs: 10_000 });
    if (asked === 'Chromium') await inspect(page, `recordings-page-${recorder}`, [1280, 360]);
  });

  // A browser that is driven over BiDi cannot be killed by its driver.
  test.runIf(recorder === 'Chromium')(
    'the browser is killed while it records: less than a second is lost',
    async () => {
      await askEverybody(a);
      // He has stopped the last one.
      await waitForText(b, /Alice asks again whether they may record/);
      await clickButton(b, 'Record me');
      await untilRecordedLong(b);
      const { browser } = pair.alice;
      const gone = new Promise<void>((resolve) => {
        browser.once('disconnected', () => resolve());
      });
      const killedAt = Date.now();
      browser.process()?.kill('SIGKILL');
      await gone;
      await pair.alice.start();
      const page = await pair.alice.page('src/recordings/index.html');
      await waitForText(page, /Was interrupted, and is kept up to there/);
      await clickButton(page, 'Watch');
      await find(page, 'button', 'Play', 20_000);
      const log = await newestLog(page);
      const startedAt = Number(log[0]?.['startedAt']);
      const ended = new Set(log.filter(({ t }) => t === 'ended').map(({ file }) => file));
      const segments = log.filter(({ t, file }) => t === 'segment' && !ended.has(file));
      expect(segments.length).toBe(2);
      const files = await recordedFiles(page);
      // Each recording numbers its files anew.
      const folder = Buffer.from(String(log[0]?.['id']), 'base64url').toString('hex');
      for (const { file, at } of segments) {
        const path = files.get(`${folder}-ready-${String(file)}`) ?? '';
        expect(await complaintsAbout(path)).toBe('');
        const expected = (killedAt - startedAt - Number(at)) / 1_000;
        expect(await secondsOf(path), `${String(file)} of ${expected} s`).toBeGreaterThan(expected - 1);
      }
    },
  );
});

describe('three people, of whom Carol does not want to be recorded', () => {
  let trio: Trio;
  let a: Page;
  let b: Page;
  let c: Page;

  beforeAll(async () => {
    trio = await Trio.meet(['Chromium', 'Chromium', 'Chromium']);
    ({ a, b } = await connect(trio.alice, trio.bob));
    await clickButton(a, 'Add person');
    await clickButton(a, 'Add Carol');
    await clickButton(a, 'Done');
    c = await ringingPage(trio.carol);
    await clickButton(c, 'Accept with video');
    await letInEachOther({ page: b, name: 'Bob' }, { page: c, name: 'Carol' });
    await Promise.all([sees(a, trio.bob), sees(a, trio.carol)]);
  });

  afterAll(() => trio?.close());

  test('she is seen and heard in the call, and nothing of her is in any file', async () => {
    await askEverybody(a);
    await clickButton(b, 'Record me', 20_000);
    await clickButton(c, 'Leave me out', 20_000);
    await waitForText(a, /left out: Carol/);
    await waitForText(c, /You’re left out/);
    await untilRecordedLong(c);
    await sees(a, trio.carol);
    await clickButton(a, 'Stop recording');
    await until(async () => (await newestLog(a)).at(-1)?.['t'] === 'stopped', {
      what: 'the end of the log',
      withinMs: 10_000,
    });
    const tracks = [...(await recordedFiles(a))].filter(([name]) => !name.endsWith('.jsonl'));
    expect(tracks.length).toBeGreaterThanOrEqual(2);
    for (const [name, path] of tracks) {
      expect(await coloursIn(path), name).not.toContain(carolMedia.colour);
      expect(await shareOfTone(path, carolMedia.toneHz), name).toBeLessThan(0.05);
      expect(await complaintsAbout(path), name).toBe('');
    }
    const hues = await Promise.all(tracks.map(async ([, path]) => new Set(await coloursIn(path))));
    expect(hues).toEqual(expect.arrayContaining([new Set([aliceMedia.colour]), new Set([bobMedia.colour])]));
  });
});
