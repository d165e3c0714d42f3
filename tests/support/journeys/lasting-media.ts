// Whether the pictures and the sound of somebody stay up while the page changes around them: no element is taken down or stopped, and the
// tone goes on.
import type { Page } from 'puppeteer-core';
import { lookAt } from '../drivers/page-actions.ts';

export interface LastingMedia {
  /** Elements with a stream at the start: a picture and a sound for each other person, and the own picture. */
  readonly elements: number;
  /** How often one of them was taken out of the page, or told to pause, or lost its stream. */
  readonly stops: readonly string[];
  /** The longest time without the tone, the pauses between two swells among it. */
  readonly longestSilenceMs: number;
  readonly heard: number;
}

/** From now on watches every `<video>` and `<audio>` that plays, and listens to the sound that is up. */
export async function watchMedia(page: Page): Promise<void> {
  await lookAt(page);
  await page.evaluate(async () => {
    const all = [...document.querySelectorAll<HTMLMediaElement>('video, audio')].filter(({ srcObject }) => srcObject);
    const sound = all.find((element) => element instanceof HTMLAudioElement && !element.paused);
    const stops: string[] = [];
    for (const element of all)
      for (const event of ['pause', 'emptied', 'ended'])
        element.addEventListener(event, () => stops.push(`${element.localName} ${event}`));
    const observer = new MutationObserver((records) => {
      for (const element of all)
        if (records.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(element))))
          stops.push(`${element.localName} removed`);
    });
    observer.observe(document, { childList: true, subtree: true });
    const context = new AudioContext();
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 1024 });
    if (sound?.srcObject instanceof MediaStream)
      context.createMediaStreamSource(new MediaStream(sound.srcObject.getAudioTracks())).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let [heardAt, longest, heard] = [performance.now(), 0, 0];
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const isPlaying = sound?.isConnected && !sound.paused && !sound.muted && sound.volume > 0;
      const isTone = isPlaying && samples.some((sample) => Math.abs(sample) > 0.02);
      longest = Math.max(longest, performance.now() - heardAt);
      if (!isTone) return;
      heard += 1;
      heardAt = performance.now();
    }, 20);
    const end = async () => {
      clearInterval(timer);
      observer.disconnect();
      await context.close();
      return { elements: all.length, stops, longestSilenceMs: Math.round(longest), heard };
    };
    Object.assign(globalThis, { endOfWatch: end });
  });
}

/** What has happened since `watchMedia`. */
export async function mediaSince(page: Page): Promise<LastingMedia> {
  return page.evaluate(() => (globalThis as unknown as { endOfWatch: () => Promise<LastingMedia> }).endOfWatch());
}
