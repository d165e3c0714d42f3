// The background's look at whether it is quiet: what is over is cleared away although nothing ran meanwhile, and the icon tells what is so now.
import { beforeEach, expect, test } from 'vitest';
import { type News, QuietWatch } from '../../src/background/quiet-watch.ts';
import { type Quiet, quietFor } from '../../src/core/data/quiet-times.ts';
import { defaultSettings, type Settings } from '../../src/core/data/settings.ts';

const hour = 3_600_000;
const noon = new Date(2026, 9, 14, 12).getTime();

let settings: Settings;
let now: number;
let shown: [News, Quiet | undefined][];
let written: number;

const news: News = { missed: 2, requests: 1, knocks: 0, messages: 0 };

/** A background that has just been started: nothing but what is stored is left of the one before. */
const started = () =>
  new QuietWatch({
    clock: { now: () => now },
    settings: async () => settings,
    keep: async (left) => {
      written += 1;
      settings = { ...settings, ...left };
    },
    news: async () => news,
    show: async (told, quiet) => void shown.push([told, quiet]),
  });

beforeEach(() => {
  [settings, now, shown, written] = [defaultSettings, noon, [], 0];
});

test('do not disturb ends although the background slept through its end', async () => {
  settings = { ...settings, quietWhile: quietFor('hour', noon) };
  await started().look();
  expect(shown).toEqual([[news, { why: 'chosen', until: noon + hour }]]);
  now += 5 * hour;
  await started().look();
  expect(shown.at(-1)).toEqual([news, undefined]);
  expect([settings.quietWhile, written]).toEqual([undefined, 1]);
});

// Seen to fail with the while that was chosen shown as it stands.
test('do not disturb begins anew, once, when the clock was set back by two hours', async () => {
  settings = { ...settings, quietWhile: quietFor('hour', noon) };
  now = noon - 2 * hour;
  const watch = started();
  await Promise.all([watch.look(), watch.look()]);
  expect([settings.quietWhile?.until, written]).toEqual([now + hour, 1]);
  expect(shown.at(-1)).toEqual([news, { why: 'chosen', until: now + hour }]);
});

test('nothing is written while nothing changes', async () => {
  settings = { ...settings, quietHours: { on: true, days: [3], from: 11 * 60, to: 13 * 60 } };
  await started().look();
  expect([shown, written]).toEqual([[[news, { why: 'hours', until: noon + hour }]], 0]);
});
