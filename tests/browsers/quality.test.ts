// How well a call gets through, as the two people see it: bars, the panel of figures, and what the choice of a quality
// sends.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import { clickButton, find, has, lookAt, waitForText } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { settingsPage } from '../support/journeys/journeys.ts';
import { connect } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { Pair } from '../support/worlds/pair.ts';

/** The cells of a line in the panel: what is sent, what is received. `group` is the heading above it. */
async function figures(page: Page, group: string, line: string): Promise<readonly string[]> {
  return page.$$eval(
    '.stats-table tbody',
    (bodies, wantedGroup, wantedLine) => {
      const body = bodies.find((one) => one.querySelector('.stats-group')?.textContent === wantedGroup);
      const row = [...(body?.rows ?? [])].find((one) => one.cells[0]?.textContent === wantedLine);
      return [...(row?.cells ?? [])].slice(1).map((cell) => cell.textContent ?? '');
    },
    group,
    line,
  );
}

async function untilFigure(page: Page, group: string, line: string, at: 0 | 1, fits: (text: string) => boolean) {
  let last: readonly string[] = [];
  await until(
    async () => {
      last = await figures(page, group, line);
      return fits(last[at] ?? '');
    },
    { withinMs: 40_000, what: `${group}, ${line}` },
  ).catch((cause: unknown) => {
    throw new Error(`"${line}" of "${group}" says ${JSON.stringify(last)}`, { cause });
  });
}

async function chooseQuality(page: Page, quality: string): Promise<void> {
  await lookAt(page);
  await clickButton(page, 'Camera and audio');
  await (await find(page, 'combobox', 'Video quality')).select(quality);
  await clickButton(page, 'Done');
}

function heightOf(size: string): number | undefined {
  const height = /× (\d+)$/.exec(size)?.[1];
  return height === undefined ? undefined : Number(height);
}

function kilobits(rate: string): number | undefined {
  const found = /^([\d.]+) ([kM])bit\/s$/.exec(rate);
  return found ? Number(found[1]) * (found[2] === 'M' ? 1000 : 1) : undefined;
}

describe.each(pairsFor(['Firefox', 'Chromium']))('%s calls %s', (...kinds) => {
  let pair: Pair;
  let a: Page;

  beforeAll(async () => {
    pair = await Pair.meet(kinds, { cameras: 'of any size' });
    ({ a } = await connect(pair.alice, pair.bob));
  });

  afterAll(() => pair?.close());

  test('bars for both sides, and a panel that says which way the call runs; its copy holds no address', async () => {
    await find(a, 'button', 'Connection: good');
    await lookAt(a);
    await a.keyboard.press('i');
    await find(a, 'region', 'Connection details');
    await waitForText(a, /Direct/);
    await untilFigure(a, 'Audio', 'Codec', 0, (text) => text === 'opus');
    await untilFigure(a, 'Video', 'Frames per second', 1, (text) => Number(text) > 3);
    expect((await figures(a, 'Network', 'Address (here, there)')).every((address) => address.length > 3)).toBe(true);
    await inspect(a, 'call-statistics', [1280, 420]);
    await a.evaluate(() => {
      Object.assign(globalThis, { copied: '' });
      navigator.clipboard.writeText = async (text) => {
        Object.assign(globalThis, { copied: text });
      };
    });
    await clickButton(a, 'Copy as text');
    const copied = await until(async () => (await a.evaluate('copied')) as string, { what: 'the copy' });
    expect(copied).toMatch(/Route: Direct/);
    expect(copied).not.toMatch(/\d+\.\d+\.\d+\.\d+|[0-9a-f]{1,4}::?[0-9a-f]|\.local/);
    await a.keyboard.press('Escape');
    expect(await has(a, 'region', 'Connection details')).toBe(false);
  });

  test('saving data makes a smaller picture with fewer bits at once, and calls keep to it', async () => {
    await lookAt(a);
    await a.keyboard.press('i');
    await untilFigure(a, 'Video', 'Size', 0, (text) => /^\d+ × \d+$/.test(text));
    await chooseQuality(a, 'save');
    await untilFigure(a, 'Video', 'Size', 0, (text) => (heightOf(text) ?? 999) <= 360);
    await untilFigure(a, 'Video', 'Target bitrate', 0, (text) => (kilobits(text) ?? 999) <= 220);
    await untilFigure(a, 'Network', 'Bitrate', 0, (text) => (kilobits(text) ?? 999) <= 320);
    const options = await settingsPage(pair.alice, 'devices');
    await until(() => options.$$eval('select', (selects) => selects.some((select) => select.value === 'save')), {
      what: 'the choice in the settings',
    });
    await options.close();
    await chooseQuality(a, 'balanced');
    await untilFigure(a, 'Video', 'Target bitrate', 0, (text) => (kilobits(text) ?? 0) > 300);
  });
});
