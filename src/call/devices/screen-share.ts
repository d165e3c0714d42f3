// The own screen, window or tab as something to show: the only place that calls getDisplayMedia. Knows no connection.
import type { ScreenState } from '../model/own-model.ts';

/** What the picture is mostly: sharp letters, or movement that stays smooth. */
export type ScreenKind = 'text' | 'motion';

const hints: Readonly<Record<ScreenKind, string>> = { text: 'detail', motion: 'motion' };

/** Screen Capture section 5.4, with what Chromium adds: not this very tab, other tabs on the fly, the sound of what is shown. */
const wanted: DisplayMediaStreamOptions & Readonly<Record<string, unknown>> = {
  video: { frameRate: { ideal: 30, max: 30 } },
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  selfBrowserSurface: 'exclude',
  surfaceSwitching: 'include',
  systemAudio: 'include',
};

export interface ScreenShareEvents {
  /** Begun, ended, or refused. */
  onChange(): void;
}

export class ScreenShare {
  readonly #events: ScreenShareEvents;
  readonly #ask: (options: DisplayMediaStreamOptions) => Promise<MediaStream>;
  #state: ScreenState = 'off';
  #stream: MediaStream | undefined;
  #kind: ScreenKind = 'text';
  #turn = 0;

  /** @param ask shows the browser's own choice of screens, windows and tabs. */
  constructor(
    events: ScreenShareEvents,
    ask: (options: DisplayMediaStreamOptions) => Promise<MediaStream> = (options) =>
      navigator.mediaDevices.getDisplayMedia(options),
  ) {
    this.#events = events;
    this.#ask = ask;
  }

  get state(): ScreenState {
    return this.#state;
  }

  /** One video track, and an audio track where what is shown has sound. */
  get stream(): MediaStream | undefined {
    return this.#stream;
  }

  get kind(): ScreenKind {
    return this.#kind;
  }

  /** Lets the person choose. Closing the browser's question leaves everything as it was. */
  async start(): Promise<void> {
    if (this.#state === 'starting' || this.#state === 'on') return;
    const turn = ++this.#turn;
    this.#become('starting');
    try {
      const stream = await this.#ask(wanted);
      const [picture] = stream.getVideoTracks();
      if (turn !== this.#turn || !picture) {
        for (const track of stream.getTracks()) track.stop();
        if (turn === this.#turn) this.#become('failed');
        return;
      }
      this.#stream = stream;
      picture.contentHint = hints[this.#kind];
      // The browser has a button of its own to stop sharing.
      picture.addEventListener('ended', () => {
        if (this.#stream === stream) this.stop();
      });
      this.#become('on');
    } catch (error) {
      if (turn !== this.#turn) return;
      const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
      this.#become(isRefused ? 'off' : 'failed');
    }
  }

  /** Says what the picture is mostly, while it is shown or before. */
  setKind(kind: ScreenKind): void {
    this.#kind = kind;
    for (const track of this.#stream?.getVideoTracks() ?? []) track.contentHint = hints[kind];
    this.#events.onChange();
  }

  stop(): void {
    this.#turn += 1;
    const stream = this.#stream;
    this.#stream = undefined;
    this.#become('off');
    for (const track of stream?.getTracks() ?? []) track.stop();
  }

  #become(state: ScreenState): void {
    this.#state = state;
    this.#events.onChange();
  }
}
