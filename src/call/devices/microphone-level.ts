// How loud the own microphone is, measured by an AnalyserNode, and whether somebody speaks into it. Nobody else's sound is measured here:
// each side tells the others when it speaks. What counts as speech is decided in speech.ts.
import { MutedSpeech, rootMeanSquare, SpeechGate } from './speech.ts';

const pollMs = 150;
/** Sound is looked at in pieces of this length: small ones would wake the processor a hundred times a second for a meter. */
const pieceSec = 0.08;

export interface HeardMicrophone {
  /** Root mean square, 0 to 1. */
  readonly level: number;
  readonly speaking: boolean;
  /** Someone has been speaking into the muted microphone for a while. */
  readonly mutedSpeaking: boolean;
}

export const silence: HeardMicrophone = { level: 0, speaking: false, mutedSpeaking: false };

/** Makes no sound (Web Audio section 1.2.1; Firefox does not know this yet and then plays nothing to the speakers). */
const silently: AudioContextOptions & { readonly sinkId: { readonly type: 'none' } } = {
  latencyHint: pieceSec,
  sinkId: { type: 'none' },
};

/** Tells several times a second how loud the microphone of this track is, until the returned function is called. */
export function watchMicrophone(track: MediaStreamTrack, tell: (heard: HeardMicrophone) => void): () => void {
  // A muted track is silent: a clone of it listens for speech that nobody hears.
  const clone = track.clone();
  clone.enabled = true;
  const context = new AudioContext(silently);
  const analyser = context.createAnalyser();
  // About as long as the time between two polls, so that nothing is missed.
  analyser.fftSize = 8192;
  const samples = new Float32Array(analyser.fftSize);
  context.createMediaStreamSource(new MediaStream([clone])).connect(analyser);
  const [gate, mutedSpeech] = [new SpeechGate(), new MutedSpeech()];
  const poll = (): void => {
    // A page opened without a click starts with a sleeping context; the first click anywhere lets it wake.
    if (context.state === 'suspended' && navigator.userActivation.hasBeenActive)
      context.resume().catch(() => undefined);
    analyser.getFloatTimeDomainData(samples);
    const [level, atMs, muted] = [Math.min(1, rootMeanSquare(samples)), performance.now(), !track.enabled];
    const speaking = gate.hear(level, atMs);
    const mutedSpeaking = mutedSpeech.hear({ muted, speaking, atMs });
    tell({ level: muted ? 0 : level, speaking: speaking && !muted, mutedSpeaking });
  };
  const timer = setInterval(poll, pollMs);
  return () => {
    clearInterval(timer);
    clone.stop();
    context.close().catch(() => undefined);
  };
}
