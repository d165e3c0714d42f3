// Six people, six browsers on one machine: everybody decodes everybody's picture, and the page still answers.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitMs } from '../../tools/machine/limits.mjs';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { launchBrowser } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { clickButton, has, lookAt, screenshot } from '../support/drivers/page-actions.ts';
import { connect, meet, ringingPage } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { aliceMedia, bobMedia, carolMedia, daveMedia, type MediaSpec } from '../support/samples/generated-media.ts';

const names = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin', 'Frank'] as const;
/** One speaks, five listen, as people do: six voices at once would take half of a small machine. */
const silent = (spec: MediaSpec): MediaSpec => ({ ...spec, toneHz: 0 });
const media = [aliceMedia, ...[bobMedia, carolMedia, daveMedia, aliceMedia, bobMedia].map(silent)];

/** Six large windows full of pictures are half of what a small machine can paint. */
const smallWindow = { width: 640, height: 400 };

let relay: LocalRelay;
let people: DrivenBrowser[] = [];

beforeAll(async () => {
  relay = await startMqttRelay({ record: false });
  people = await Promise.all(
    names.map((name, i) => launchBrowser('Chromium', { name, media: media[i] ?? aliceMedia })),
  );
  const [alice, ...others] = people;
  if (!alice) throw new Error('nobody came');
  // Only Alice knows them all.
  await meet(alice, others, [relay.url]);
}, limitMs(120_000));

afterAll(async () => {
  await Promise.all(people.map((one) => one.close()));
  await relay?.close();
});

/** How many frames of each person this page has painted so far, by name. */
const painted = (page: Page): Promise<Record<string, number>> =>
  page.$$eval('section[aria-label]', (tiles) =>
    Object.fromEntries(
      tiles.flatMap((tile) => {
        const video = tile.querySelector('video');
        const label = tile.getAttribute('aria-label');
        return video && label ? [[label, video.getVideoPlaybackQuality().totalVideoFrames]] : [];
      }),
    ),
  );

/** How many frames came of each while one looked. A tile that paused or came another way begins with a new element, which counts from 0. */
class FrameCount {
  #last: Record<string, number> | undefined;
  readonly #came = new Map<string, number>();

  /** Takes what was painted so far; whose picture has moved since the first look. */
  add(now: Record<string, number>): string[] {
    const last = this.#last ?? now;
    this.#last = now;
    for (const name of names) {
      const [before, after] = [last[name] ?? 0, now[name] ?? 0];
      this.#came.set(name, (this.#came.get(name) ?? 0) + (after < before ? after : after - before));
    }
    return names.filter((name) => (this.#came.get(name) ?? 0) > 2);
  }
}

/** What the tiles say, for the message when somebody is missing. */
const tileTexts = (page: Page): Promise<string> =>
  page.$$eval('section[aria-label]', (tiles) =>
    tiles.map((tile) => `${tile.getAttribute('aria-label')}: ${tile.textContent}`).join(' | '),
  );

/** Says yes to everybody whom the page asks about now. @returns how many they are. */
const letInWhoAsks = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('.newcomers button.primary')];
    return buttons.reduce((count, button) => {
      button.click();
      return count + Number(/\d+/.exec(button.textContent ?? '')?.[0] ?? 1);
    }, 0);
  });

test('all of them see all of them', { timeout: limitMs(400_000) }, async () => {
  const [alice, bob, ...others] = people;
  if (!alice || !bob) throw new Error('nobody came');
  const { a, b } = await connect(alice, bob);
  await b.setViewport(smallWindow);
  const open = [a, b];
  for (const other of others) {
    const { name } = other;
    // The panel stays open from the third person on.
    if (open.length === 3) await clickButton(a, 'People');
    // The panel slides in: a click may meet the place where the button was.
    await until(
      async () => {
        if (await has(a, 'button', `Add ${name}`)) return true;
        await clickButton(a, 'Add person', 2_000);
        return has(a, 'button', `Add ${name}`);
      },
      { withinMs: 60_000, what: `${name} to be offered` },
    );
    await clickButton(a, `Add ${name}`, 30_000);
    await clickButton(a, 'Done');
    const page = await ringingPage(other, 40_000);
    await page.setViewport(smallWindow);
    await clickButton(page, 'Accept with video');
    open.push(page);
  }
  // Only Alice knows the others: each of them says yes to four strangers, to several at once or to one after the other, as they are asked.
  const letIn = open.map(() => 0);
  await until(
    async () => {
      for (const [i, page] of open.entries()) letIn[i] = (letIn[i] ?? 0) + (await letInWhoAsks(page));
      if (letIn.slice(1).some((count) => count < 4)) throw new Error(`let in: ${letIn.join(', ')}`);
      return true;
    },
    { withinMs: 120_000, what: 'five people to be asked about four strangers each' },
  );
  for (const [i, page] of open.entries()) {
    // As large as a person's window, for as long as a person looks.
    await page.setViewport(null);
    await lookAt(page);
    const frames = new FrameCount();
    const seen = await until(
      async () => {
        const moving = frames.add(await painted(page));
        if (moving.length < 5)
          throw new Error(`${names[i]} sees ${moving.join(', ') || 'nobody'} move; tiles: ${await tileTexts(page)}`);
        return moving;
      },
      { withinMs: 180_000, what: `${names[i]} to see five people` },
    );
    expect(seen).toHaveLength(5);
    await screenshot(page, `artifacts/screens/group-of-six-${names[i]?.toLowerCase()}.png`);
    await page.setViewport(smallWindow);
  }
});
