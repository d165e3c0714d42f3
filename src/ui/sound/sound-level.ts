// How loud a microphone is, measured by an AnalyserNode a few times a second. Decides nothing; makes no sound.

const pollMs = 150;
/** Sound is looked at in pieces of this length: small ones would wake the processor a hundred times a second for a meter. */
const pieceSec = 0.08;

/** Makes no sound (Web Audio section 1.2.1; Firefox does not know this yet and then plays nothing to the speakers). */
const silently: AudioContextOptions & { readonly sinkId: { readonly type: 'none' } } = {
  latencyHint: pieceSec,
  sinkId: { type: 'none' },
};

/** The root mean square of samples between -1 and 1: 0 for silence. */
export function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/**
 * Tells several times a second how loud the microphone of this track is (root mean square, 0 to 1), until the returned function is called.
 * A muted track is measured all the same: it is a clone that listens.
 */
export function watchLevel(track: MediaStreamTrack, tell: (level: number) => void): () => void {
  const clone = track.clone();
  clone.enabled = true;
  const context = new AudioContext(silently);
  const analyser = context.createAnalyser();
  // About as long as the time between two polls, so that nothing is missed.
  analyser.fftSize = 8192;
  const samples = new Float32Array(analyser.fftSize);
  context.createMediaStreamSource(new MediaStream([clone])).connect(analyser);
  const timer = setInterval(() => {
    // A page opened without a click starts with a sleeping context; the first click anywhere lets it wake.
    if (context.state === 'suspended' && navigator.userActivation.hasBeenActive)
      context.resume().catch(() => undefined);
    analyser.getFloatTimeDomainData(samples);
    tell(Math.min(1, rootMeanSquare(samples)));
  }, pollMs);
  return () => {
    clearInterval(timer);
    clone.stop();
    context.close().catch(() => undefined);
  };
}
