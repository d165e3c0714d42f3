// A background that was chosen once, in the real browsers: from the first frame on nobody sees the room, neither oneself nor the other side, also
// where the computer turns out to be too slow for it; the room is shown by a click alone. Nothing is asked of any server for it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { kindsFor } from '../../support/drivers/browser-kinds.ts';
import { clickButton, has, waitForText } from '../../support/drivers/page-actions.ts';
import { drawCamera, seenWall } from '../../support/journeys/drawn-camera.ts';
import { pages } from '../../support/journeys/journeys.ts';
import { storedContacts } from '../../support/journeys/stored-contacts.ts';
import { changeSettings } from '../../support/journeys/stored-settings.ts';
import { ringingPage, untilConnected } from '../../support/journeys/two-people.ts';
import { until } from '../../support/runner/condition.ts';
import { Pair } from '../../support/worlds/pair.ts';

/** What is left of the wall when it is blurred; bare, it has nearly all. */
const [mostBlurred, leastBare] = [0.15, 0.7];

describe.each(kindsFor('Chromium', 'Firefox'))('%s', (kind) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await Pair.meet([kind, 'Chromium']);
  }, limitMs(90_000));
  afterAll(() => pair?.close());

  test('a remembered blur hides the room from the first frame, and only a click shows it', async () => {
    const { alice, bob } = pair;
    await changeSettings(alice, { background: 'blur', noiseSuppression: true });
    const [contact] = await storedContacts(alice);
    const a = await alice.page(`${pages.call}?to=${contact?.id}&media=video`);
    await drawCamera(a);
    const asked: string[] = [];
    a.on('request', (request) => asked.push(request.url()));
    await clickButton(a, 'Check camera and microphone');
    const own = await seenWall(a, 'You', 10, 30_000);
    expect(own.frames).toBeGreaterThan(0);
    expect(own.contrast).toBeLessThan(mostBlurred);
    await clickButton(a, 'Start call');
    const b = await ringingPage(bob);
    await clickButton(b, 'Accept with video');
    await untilConnected(a, b);
    const seen = await seenWall(b, 'Alice', 20);
    expect(seen.frames).toBeGreaterThan(0);
    expect(seen.contrast).toBeLessThan(mostBlurred);
    // Without a graphics card no computer is fast enough, and Firefox without a screen has no WebGL at all.
    const refusal =
      kind === 'Chromium' ? /too slow for background effects|background effect has stopped/ : /has no WebGL/;
    await waitForText(a, refusal, 40_000);
    expect((await seenWall(b, 'Alice', 5)).contrast).toBeLessThan(mostBlurred);
    await clickButton(a, 'Show my room');
    await until(async () => (await seenWall(b, 'Alice', 3)).contrast > leastBare, { what: 'the room to be seen' });
    expect(await has(a, 'button', 'Show my room')).toBe(false);
    // The relay is on this machine.
    expect(asked.filter((url) => /^https?:\/\/(?!127\.0\.0\.1[:/])/.test(url))).toEqual([]);
    // Firefox tells of no request to its own files.
    if (kind === 'Chromium') expect(asked.filter((url) => /\.(?:wasm|tflite)$/.test(url)).length).toBeGreaterThan(2);
  });
});
