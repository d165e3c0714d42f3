// How loud tracks are, measured on this machine by an AnalyserNode. One AudioContext and one timer for all; neither exists while
// nothing is watched. What counts as speech is decided in speech.ts.
import { MutedSpeech, rootMeanSquare, SpeechGate } from './speech.ts';

const pollMs = 150;

export interface Heard {
  /** Root mean square, 0 to 1. */
  readonly level: number;
  readonly speaking: boolean;
}

export interface HeardMicrophone extends Heard {
  /** Someone has been speaking into the muted microphone for a while. */
  readonly mutedSpeaking: boolean;
}

interface Watch {
  readonly analyser: AnalyserNode;
  readonly samples: Float32Array<ArrayBuffer>;
  readonly gate: SpeechGate;
  readonly tell: (heard: Heard, atMs: number) => void;
  readonly release: () => void;
}

export class SoundLevels {
  readonly #watches = new Set<Watch>();
  readonly #makeContext: () => AudioContext;
  #context: AudioContext | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(makeContext: () => AudioContext = () => new AudioContext()) {
    this.#makeContext = makeContext;
  }

  /** Tells the track's level several times a second until the returned function is called. */
  watch(track: MediaStreamTrack, tell: (heard: Heard) => void): () => void {
    return this.#watch(track, tell, () => undefined);
  }

  /** As watch, for the own microphone: a muted track is silent, so a clone of it listens for speech that nobody hears. */
  watchMicrophone(track: MediaStreamTrack, tell: (heard: HeardMicrophone) => void): () => void {
    const clone = track.clone();
    clone.enabled = true;
    const mutedSpeech = new MutedSpeech();
    const hear = ({ level, speaking }: Heard, atMs: number) => {
      const muted = !track.enabled;
      const mutedSpeaking = mutedSpeech.hear({ muted, speaking, atMs });
      tell({ level: muted ? 0 : level, speaking: speaking && !muted, mutedSpeaking });
    };
    return this.#watch(clone, hear, () => clone.stop());
  }

  /** Ends every watch. */
  stop(): void {
    for (const watch of [...this.#watches]) this.#unwatch(watch);
  }

  #watch(track: MediaStreamTrack, tell: Watch['tell'], alsoRelease: () => void): () => void {
    const context = this.#running();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const analyser = context.createAnalyser();
    // About as long as the time between two polls, so that nothing is missed.
    analyser.fftSize = 8192;
    source.connect(analyser);
    const release = () => {
      source.disconnect();
      alsoRelease();
    };
    const watch = { analyser, samples: new Float32Array(analyser.fftSize), gate: new SpeechGate(), tell, release };
    this.#watches.add(watch);
    return () => this.#unwatch(watch);
  }

  #unwatch(watch: Watch): void {
    if (!this.#watches.delete(watch)) return;
    watch.release();
    if (this.#watches.size === 0) this.#rest();
  }

  #running(): AudioContext {
    const context = this.#context ?? this.#makeContext();
    this.#context = context;
    this.#timer ??= setInterval(() => this.#poll(context), pollMs);
    return context;
  }

  #poll(context: AudioContext): void {
    // A page opened without a click starts with a sleeping context; the first click anywhere lets it wake.
    if (context.state === 'suspended' && navigator.userActivation.hasBeenActive)
      context.resume().catch(() => undefined);
    const atMs = performance.now();
    for (const { analyser, samples, gate, tell } of this.#watches) {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.min(1, rootMeanSquare(samples));
      tell({ level, speaking: gate.hear(level, atMs) }, atMs);
    }
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#context?.close().catch(() => undefined);
    this.#context = undefined;
  }
}
