// The film of a recording, made by a real browser: who is where and when, what is heard, chapters, and nothing of it while a call is up.

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compositePlan } from '../../../src/core/recording/composite-plan.ts';
import { keptRecording } from '../../../src/core/recording/kept-recording.ts';
import type { FirstLine, FurtherLine } from '../../../src/core/recording/recording-log.ts';
import { browserKinds, launchBrowser } from '../../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../../support/drivers/driven-browser.ts';
import { clickButton, find, reload, waitForText } from '../../support/drivers/page-actions.ts';
import { inspect } from '../../support/drivers/screen-inspection.ts';
import { type Clip, keepRecording } from '../../support/journeys/kept-recording.ts';
import {
  chaptersOf,
  colourAt,
  complaintsAbout,
  recordedFiles,
  secondsOf,
  shareOfTone,
} from '../../support/journeys/recorded-files.ts';
import { until } from '../../support/runner/condition.ts';

const [alice, bob, carol, dave] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [
  string,
  string,
  string,
  string,
];
const folder = '00112233445566778899aabbccddeeff';
const first: FirstLine = {
  ...{ t: 'recording', v: 1, id: Buffer.from(folder, 'hex').toString('base64url') },
  ...{ person: alice, name: 'Bob, Carol and Dave', startedAt: Date.UTC(2026, 10, 9, 17, 40) },
};
const begin = (person: string, file: string, at: number): FurtherLine => ({
  ...{ t: 'segment', at, file, person, part: 'camera', mime: 'video/webm' },
});
/** Carol comes later, Bob turns his camera off, Dave says no; a pause of two seconds, after which Alice is alone with Dave. */
const lines: readonly FurtherLine[] = [
  { t: 'came', at: 0, person: alice, name: 'Alice' },
  { t: 'came', at: 0, person: bob, name: 'Bob' },
  { t: 'came', at: 0, person: dave, name: 'Dave' },
  { t: 'answer', at: 0, person: bob, yes: true, e: '', s: '' },
  { t: 'answer', at: 0, person: dave, yes: false, e: '', s: '' },
  begin(alice, 'aaaaaaaa-camera-0.webm', 0),
  begin(bob, 'bbbbbbbb-camera-1.webm', 0),
  { t: 'came', at: 3_000, person: carol, name: 'Carol' },
  { t: 'answer', at: 3_000, person: carol, yes: true, e: '', s: '' },
  begin(carol, 'cccccccc-camera-2.webm', 3_000),
  { t: 'marker', at: 4_000, person: bob, text: 'Decision' },
  { t: 'picture', at: 6_000, person: bob, part: 'camera', on: false },
  ...['aaaaaaaa-camera-0', 'bbbbbbbb-camera-1', 'cccccccc-camera-2'].map(
    (name): FurtherLine => ({ t: 'ended', at: 8_000, file: `${name}.webm` }),
  ),
  { t: 'paused', at: 8_000 },
  { t: 'left', at: 8_000, person: bob },
  { t: 'left', at: 8_000, person: carol },
  { t: 'resumed', at: 10_000 },
  begin(alice, 'aaaaaaaa-camera-3.webm', 10_000),
  { t: 'ended', at: 12_000, file: 'aaaaaaaa-camera-3.webm' },
  { t: 'stopped', at: 12_000, why: 'stopped' },
];
const clips: readonly Clip[] = [
  { file: 'aaaaaaaa-camera-0.webm', colour: 'red', toneHz: 440, seconds: 8 },
  { file: 'bbbbbbbb-camera-1.webm', colour: 'lime', toneHz: 700, seconds: 8 },
  { file: 'cccccccc-camera-2.webm', colour: 'blue', toneHz: 1_000, seconds: 5 },
  { file: 'aaaaaaaa-camera-3.webm', colour: 'red', toneHz: 440, seconds: 2 },
];
const size = { width: 1280, height: 720 };
const plan = compositePlan(keptRecording({ first, lines }), size);

/** Who is seen in the film at a moment, by the plan, and as which colour. */
async function seenAt(path: string, seconds: number): Promise<ReadonlyMap<string, string>> {
  const scene = plan.scenes.find(({ fromMs, toMs }) => fromMs <= seconds * 1_000 && seconds * 1_000 < toMs);
  const seen = new Map<string, string>();
  for (const { person, box } of scene?.places ?? []) seen.set(person, await colourAt(path, seconds, box));
  return seen;
}

const isColour = (colour: string | undefined) => /^[a-z]+$/.test(colour ?? '');

describe.each(browserKinds)('%s', (kind) => {
  let browser: DrivenBrowser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser(kind, { name: 'Alice' });
    page = await browser.page('src/recordings/index.html');
    await keepRecording(page, folder, [first, ...lines], clips);
    await reload(page);
  });

  afterAll(() => browser?.close());

  const filmFiles = async () => [...(await recordedFiles(page))].filter(([name]) => name.includes('-film'));
  const setCall = (isUp: boolean) =>
    page.evaluate(async (up) => {
      const { storage } = ((globalThis as { browser?: unknown }).browser ??
        (globalThis as { chrome?: unknown }).chrome) as {
        storage: { session: { set(items: object): Promise<void>; remove(key: string): Promise<void> } };
      };
      await (up ? storage.session.set({ heldCall: { tabId: 1 } }) : storage.session.remove('heldCall'));
    }, isUp);

  test('waits for the end of a call, and leaves nothing behind when nobody wants it any more', async () => {
    await setCall(true);
    await clickButton(page, 'Save film');
    await waitForText(page, /The film will be made after your call/);
    expect(await filmFiles()).toEqual([]);
    await clickButton(page, 'Cancel film');
    await find(page, 'button', 'Save film');
    await setCall(false);
    expect(await filmFiles()).toEqual([]);
  });

  test('has everybody who agreed where they stood, when they were there, and ffmpeg finds nothing wrong', async () => {
    await clickButton(page, 'Save film');
    await until(async () => (await filmFiles()).some(([name]) => /film\.(?:mp4|webm)$/.test(name)), {
      what: 'the film',
      withinMs: 60_000,
    });
    const [[name = '', path = ''] = []] = await filmFiles();
    expect(name).toMatch(kind === 'Firefox' ? /\.webm$/ : /\.mp4$/);
    expect(await complaintsAbout(path)).toBe('');
    expect(await secondsOf(path)).toBeGreaterThan(9.5);
    expect(await secondsOf(path)).toBeLessThan(10.5);
    expect(await chaptersOf(path)).toEqual([
      { title: 'Beginning', from: 0, to: 4 },
      { title: 'Decision', from: 4, to: 10 },
    ]);
    const early = await seenAt(path, 1.5);
    expect([early.get(alice), early.get(bob), early.has(carol)]).toEqual(['red', 'green', false]);
    expect(isColour(early.get(dave))).toBe(false);
    const middle = await seenAt(path, 4.5);
    expect([middle.get(alice), middle.get(bob), middle.get(carol)]).toEqual(['red', 'green', 'blue']);
    const dark = await seenAt(path, 7);
    expect([dark.get(alice), isColour(dark.get(bob)), dark.get(carol)]).toEqual(['red', false, 'blue']);
    const late = await seenAt(path, 9);
    expect([...late.keys()]).toEqual([alice, dave]);
    expect(late.get(alice)).toBe('red');
    for (const toneHz of [440, 700, 1_000]) expect(await shareOfTone(path, toneHz)).toBeGreaterThan(0.1);
    await inspect(page, `recordings-film-${kind}`, [1280, 360]);
  });
});
