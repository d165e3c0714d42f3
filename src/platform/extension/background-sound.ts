// Plays a tone in the background, over and over. What the browsers differ in: Chrome's worker has no sound and opens an offscreen
// document for it; Firefox's background is a page and plays it itself.
import browser from 'webextension-polyfill';
import { makeTone, type Tone } from '../tones.ts';

export interface BackgroundSound {
  start(): Promise<void>;
  stop(): Promise<void>;
}

const offscreenPage = 'src/offscreen/index.html';

/** Chrome's offscreen API, which the shared types do not know. */
interface Offscreen {
  createDocument(options: { url: string; reasons: readonly string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
}

/** The part of HTMLAudioElement that is needed: a background is compiled as a worker, which has none. */
interface AudioElement {
  loop: boolean;
  play(): Promise<void>;
  pause(): void;
}

/** The ringtone where this browser can play one in the background; nothing where it cannot: the notification remains. */
export function ringtoneSound(): BackgroundSound {
  const { offscreen } = browser as unknown as { readonly offscreen?: Offscreen };
  if (offscreen) return offscreenSound(offscreen);
  const { Audio } = globalThis as unknown as { readonly Audio?: new (url: string) => AudioElement };
  if (Audio) return pageSound(Audio, 'ringtone');
  return { start: async () => undefined, stop: async () => undefined };
}

/** The document plays for as long as it is open (src/offscreen). */
function offscreenSound(offscreen: Offscreen): BackgroundSound {
  return {
    start: () =>
      offscreen.createDocument({
        url: offscreenPage,
        reasons: ['AUDIO_PLAYBACK'],
        justification: 'Plays the ringtone of an incoming call.',
      }),
    stop: () => offscreen.closeDocument(),
  };
}

function pageSound(Audio: new (url: string) => AudioElement, tone: Tone): BackgroundSound {
  let playing: { readonly audio: AudioElement; readonly url: string } | undefined;
  const stop = () => {
    playing?.audio.pause();
    if (playing) URL.revokeObjectURL(playing.url);
    playing = undefined;
  };
  return {
    async start() {
      stop();
      const url = URL.createObjectURL(new Blob([makeTone(tone)], { type: 'audio/wav' }));
      const audio = new Audio(url);
      audio.loop = true;
      playing = { audio, url };
      await audio.play();
    },
    stop: async () => stop(),
  };
}
