// The files of recordings as they lie in a browser's private file system, and what ffmpeg finds in them.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer-core';
import type { Box } from '../../../src/core/stage/tile-layout.ts';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { afterThisTest } from '../runner/cleanups.ts';
import type { ColourName } from '../samples/generated-media.ts';

const run = promisify(execFile);
const most = 64 * 1024 * 1024;

/** name -> path of a copy that stays for this test, of all recordings of this browser. @param page any page of the extension. */
export async function recordedFiles(page: Page): Promise<ReadonlyMap<string, string>> {
  const read = await page.evaluate(async () => {
    const found: [string, string][] = [];
    const root = await navigator.storage.getDirectory();
    const recordings = await root.getDirectoryHandle('recordings').catch(() => undefined);
    for await (const folder of recordings?.values() ?? []) {
      if (folder.kind !== 'directory') continue;
      for await (const file of (folder as FileSystemDirectoryHandle).values()) {
        if (file.kind !== 'file') continue;
        const bytes = new Uint8Array(await (await (file as FileSystemFileHandle).getFile()).arrayBuffer());
        let text = '';
        for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
        found.push([`${folder.name}-${file.name}`, btoa(text)]);
      }
    }
    return found;
  });
  const folder = await mkdtemp(join(tmpdir(), 'ffc-recorded-'));
  afterThisTest(() => rm(folder, { recursive: true, force: true }));
  const copies = new Map<string, string>();
  for (const [name, base64] of read) {
    const path = join(folder, name);
    await writeFile(path, Buffer.from(base64, 'base64'));
    copies.set(name, path);
  }
  return copies;
}

/** The lines of the log of the newest recording. */
export async function newestLog(page: Page): Promise<readonly Record<string, unknown>[]> {
  const logs = [...(await recordedFiles(page))].filter(([name]) => name.endsWith('log.jsonl'));
  const read = await Promise.all(logs.map(async ([, path]) => (await readFile(path, 'utf8')).trimEnd().split('\n')));
  const parsed = read.map((lines) => lines.map((line) => JSON.parse(line) as Record<string, unknown>));
  return parsed.sort((a, b) => Number(b[0]?.['startedAt']) - Number(a[0]?.['startedAt']))[0] ?? [];
}

const ffmpeg = async (...args: readonly string[]): Promise<{ readonly out: Buffer; readonly complaints: string }> => {
  const { stdout, stderr } = await run('ffmpeg', ['-v', 'error', ...args], {
    encoding: 'buffer',
    maxBuffer: most,
    timeout: limitMs(30_000),
  });
  return { out: stdout, complaints: stderr.toString() };
};

/** What ffmpeg does not like about a file when it plays all of it, each picture at its own time: in a call they come as they come. */
export const complaintsAbout = async (path: string): Promise<string> =>
  (await ffmpeg('-i', path, '-fps_mode', 'passthrough', '-enc_time_base', '1:1000', '-f', 'null', '-')).complaints;

const ranges: Readonly<Record<ColourName, (r: number, g: number, b: number) => boolean>> = {
  red: (r, g, b) => r > 120 && g < 100 && b < 100,
  green: (r, g, b) => g > 120 && r < 100 && b < 100,
  blue: (r, g, b) => b > 120 && r < 100 && g < 100,
  yellow: (r, g, b) => r > 120 && g > 120 && b < 100,
};

const nameOfColour = (r: number, g: number, b: number): string =>
  (Object.keys(ranges) as ColourName[]).find((name) => ranges[name](r, g, b)) ?? `${r} ${g} ${b}`;

/** The colour of a few pixels in the middle of a box of the picture that is there at that moment. */
export async function colourAt(path: string, seconds: number, box: Box): Promise<string> {
  const crop = `crop=8:8:${Math.round(box.left + box.width / 2)}:${Math.round(box.top + box.height / 3)},scale=1:1`;
  const from = ['-ss', String(seconds), '-i', path, '-frames:v', '1'];
  const { out } = await ffmpeg(...from, '-vf', crop, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-');
  const [r = 0, g = 0, b = 0] = out;
  return nameOfColour(r, g, b);
}

/** The colours of its pictures, one each second. */
export async function coloursIn(path: string): Promise<readonly string[]> {
  const { out } = await ffmpeg('-i', path, '-an', '-vf', 'fps=1,scale=1:1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-');
  return Array.from({ length: Math.floor(out.length / 3) }, (_, at) => {
    const [r = 0, g = 0, b = 0] = out.subarray(at * 3, at * 3 + 3);
    return nameOfColour(r, g, b);
  });
}

/** How much of its sound is a tone of this pitch, from 0 to 1 (Goertzel). */
export async function shareOfTone(path: string, toneHz: number): Promise<number> {
  const rate = 8_000;
  const { out } = await ffmpeg('-i', path, '-vn', '-ac', '1', '-ar', String(rate), '-f', 's16le', '-');
  const samples = Array.from({ length: Math.floor(out.length / 2) }, (_, at) => out.readInt16LE(at * 2) / 32_768);
  const block = 800;
  let [tone, all] = [0, 0];
  for (let from = 0; from + block <= samples.length; from += block) {
    const factor = 2 * Math.cos((2 * Math.PI * toneHz) / rate);
    let [one, two] = [0, 0];
    for (const sample of samples.slice(from, from + block)) {
      [one, two] = [sample + factor * one - two, one];
      all += sample * sample;
    }
    tone += (one * one + two * two - factor * one * two) / (block / 2);
  }
  return all === 0 ? 0 : tone / all;
}

/** Its length in seconds, by what is in it: a file that is only appended to does not say so itself. */
export async function secondsOf(path: string): Promise<number> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path], {
    maxBuffer: most,
    timeout: limitMs(30_000),
  });
  return Math.max(
    0,
    ...stdout
      .split(/[\n,]+/)
      .map(Number)
      .filter(Number.isFinite),
  );
}

/** Titles and whole seconds. */
export async function chaptersOf(
  path: string,
): Promise<readonly { readonly title: string; readonly from: number; readonly to: number }[]> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_chapters', '-of', 'json', path], {
    timeout: limitMs(30_000),
  });
  const { chapters } = JSON.parse(stdout) as {
    chapters: readonly { start_time: string; end_time: string; tags: { title: string } }[];
  };
  return chapters.map(({ start_time, end_time, tags }) => ({
    title: tags.title,
    from: Math.round(Number(start_time)),
    to: Math.round(Number(end_time)),
  }));
}
