// Looks at the picture and listens to the sound inside a participant's region of a page, as a person would.
import type { ElementHandle, Page } from 'puppeteer-core';
import { limitMs, lookMs } from '../../../tools/machine/limits.mjs';
import { find, lookAt } from '../drivers/page-actions.ts';
import { until } from '../runner/condition.ts';
import type { ColourName } from '../samples/generated-media.ts';

/** So long one looks at what stands still: another element or stream may take its place meanwhile. */
const oneLookMs = 5_000;

/** What a region shows: frames that were really decoded while we looked, and the colour a person sees there. */
export type Picture = {
  readonly frames: number;
  /** The colour of most of the region on the SCREEN; a covered or hidden video does not count. */
  readonly colour: ShownColour;
  /** Its share of the region, 0 to 1. */
  readonly share: number;
  /** The colour of the decoded frame itself, whether one can see it or not. */
  readonly decoded: ShownColour;
  readonly width: number;
  readonly height: number;
};

export type ShownColour = ColourName | 'black' | 'other';

const region = (page: Page, name: string, withinMs: number): Promise<ElementHandle> =>
  find(page, 'region', name, withinMs);

/**
 * Waits for `frames` new frames of the `<video>` inside the region and says which colour a person sees there. A picture that moves is
 * looked at until `withinMs` are over, however slowly it moves; one that stands still is not. @public
 */
export async function videoColor(
  page: Page,
  regionName: string,
  { frames = 10, withinMs = 15_000 } = {},
): Promise<Picture> {
  await lookAt(page);
  const place = await region(page, regionName, withinMs);
  const seen = await place.evaluate(
    async (element, wanted, patience, patienceWithStill) => {
      const start = performance.now();
      const left = (): number => patience - (performance.now() - start);
      let video = element.querySelector('video');
      while (!video && left() > patience - patienceWithStill) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        video = element.querySelector('video');
      }
      if (!video) return 'no video element';
      const shown = video;
      let count = 0;
      const enough = await new Promise<boolean>((resolve) => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const look = (): void => {
          clearTimeout(timer);
          timer = setTimeout(() => resolve(false), Math.max(0, Math.min(left(), patienceWithStill)));
          shown.requestVideoFrameCallback(() => {
            count += 1;
            if (count < wanted) return look();
            clearTimeout(timer);
            resolve(true);
          });
        };
        look();
      });
      if (!enough) return `only ${count} of ${wanted} frames (paused: ${shown.paused}, readyState ${shown.readyState})`;
      const canvas = new OffscreenCanvas(32, 24);
      const context = canvas.getContext('2d');
      context?.drawImage(shown, 0, 0, 32, 24);
      const pixels = context ? [...context.getImageData(0, 0, 32, 24).data] : [];
      return { count, pixels, width: shown.videoWidth, height: shown.videoHeight };
    },
    frames,
    limitMs(withinMs),
    lookMs(oneLookMs),
  );
  if (typeof seen === 'string') throw new Error(`Region "${regionName}" on ${page.url()}: ${seen}`);
  const { colour, share } = mainColour(await screenPixels(place));
  const decoded = mainColour(seen.pixels).colour;
  return { frames: seen.count, colour, share, decoded, width: seen.width, height: seen.height };
}

/** The pixels (RGBA) of the region as they are on the screen, made smaller by the page itself. */
async function screenPixels(place: ElementHandle): Promise<number[]> {
  const png = await place.screenshot({ encoding: 'base64' });
  return place.evaluate(async (_element, encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(64, 48).getContext('2d');
    context?.drawImage(bitmap, 0, 0, 64, 48);
    return context ? [...context.getImageData(0, 0, 64, 48).data] : [];
  }, png);
}

/** The colour that most pixels have; bars and buttons may take up to four fifths of the area. */
function mainColour(pixels: readonly number[]): { colour: ShownColour; share: number } {
  const counts = new Map<ShownColour, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = colourOf([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0]);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const shares = [...counts].map(([colour, count]) => ({ colour, share: (count * 4) / pixels.length }));
  shares.sort((one, other) => other.share - one.share);
  const bright = shares.find(({ colour, share }) => colour !== 'black' && colour !== 'other' && share >= 0.2);
  return bright ?? shares[0] ?? { colour: 'other', share: 0 };
}

/** The name of a colour, with room for what video coding does to it. */
function colourOf([red, green, blue]: readonly [number, number, number]): ShownColour {
  const [strong, weak] = [160, 100];
  if (red > strong && green > strong && blue < weak) return 'yellow';
  if (red > strong && green < weak && blue < weak) return 'red';
  if (green > strong && red < weak && blue < weak) return 'green';
  if (blue > strong && red < weak && green < weak) return 'blue';
  return red < 40 && green < 40 && blue < 40 ? 'black' : 'other';
}

/** What is to be heard: the strongest frequency and how loud it was at its loudest. */
type Sound = { readonly hz: number; readonly decibels: number };

/** Listens to the stream of the `<video>` or `<audio>` in the region; hz is 0 when there was silence all the time. */
async function audioPeakHz(
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
    lookMs(withinMs),
  );
  if (typeof heard === 'string') throw new Error(`Region "${regionName}" on ${page.url()}: ${heard}`);
  return heard.decibels < -70
    ? { hz: 0, decibels: Math.max(heard.decibels, -200) }
    : { ...heard, hz: Math.round(heard.hz) };
}

/** Waits until the region shows that colour, on the screen and in the frames. */
export async function waitForColor(
  page: Page,
  regionName: string,
  colour: ShownColour,
  withinMs = 15_000,
): Promise<Picture> {
  let last: Picture | undefined;
  try {
    return await until(
      async () => {
        last = await videoColor(page, regionName, { withinMs });
        return last.colour === colour && last.decoded === colour ? last : undefined;
      },
      { withinMs, what: `the ${colour} picture` },
    );
  } catch (cause) {
    throw new Error(`"${regionName}" never showed a ${colour} picture on ${page.url()}, but ${JSON.stringify(last)}`, {
      cause,
    });
  }
}

/** Waits until that tone is to be heard from the region, give or take the coarseness of the analyser. */
export async function waitForTone(page: Page, regionName: string, toneHz: number, withinMs = 15_000): Promise<Sound> {
  return until(
    async () => {
      const sound = await audioPeakHz(page, regionName, { withinMs: Math.min(withinMs, oneLookMs) });
      if (Math.abs(sound.hz - toneHz) <= 15) return sound;
      throw new Error(`heard ${sound.hz} Hz at ${Math.round(sound.decibels)} dB`);
    },
    { withinMs, what: `${toneHz} Hz from "${regionName}"` },
  );
}
