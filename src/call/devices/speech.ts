// Decides from loudness alone who speaks, and when a person speaks into a muted microphone. Pure: levels and times come in.

/** Root mean square, 0 to 1: a mouse click stays below, soft speech reaches twice this. */
const speechLevel = 0.03;
const holdMs = 300;
const mutedSpeechMs = 1_000;
const pauseMs = 700;
const hintMs = 8_000;
const hintPauseMs = 30_000;

/** Speaking from the first loud moment until it has been quiet for a little while, so that a ring does not flicker. */
export class SpeechGate {
  #loudAt = Number.NEGATIVE_INFINITY;

  hear(level: number, atMs: number): boolean {
    if (level >= speechLevel) this.#loudAt = atMs;
    return atMs - this.#loudAt <= holdMs;
  }
}

/** The hint "you are muted": after a second of speech, gone after a while or at once when unmuted, and rarely. */
export class MutedSpeech {
  #lastHeardAt: number | undefined;
  #silentSince: number | undefined;
  #spokeMs = 0;
  #shownAt = Number.NEGATIVE_INFINITY;
  #dismissed = true;

  hear({ muted, speaking, atMs }: MutedHeard): boolean {
    this.#count(muted && speaking, atMs);
    if (!muted) {
      this.#spokeMs = 0;
      this.#dismissed = true;
    }
    if (this.#spokeMs >= mutedSpeechMs && atMs - this.#shownAt >= hintPauseMs) {
      this.#shownAt = atMs;
      this.#dismissed = false;
    }
    return !this.#dismissed && atMs - this.#shownAt < hintMs;
  }

  /** Adds up speech; the breath between two words does not start the count again, a real pause does. */
  #count(isSpeech: boolean, atMs: number): void {
    const sinceLastMs = atMs - (this.#lastHeardAt ?? atMs);
    this.#lastHeardAt = atMs;
    if (isSpeech) {
      this.#silentSince = undefined;
      this.#spokeMs += sinceLastMs;
    } else {
      this.#silentSince ??= atMs;
      if (atMs - this.#silentSince >= pauseMs) this.#spokeMs = 0;
    }
  }
}

interface MutedHeard {
  readonly muted: boolean;
  readonly speaking: boolean;
  readonly atMs: number;
}
