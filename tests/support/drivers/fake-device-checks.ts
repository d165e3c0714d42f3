// Looks at and listens to what cannot be told by one colour and one sound card: Firefox's fake camera, which shows one colour after
// another, and any sound in a browser on a machine without a sound card.
import type { ElementHandle, Page } from 'puppeteer-core';
import { limitMs, lookMs } from '../../../tools/machine/limits.mjs';
import { find, lookAt } from './page-actions.ts';

/** What came in new frames of a region's `<video>`: how many, and the colours they had, each as '#rgb' with one digit per channel. */
export type ChangingPicture = { readonly frames: number; readonly colours: readonly string[] };

/** While one looks, another element may take the place of the one that is looked at: the view of two becomes that of several. */
const oneLookMs = 5_000;

/** Watches the `<video>` in the region until it has shown `colours` different colours other than black. */
export async function changingPicture(
  page: Page,
  regionName: string,
  { colours = 3, withinMs = 15_000 } = {},
): Promise<ChangingPicture> {
  const deadline = performance.now() + limitMs(withinMs);
  for (;;) {
    await lookAt(page);
    const place = await find(page, 'region', regionName, withinMs);
    const seen = await lookOnce(place, colours, lookMs(oneLookMs));
    if (seen.colours.length >= colours) return seen;
    if (performance.now() > deadline)
      throw new Error(`Region "${regionName}": ${seen.frames} frames with the colours ${JSON.stringify(seen.colours)}`);
  }
}

async function lookOnce(place: ElementHandle, colours: number, patienceMs: number): Promise<ChangingPicture> {
  return place.evaluate(
    async (element, wanted, patience) => {
      const deadline = performance.now() + patience;
      const found = new Set<string>();
      const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      let frames = 0;
      while (performance.now() < deadline && found.size < wanted && element.isConnected) {
        const video = element.querySelector('video');
        // A picture that stands still, an element that was taken away and one that is not there yet have no next frame: whether to look on
        // is asked again each time, and the page goes on meanwhile.
        const isNew = await Promise.race([
          new Promise<boolean>((resolve) => video?.requestVideoFrameCallback(() => resolve(true))),
          new Promise<boolean>((resolve) => setTimeout(() => resolve(false), video ? 200 : 50)),
        ]);
        if (!isNew || !video || !context) continue;
        frames += 1;
        // The middle: a clock runs along the upper edge.
        const { videoWidth: width, videoHeight: height } = video;
        context.drawImage(video, width / 4, height / 3, width / 2, height / 3, 0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
        if (red + green + blue > 120)
          found.add(`#${[red, green, blue].map((part) => Math.floor(part / 16).toString(16)).join('')}`);
      }
      return { frames, colours: [...found] };
    },
    colours,
    patienceMs,
  );
}

/**
 * The strongest tone between 200 and 1500 Hz in the sound of the region's `<video>`, recorded and decoded again, which needs no sound
 * card. 0 where there is silence.
 */
export async function recordedHz(page: Page, regionName: string, listenMs = 1_500): Promise<number> {
  const place = await find(page, 'region', regionName);
  return place.evaluate(async (element, duration) => {
    const stream = element.querySelector('video')?.srcObject;
    if (!(stream instanceof MediaStream)) return 0;
    const recorder = new MediaRecorder(new MediaStream(stream.getAudioTracks()));
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const ended = new Promise((resolve) => {
      recorder.onstop = resolve;
    });
    recorder.start();
    setTimeout(() => recorder.stop(), duration);
    await ended;
    const bytes = await new Blob(parts).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes);
    const samples = sound.getChannelData(0).slice(-sound.sampleRate);
    if (samples.every((sample) => Math.abs(sample) < 0.01)) return 0;
    // Goertzel's filter: one multiplication for each sample, where sines would hold up the page for seconds.
    const strengthOf = (hz: number): number => {
      const turn = 2 * Math.cos((2 * Math.PI * hz) / sound.sampleRate);
      let [last, before] = [0, 0];
      for (const sample of samples) [last, before] = [sample + turn * last - before, last];
      return last * last + before * before - turn * last * before;
    };
    let best = { hz: 0, strength: 0 };
    for (let hz = 200; hz <= 1_500; hz += 5) {
      const strength = strengthOf(hz);
      if (strength > best.strength) best = { hz, strength };
    }
    return best.hz;
  }, listenMs);
}
