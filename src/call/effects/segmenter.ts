// The one file that knows what tells a person from a room: MediaPipe's model for landscape pictures, run by its own WebAssembly. All of it are
// files of the package. Needs a document: its loader makes script elements.

import graphUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.binarypb?url&no-inline';
import loaderUrl from '@mediapipe/selfie_segmentation/selfie_segmentation.js?url&no-inline';
import modelUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_landscape.tflite?url&no-inline';
import wasmLoaderUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.js?url&no-inline';
import wasmUrl from '@mediapipe/selfie_segmentation/selfie_segmentation_solution_simd_wasm_bin.wasm?url&no-inline';
import type { CameraFrame } from './frame-way.ts';

export interface Segmenter {
  /**
   * Where the person is. The frame is copied before this returns.
   * @returns the mask in the alpha channel, opaque where the person is. Rejects when it cannot be told any more.
   */
  segment(frame: CameraFrame): Promise<TexImageSource>;
  close(): void;
}

/** In pixels, as the model takes it. */
const modelSize = { width: 256, height: 144 } as const;

interface Solution {
  setOptions(options: { readonly modelSelection: number; readonly selfieMode: boolean }): void;
  onResults(listener: (results: { readonly segmentationMask: TexImageSource }) => void): void;
  initialize(): Promise<void>;
  send(input: { readonly image: HTMLCanvasElement }): Promise<void>;
  close(): Promise<void>;
}

interface Loaded {
  SelfieSegmentation?: new (config: { locateFile(name: string): string }) => Solution;
}

const files: Readonly<Record<string, string>> = {
  'selfie_segmentation.binarypb': graphUrl,
  'selfie_segmentation_landscape.tflite': modelUrl,
  'selfie_segmentation_solution_simd_wasm_bin.js': wasmLoaderUrl,
  'selfie_segmentation_solution_simd_wasm_bin.wasm': wasmUrl,
};

function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('the segmenter is not there'));
    document.head.append(script);
  });
}

/** Rejects where there is no SIMD, no WebGL, or no file. */
export async function loadSegmenter(): Promise<Segmenter> {
  const loaded = globalThis as Loaded;
  if (!loaded.SelfieSegmentation) await loadScript(loaderUrl);
  const { SelfieSegmentation } = loaded;
  if (!SelfieSegmentation) throw new Error('the segmenter has not come');
  const solution = new SelfieSegmentation({
    locateFile(name) {
      const url = files[name];
      if (url === undefined) throw new Error(`${name} is not in the package`);
      return url;
    },
  });
  solution.setOptions({ modelSelection: 1, selfieMode: false });
  let mask: TexImageSource | undefined;
  solution.onResults(({ segmentationMask }) => {
    mask = segmentationMask;
  });
  await solution.initialize();
  const canvas = document.createElement('canvas');
  canvas.width = modelSize.width;
  canvas.height = modelSize.height;
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: false });
  if (!context) throw new Error('no canvas');
  return {
    async segment({ image }) {
      context.drawImage(image, 0, 0, modelSize.width, modelSize.height);
      await solution.send({ image: canvas });
      if (!mask) throw new Error('no mask has come');
      return mask;
    },
    close: () => void solution.close().catch(() => undefined),
  };
}
