// What backgrounds and noise suppression cost: a frame in one Chromium, a second of sound in Node by the very worklet that the page runs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @typedef {{ readonly way: string, readonly ms: readonly number[] }} Way */

const patienceMs = 240_000;
const [rate, block] = [48_000, 128];

/**
 * Milliseconds of each frame, by way.
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.executablePath
 * @param {string} options.outDir
 * @param {number} options.frames
 * @returns {Promise<readonly Way[]>}
 */
export async function measureFrames({ root, executablePath, outDir, frames }) {
  const { build, preview } = await import('vite');
  const shared = { root: join(root, 'bench', 'effects'), configFile: /** @type {const} */ (false) };
  const input = join(shared.root, 'page.html');
  await build({
    ...shared,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2023', rolldownOptions: { input } },
  });
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0 },
    logLevel: 'warn',
  });
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({
    executablePath,
    protocolTimeout: patienceMs,
    args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}page.html`);
    await page.waitForFunction('typeof measure === "function"');
    return /** @type {readonly Way[]} */ (await page.evaluate(`measure(${frames})`));
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Processor time of the worklet for each second of sound, in milliseconds: a voice-like tone in noise that does not repeat.
 * @param {object} options
 * @param {string} options.root
 * @param {number} options.seconds
 * @returns {Promise<readonly number[]>}
 */
export async function measureSound({ root, seconds }) {
  const require = createRequire(import.meta.url);
  const wasm = readFileSync(require.resolve('@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm'));
  /** @typedef {{ processor?: unknown, process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean }} Processor */
  /** @type {(new (options: object) => Processor) | undefined} */
  let Worklet;
  // What the program takes Node for has this name.
  Object.assign(globalThis, {
    __dirname: root,
    AudioWorkletProcessor: class {
      port = new EventTarget();
    },
    registerProcessor: (/** @type {string} */ _name, /** @type {new (options: object) => Processor} */ given) => {
      Worklet = given;
    },
  });
  await import(pathToFileURL(require.resolve('@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js')).href);
  if (!Worklet) throw new Error('the worklet has registered nothing');
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  const worklet = new Worklet({ processorOptions: { maxChannels: 1, wasmBinary } });
  while (worklet.processor === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  const [input, output] = [new Float32Array(block), new Float32Array(block)];
  const ms = [];
  for (let second = 0; second < seconds; second += 1) {
    const from = process.cpuUsage();
    for (let at = 0; at < rate; at += block) {
      for (let i = 0; i < block; i += 1)
        input[i] = 0.1 * (Math.random() - 0.5) + 0.2 * Math.sin(((at + i) / rate) * 2 * Math.PI * 180);
      worklet.process([[input]], [[output]]);
    }
    const { user, system } = process.cpuUsage(from);
    ms.push((user + system) / 1_000);
  }
  return ms;
}
