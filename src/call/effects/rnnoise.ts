// The one file that knows what cleans a voice: RNNoise, as WebAssembly in an audio worklet. All of it are files of the package.
import { RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import wasmUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url&no-inline';
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url&no-inline';
import type { Cleaner } from './noise-effect.ts';

/** RNNoise knows this rate alone. */
const sampleRate = 48_000;
let program: Promise<ArrayBuffer> | undefined;

/** The program is read once for the page. */
function wasmOfRnnoise(): Promise<ArrayBuffer> {
  program ??= fetch(wasmUrl).then((answer) => answer.arrayBuffer());
  program.catch(() => {
    program = undefined;
  });
  return program;
}

export async function openRnnoise(raw: MediaStreamTrack, onChange: () => void): Promise<Cleaner> {
  const context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
  let hasFailed = false;
  try {
    const [wasmBinary] = await Promise.all([wasmOfRnnoise(), context.audioWorklet.addModule(workletUrl)]);
    const source = context.createMediaStreamSource(new MediaStream([raw]));
    const node = new RnnoiseWorkletNode(context, { maxChannels: 1, wasmBinary });
    const output = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    const listener = new AnalyserNode(context, { fftSize: 2048 });
    source.connect(node).connect(output);
    node.connect(listener);
    const [track] = output.stream.getAudioTracks();
    if (!track) throw new Error('no track of the sound');
    const block = new Float32Array(listener.fftSize);
    context.onstatechange = onChange;
    node.onprocessorerror = () => {
      hasFailed = true;
      onChange();
    };
    await context.resume().catch(() => undefined);
    return {
      track,
      get isRunning() {
        return !hasFailed && context.state === 'running';
      },
      hasSound() {
        listener.getFloatTimeDomainData(block);
        return block.some((sample) => sample !== 0);
      },
      close() {
        context.onstatechange = null;
        node.destroy();
        track.stop();
        void context.close().catch(() => undefined);
      },
    };
  } catch (error) {
    void context.close().catch(() => undefined);
    throw error;
  }
}
