// Plays a tone in the background, over and over. What the browsers differ in: Chrome's worker has no sound and opens an offscreen
// document for it; Firefox's background is a page and plays it itself.
import browser from 'webextension-polyfill';
import type { RingtoneName } from '../../core/base/ringtone-name.ts';
import { makeTone } from '../tones.ts';

export interface RingSound {
  readonly tone: RingtoneName;
  /** 0 to 1. */
  readonly volume: number;
  /** '' for the system's own. */
  readonly speakerId: string;
}

export interface BackgroundSound {
  start(ring: RingSound): Promise<void>;
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
  volume: number;
  setSinkId?(id: string): Promise<void>;
  play(): Promise<void>;
  pause(): void;
}

/** The ringtone where this browser can play one in the background; nothing where it cannot: the notification remains. */
export function ringtoneSound(): BackgroundSound {
  const { offscreen } = browser as unknown as { readonly offscreen?: Offscreen };
  if (offscreen) return offscreenSound(offscreen);
  const { Audio } = globalThis as unknown as { readonly Audio?: new (url: string) => AudioElement };
  if (Audio) return pageSound(Audio);
  return { start: async () => undefined, stop: async () => undefined };
}

/** The document plays for as long as it is open (src/offscreen); what, and where, stands in its address. */
function offscreenSound(offscreen: Offscreen): BackgroundSound {
  return {
    start: ({ tone, volume, speakerId }) =>
      offscreen.createDocument({
        url: `${offscreenPage}?${new URLSearchParams({ tone, volume: String(volume), speaker: speakerId })}`,
        reasons: ['AUDIO_PLAYBACK'],
        justification: 'Plays the ringtone of an incoming call.',
      }),
    stop: () => offscreen.closeDocument(),
  };
}

function pageSound(Audio: new (url: string) => AudioElement): BackgroundSound {
  let playing: { readonly audio: AudioElement; readonly url: string } | undefined;
  const stop = () => {
    playing?.audio.pause();
    if (playing) URL.revokeObjectURL(playing.url);
    playing = undefined;
  };
  return {
    async start({ tone, volume, speakerId }) {
      stop();
      const url = URL.createObjectURL(new Blob([makeTone(tone)], { type: 'audio/wav' }));
      const audio = new Audio(url);
      audio.loop = true;
      audio.volume = volume;
      playing = { audio, url };
      // A vanished device leaves the system's own.
      if (speakerId !== '') await audio.setSinkId?.(speakerId).catch(() => undefined);
      // Stopped while the output was being chosen.
      if (playing?.audio !== audio) return;
      await audio.play();
    },
    stop: async () => stop(),
  };
}
