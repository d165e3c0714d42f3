// How loud the own microphone is, and whether somebody speaks into it. Nobody else's sound is measured here:
// each side tells the others when it speaks. What counts as speech is decided in speech.ts.
import { watchLevel } from '../../ui/sound/sound-level.ts';
import { MutedSpeech, SpeechGate } from './speech.ts';

export interface HeardMicrophone {
  /** Root mean square, 0 to 1. */
  readonly level: number;
  readonly speaking: boolean;
  /** Someone has been speaking into the muted microphone for a while. */
  readonly mutedSpeaking: boolean;
}

export const silence: HeardMicrophone = { level: 0, speaking: false, mutedSpeaking: false };

/** Tells several times a second how loud the microphone of this track is, until the returned function is called. */
export function watchMicrophone(track: MediaStreamTrack, tell: (heard: HeardMicrophone) => void): () => void {
  const [gate, mutedSpeech] = [new SpeechGate(), new MutedSpeech()];
  return watchLevel(track, (level) => {
    const [atMs, muted] = [performance.now(), !track.enabled];
    const speaking = gate.hear(level, atMs);
    const mutedSpeaking = mutedSpeech.hear({ muted, speaking, atMs });
    tell({ level: muted ? 0 : level, speaking: speaking && !muted, mutedSpeaking });
  });
}
