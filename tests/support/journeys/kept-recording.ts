// A recording as a call leaves it behind, put into a browser's private file system: people of one colour and one tone each, made by ffmpeg.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer-core';
import { limitMs } from '../../../tools/machine/limits.mjs';

const run = promisify(execFile);

export interface Clip {
  readonly file: string;
  readonly colour: string;
  readonly toneHz: number;
  readonly seconds: number;
}

/** A file as MediaRecorder writes it. */
async function clipBytes({ file, colour, toneHz, seconds }: Clip): Promise<Buffer> {
  const path = join(await mkdtemp(join(tmpdir(), 'clip-')), file);
  const picture = ['-f', 'lavfi', '-i', `color=c=${colour}:size=320x180:rate=15:duration=${seconds}`];
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=${toneHz}:sample_rate=48000:duration=${seconds}`];
  const codecs = ['-c:v', 'libvpx', '-g', '30', '-c:a', 'libopus', '-b:a', '48k', '-live', '1'];
  await run('ffmpeg', ['-v', 'error', '-y', ...picture, ...tone, ...codecs, path], { timeout: limitMs(30_000) });
  return readFile(path);
}

/** @param folder 32 hex digits: the recording's id. @param page any page of the extension. */
export async function keepRecording(
  page: Page,
  folder: string,
  lines: readonly object[],
  clips: readonly Clip[],
): Promise<void> {
  const log = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const files: [string, string][] = [['log.jsonl', log.toString('base64')]];
  for (const clip of clips) files.push([clip.file, (await clipBytes(clip)).toString('base64')]);
  await page.evaluate(
    async (name, all) => {
      const root = await navigator.storage.getDirectory();
      const recordings = await root.getDirectoryHandle('recordings', { create: true });
      const inside = await recordings.getDirectoryHandle(name, { create: true });
      for (const [file, base64] of all) {
        const writable = await (await inside.getFileHandle(file, { create: true })).createWritable();
        await writable.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
        await writable.close();
      }
    },
    folder,
    files,
  );
}
