// Tracks of a recording, copied into files that play everywhere: judged by ffprobe and ffmpeg, on files that ffmpeg has made.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyTrack } from '../../../src/platform/media/track-copy.ts';

const hasFfmpeg = ['/usr/bin/ffmpeg', '/usr/bin/ffprobe'].every((file) => existsSync(file));
const seconds = 6;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ffc-track-copy-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A moving picture and a tone; a key frame only at the beginning and at 4 s, as in a call. */
function made(name: string, ...codecs: readonly string[]): Uint8Array<ArrayBuffer> {
  const file = join(folder, name);
  const picture = ['-f', 'lavfi', '-i', `testsrc=size=160x90:rate=25:duration=${seconds}`];
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`];
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    ...picture,
    ...tone,
    '-g',
    '100',
    ...codecs,
    '-c:a',
    'libopus',
    '-b:a',
    '48k',
    file,
  ]);
  return new Uint8Array(readFileSync(file));
}

/** What a copy has in it. */
async function copied(bytes: Uint8Array<ArrayBuffer>, format: 'webm' | 'mp4' | 'mkv', fromMs = 0) {
  const file = join(folder, `copy.${format}`);
  let written = new Uint8Array(0);
  const writable = new WritableStream<{ data: Uint8Array; position: number }>({
    write({ data, position }) {
      const longer = new Uint8Array(Math.max(written.length, position + data.length));
      longer.set(written);
      longer.set(data, position);
      written = longer;
    },
  });
  const done = await copyTrack(
    { blob: new Blob([bytes]), fromMs },
    { format, title: 'Our talk', date: new Date('2026-11-29T17:40:00Z'), writable },
  );
  writeFileSync(file, written);
  const probe = (...args: readonly string[]) =>
    JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-of', 'json', ...args, file], { encoding: 'utf8' }));
  return {
    done,
    file,
    probe,
    faults: () => spawnSync('ffmpeg', ['-v', 'error', '-i', file, '-f', 'null', '-'], { encoding: 'utf8' }).stderr,
    length: () => Number(probe('-show_entries', 'format=duration').format.duration),
  };
}

describe.skipIf(!hasFfmpeg)('a copied track', () => {
  test.each([
    ['webm', 'webm', ['-c:v', 'libvpx']],
    ['webm', 'webm', ['-c:v', 'libvpx-vp9']],
    ['mkv', 'mp4', ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-bf', '0']],
    ['webm', 'mkv', ['-c:v', 'libvpx']],
  ] as const)('of %s is a whole %s with picture, sound, length and title (%j)', async (from, to, codec) => {
    const copy = await copied(made(`whole.${from}`, ...codec), to);
    const { streams, format } = copy.probe('-show_entries', 'stream=codec_type:format=duration:format_tags');
    expect(streams.map(({ codec_type }: { codec_type: string }) => codec_type)).toEqual(['video', 'audio']);
    expect(Number(format.duration)).toBeCloseTo(seconds, 1);
    expect(Object.entries(format.tags).find(([key]) => /(?:^|\/)title$/i.test(key))?.[1]).toBe('Our talk');
    expect(copy.faults()).toBe('');
  });

  test('that was cut off anywhere has everything up to the cut, and a length', async () => {
    const bytes = made('cut.webm', '-c:v', 'libvpx', '-cluster_time_limit', '500');
    for (const share of [0.3, 0.5, 0.77, 0.95]) {
      const copy = await copied(bytes.slice(0, Math.floor(bytes.length * share)), 'webm');
      expect(copy.faults()).toBe('');
      expect(copy.length()).toBeGreaterThan(share * seconds - 1.2);
      expect(copy.length()).toBeLessThanOrEqual(seconds + 0.1);
    }
  });

  test('begins at the common beginning: silence and the first picture until the person came', async () => {
    const copy = await copied(made('late.webm', '-c:v', 'libvpx'), 'webm', 2_500);
    expect(copy.length()).toBeCloseTo(seconds + 2.5, 1);
    const { packets } = copy.probe('-show_entries', 'packet=pts_time,codec_type');
    const times = (type: string) =>
      packets
        .filter(({ codec_type }: { codec_type: string }) => codec_type === type)
        .map(({ pts_time }: { pts_time: string }) => Number(pts_time));
    expect(Math.min(...times('video'))).toBeLessThan(0.05);
    const sound = times('audio').sort((a: number, b: number) => a - b);
    expect(sound[0]).toBeLessThan(0.05);
    expect(Math.max(...sound.slice(1).map((at: number, index: number) => at - (sound[index] ?? at)))).toBeLessThan(
      0.05,
    );
    const { stderr } = spawnSync(
      'ffmpeg',
      ['-i', copy.file, '-af', 'silencedetect=noise=-50dB:d=1', '-f', 'null', '-'],
      { encoding: 'utf8' },
    );
    expect(Number(/silence_end: ([\d.]+)/.exec(stderr)?.[1])).toBeCloseTo(2.5, 1);
    expect(copy.faults()).toBe('');
  });

  test('of something that is no recording is none', async () => {
    expect((await copied(new Uint8Array(1_000).fill(7), 'webm')).done).toBe(false);
    expect((await copied(new Uint8Array(0), 'webm')).done).toBe(false);
  });
});
