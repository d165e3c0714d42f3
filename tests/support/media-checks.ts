// Looks at the picture and listens to the sound inside a participant's region of a page, as a person would.
import type { ElementHandle, Page } from 'puppeteer-core';
import type { ColourName } from './generated-media.ts';
import { find, lookAt } from './page-actions.ts';

/** What a region shows: frames that were really decoded while we looked, and the colour that fills most of them. */
export type Picture = {
  readonly frames: number;
  readonly colour: ColourName | 'black' | 'other';
  readonly rgb: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
};

const region = (page: Page, name: string, withinMs: number): Promise<ElementHandle> =>
  find(page, 'region', name, withinMs);

/** Waits for `frames` new frames of the `<video>` inside the region and says which colour most of it has. */
export async function videoColor(
  page: Page,
  regionName: string,
  { frames = 10, withinMs = 15_000 } = {},
): Promise<Picture> {
  await lookAt(page);
  const place = await region(page, regionName, withinMs);
  const seen = await place.evaluate(
    async (element, wanted, patience) => {
      const start = performance.now();
      const left = (): number => patience - (performance.now() - start);
      let video = element.querySelector('video');
      while (!video && left() > 0) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        video = element.querySelector('video');
      }
      if (!video) return 'no video element';
      const shown = video;
      let count = 0;
      const enough = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), Math.max(0, left()));
        const next = (): void => {
          count += 1;
          if (count < wanted) shown.requestVideoFrameCallback(next);
          else {
            clearTimeout(timer);
            resolve(true);
          }
        };
        shown.requestVideoFrameCallback(next);
      });
      if (!enough) return `only ${count} of ${wanted} frames (paused: ${shown.paused}, readyState ${shown.readyState})`;
      const canvas = new OffscreenCanvas(32, 24);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) return 'no canvas';
      context.drawImage(shown, 0, 0, 32, 24);
      const { data } = context.getImageData(0, 0, 32, 24);
      // The middle value of each channel: the wandering block covers too little to move it.
      const middle = (channel: number): number =>
        data.filter((_, index) => index % 4 === channel).sort()[(32 * 24) / 2] ?? 0;
      return { count, rgb: [middle(0), middle(1), middle(2)], width: shown.videoWidth, height: shown.videoHeight };
    },
    frames,
    withinMs,
  );
  if (typeof seen === 'string') throw new Error(`Region "${regionName}" on ${page.url()}: ${seen}`);
  const rgb = seen.rgb as unknown as Picture['rgb'];
  return { frames: seen.count, colour: colourOf(rgb), rgb, width: seen.width, height: seen.height };
}

/** The name of a colour, with room for what video coding does to it. */
function colourOf([red, green, blue]: Picture['rgb']): Picture['colour'] {
  const [strong, weak] = [160, 100];
  if (red > strong && green > strong && blue < weak) return 'yellow';
  if (red > strong && green < weak && blue < weak) return 'red';
  if (green > strong && red < weak && blue < weak) return 'green';
  if (blue > strong && red < weak && green < weak) return 'blue';
  return red < 40 && green < 40 && blue < 40 ? 'black' : 'other';
}

/** What is to be heard: the strongest frequency and how loud it was at its loudest. */
export type Sound = { readonly hz: number; readonly decibels: number };

/** Listens to the stream of the `<video>` or `<audio>` in the region; hz is 0 when there was silence all the time. */
export async function audioPeakHz(
  page: Page,
  regionName: string,
  { listenMs = 1500, withinMs = 15_000 } = {},
): Promise<Sound> {
  await lookAt(page);
  const place = await region(page, regionName, withinMs);
  const heard = await place.evaluate(
    async (element, duration, patience) => {
      const start = performance.now();
      const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
      const streamWithSound = (): MediaStream | undefined => {
        for (const media of element.querySelectorAll<HTMLMediaElement>('video, audio')) {
          const stream = media.srcObject;
          if (stream instanceof MediaStream && stream.getAudioTracks().length > 0) return stream;
        }
        return undefined;
      };
      let stream = streamWithSound();
      while (!stream && performance.now() - start < patience) {
        await pause(50);
        stream = streamWithSound();
      }
      if (!stream) return 'no media element with an audio track';
      const context = new AudioContext();
      await context.resume();
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      context.createMediaStreamSource(new MediaStream(stream.getAudioTracks())).connect(analyser);
      const bins = new Float32Array(analyser.frequencyBinCount);
      let best = { hz: 0, decibels: Number.NEGATIVE_INFINITY };
      const listening = performance.now();
      while (
        performance.now() - listening < duration ||
        (best.decibels < -70 && performance.now() - start < patience)
      ) {
        await pause(50);
        analyser.getFloatFrequencyData(bins);
        const loudest = bins.reduce((at, value, index) => (value > (bins[at] ?? 0) ? index : at), 0);
        const decibels = bins[loudest] ?? Number.NEGATIVE_INFINITY;
        if (decibels > best.decibels) best = { hz: (loudest * context.sampleRate) / analyser.fftSize, decibels };
      }
      await context.close();
      return best;
    },
    listenMs,
    withinMs,
  );
  if (typeof heard === 'string') throw new Error(`Region "${regionName}" on ${page.url()}: ${heard}`);
  return heard.decibels < -70
    ? { hz: 0, decibels: Math.max(heard.decibels, -200) }
    : { ...heard, hz: Math.round(heard.hz) };
}
