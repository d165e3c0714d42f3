// Plays the ringtone in an offscreen document, because a worker has no sound. Where the browser has no offscreen documents nothing
// is played here: the ringing page and the notification remain.
import browser from 'webextension-polyfill';

const page = 'src/offscreen/index.html';

/** Chrome's offscreen API, which the shared types do not know. */
interface Offscreen {
  createDocument(options: { url: string; reasons: readonly string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
}

function offscreen(): Offscreen | undefined {
  return (browser as unknown as { offscreen?: Offscreen }).offscreen;
}

export class Ringtone {
  #turn: Promise<unknown> = Promise.resolve();

  start(): Promise<void> {
    return this.#inTurn(async () => {
      await offscreen()?.createDocument({
        url: page,
        reasons: ['AUDIO_PLAYBACK'],
        justification: 'Plays the ringtone of an incoming call.',
      });
    });
  }

  stop(): Promise<void> {
    return this.#inTurn(async () => {
      await offscreen()?.closeDocument();
    });
  }

  /** Creating twice and closing what is not open both reject: neither matters. */
  #inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(run).catch(() => undefined);
    this.#turn = turn;
    return turn;
  }
}
