// Chapters in finished films, judged by ffprobe: the films are written as the product writes them, of pictures and sound that ffmpeg has made.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BlobSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MATROSKA,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WebMOutputFormat,
} from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillerFor, fillerName, writeChapters } from '../../../src/platform/film/chapters.ts';
import type { FilmBytes } from '../../../src/platform/film/film-bytes.ts';

const hasFfmpeg = ['/usr/bin/ffmpeg', '/usr/bin/ffprobe'].every((file) => existsSync(file));
const codecs = { webm: ['-c:v', 'libvpx'], mp4: ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-bf', '0'] } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ffc-chapters-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

class Memory implements FilmBytes {
  #bytes = new Uint8Array(0);
  size = () => this.#bytes.length;
  read = (at: number, length: number) => this.#bytes.slice(at, at + length);
  write = (bytes: Uint8Array<ArrayBuffer>, at: number) => {
    const longer = new Uint8Array(Math.max(this.#bytes.length, at + bytes.length));
    longer.set(this.#bytes);
    longer.set(bytes, at);
    this.#bytes = longer;
  };
}

type Chapters = Parameters<typeof writeChapters>[2];

async function filmOf(format: 'webm' | 'mp4', chapters: Chapters) {
  const source = join(folder, 'source.mkv');
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=25:duration=6'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, ...codecs[format], source]);
  const blob = new Blob([new Uint8Array(readFileSync(source))]);
  const track = await new Input({ source: new BlobSource(blob), formats: [MATROSKA] }).getPrimaryVideoTrack();
  const film = new Memory();
  const writable = new WritableStream<{ data: Uint8Array; position: number }>({
    write: ({ data, position }) => film.write(Uint8Array.from(data), position),
  });
  const output = new Output({
    format: format === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat({ fastStart: false }),
    target: new StreamTarget(writable, { chunked: true }),
  });
  const raw = format === 'webm' && chapters.length > 0 ? { raw: { [fillerName]: fillerFor(chapters) } } : {};
  output.setMetadataTags({ title: 'Our talk', date: new Date('2026-11-29T17:40:00Z'), ...raw });
  const packets = new EncodedVideoPacketSource(format === 'webm' ? 'vp8' : 'avc');
  output.addVideoTrack(packets);
  await output.start();
  const decoderConfig = (await track?.getDecoderConfig()) ?? undefined;
  if (track)
    for await (const packet of new EncodedPacketSink(track).packets())
      await packets.add(packet, { decoderConfig } as EncodedVideoChunkMetadata);
  await output.finalize();
  writeChapters(film, format, chapters);
  const file = join(folder, `film.${format}`);
  writeFileSync(file, film.read(0, film.size()));
  const probed = JSON.parse(
    execFileSync('ffprobe', ['-v', 'error', '-of', 'json', '-show_chapters', '-show_format', file], {
      encoding: 'utf8',
    }),
  ) as {
    chapters: { start_time: string; end_time: string; tags: { title: string } }[];
    format: { duration: string; tags: Record<string, string> };
  };
  return {
    chapters: probed.chapters.map(({ start_time, end_time, tags }) => [
      tags.title,
      Number(start_time),
      Number(end_time),
    ]),
    seconds: Number(probed.format.duration),
    tags: Object.entries(probed.format.tags).map(([key, value]) => [key.toLowerCase().replace('movie/', ''), value]),
    faults: spawnSync('ffmpeg', ['-v', 'warning', '-i', file, '-f', 'null', '-'], { encoding: 'utf8' }).stderr,
  };
}

describe.skipIf(!hasFfmpeg).each(['webm', 'mp4'] as const)('a film as %s', (format) => {
  test('has its chapters, its title and its length, and no filler', async () => {
    const film = await filmOf(format, [
      { fromMs: 0, toMs: 2_500, title: 'Beginning' },
      { fromMs: 2_500, toMs: 6_000, title: 'What we decided – ja, «så» 💡' },
    ]);
    expect(film.chapters).toEqual([
      ['Beginning', 0, 2.5],
      ['What we decided – ja, «så» 💡', 2.5, 6],
    ]);
    expect(film.seconds).toBeCloseTo(6, 1);
    expect(film.tags).toContainEqual(['title', 'Our talk']);
    expect(film.tags.map(([key]) => key)).not.toContain('filler');
    expect(film.faults).toBe('');
  });

  test('takes more and longer ones than its bytes can count, as far as they go', async () => {
    const chapters = Array.from({ length: 300 }, (_, index) => ({
      ...{ fromMs: index * 20, toMs: (index + 1) * 20, title: `${index} ${'é'.repeat(200)}` },
    }));
    const film = await filmOf(format, chapters);
    expect(film.chapters.length).toBe(format === 'webm' ? 300 : 255);
    expect(String(film.chapters[254]?.[0])).toMatch(/^254 é{120}/);
    expect(film.faults).toBe('');
  });

  test('is left as it is where nobody marked a moment', async () => {
    expect((await filmOf(format, [])).chapters).toEqual([]);
  });
});
