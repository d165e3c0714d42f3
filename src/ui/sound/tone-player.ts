// Plays the sounds of a call through an <audio> element. One tone at a time; a refused autoplay is silence, never an error.
import { makeTone, type Tone } from '../../platform/tones.ts';

interface PlayOptions {
  readonly loop?: boolean;
  /** The chosen output, '' for the system's own. */
  readonly speakerId?: string;
  /** 0 to 1. */
  readonly volume?: number;
  /** It is over, was stopped, or could not be played. */
  readonly onEnd?: () => void;
}

export class TonePlayer {
  #audio: HTMLAudioElement | undefined;
  #url: string | undefined;
  #onEnd: () => void = () => undefined;

  /** Stops what plays and starts this tone. */
  play(tone: Tone, { loop = false, speakerId = '', volume = 1, onEnd }: PlayOptions = {}): void {
    this.stop();
    const url = URL.createObjectURL(new Blob([makeTone(tone)], { type: 'audio/wav' }));
    const audio = new Audio(url);
    audio.loop = loop;
    audio.volume = volume;
    this.#onEnd = onEnd ?? (() => undefined);
    this.#audio = audio;
    this.#url = url;
    audio.addEventListener('ended', () => this.#release(audio));
    void this.#start(audio, speakerId);
  }

  stop(): void {
    const audio = this.#audio;
    if (audio === undefined) return;
    audio.pause();
    this.#release(audio);
  }

  async #start(audio: HTMLAudioElement, speakerId: string): Promise<void> {
    await chooseSpeaker(audio, speakerId);
    // Stopped, or another tone asked for, while the output was being chosen.
    if (this.#audio !== audio) return;
    // The browser may refuse sound before a first click.
    await audio.play().catch(() => this.#release(audio));
  }

  #release(audio: HTMLAudioElement): void {
    if (this.#audio !== audio) return;
    this.#audio = undefined;
    if (this.#url !== undefined) URL.revokeObjectURL(this.#url);
    this.#url = undefined;
    this.#onEnd();
  }
}

/** Sends an element's sound to the chosen output where the browser can; a vanished device leaves the system's own. */
export async function chooseSpeaker(element: HTMLMediaElement, speakerId: string): Promise<void> {
  if (typeof element.setSinkId !== 'function' || element.sinkId === speakerId) return;
  await element.setSinkId(speakerId).catch(() => undefined);
}
