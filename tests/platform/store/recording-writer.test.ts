// Recordings on the disk: what is written is there whatever ends the page, what is to be forgotten goes, and a full disk costs nothing that
// was there.
import { beforeEach, describe, expect, test } from 'vitest';
import { concat, toBase64url, utf8 } from '../../../src/core/base/bytes.ts';
import { type FirstLine, type FurtherLine, formatLine } from '../../../src/core/recording/recording-log.ts';
import { NoRoomError } from '../../../src/platform/store/disk-room.ts';
import { deleteRecording, listRecordings, trackFile } from '../../../src/platform/store/recording-store.ts';
import { RecordingWriter } from '../../../src/platform/store/recording-writer.ts';
import { FakeDirectory } from '../../support/doubles/fake-directory.ts';

const [anna, ben] = ['a'.repeat(64), 'b'.repeat(64)];
const firstOf = (seed: number, startedAt = 1): FirstLine => ({
  t: 'recording',
  v: 1,
  id: toBase64url(new Uint8Array(16).fill(seed)),
  person: anna,
  name: `Recording ${seed}`,
  startedAt,
});
const first = firstOf(1);
const camera = (file: string, person: string, at = 0): FurtherLine => ({
  t: 'segment',
  at,
  file,
  person,
  part: 'camera',
  mime: 'video/webm',
});
const bytesOf = async (file: string) => new Uint8Array(await (await trackFile(first.id, file)).arrayBuffer());

let root: FakeDirectory;
beforeEach(() => {
  root = new FakeDirectory();
  root.install();
});
const folder = () => root.folders.get('recordings')?.folders.get('01'.repeat(16));

/** A recording with a track of each. */
async function begun(): Promise<RecordingWriter> {
  const writer = await RecordingWriter.open(first);
  writer.log(camera('a-1.webm', anna));
  writer.log(camera('b-1.webm', ben));
  await writer.write('a-1.webm', utf8('anna'));
  await writer.write('b-1.webm', utf8('ben'));
  return writer;
}

describe('what is written', () => {
  test('lies in the order in which it came, and is listed with its size', async () => {
    const writer = await begun();
    await Promise.all([writer.write('a-1.webm', utf8(' and')), writer.write('a-1.webm', utf8(' more'))]);
    await writer.end('a-1.webm', 700);
    writer.log({ t: 'stopped', at: 900, why: 'stopped' });
    await writer.close();
    expect(new TextDecoder().decode(await bytesOf('a-1.webm'))).toBe('anna and more');
    const [recording] = await listRecordings();
    expect(recording).toMatchObject({ name: 'Recording 1', lengthMs: 900, end: { why: 'stopped' } });
    expect(recording?.segments).toMatchObject([
      { file: 'a-1.webm', toMs: 700 },
      { file: 'b-1.webm', toMs: undefined },
    ]);
    expect(recording?.size).toBe(folder()?.usage);
    expect(root.isAnyLocked).toBe(false);
  });

  test('is there after the browser was killed, and is gone on with', async () => {
    const killed = await begun();
    killed.log({ t: 'marker', at: 5, person: anna, text: 'here' });
    root.crash();
    // The last line was torn.
    const log = folder()?.files.get('log.jsonl');
    if (log) log.bytes = concat(log.bytes, formatLine({ t: 'paused', at: 6 }).slice(0, 9));
    const writer = await RecordingWriter.open(first);
    expect(writer.before?.lines.at(-1)).toMatchObject({ t: 'marker' });
    writer.log(camera('a-2.webm', anna, 10));
    await writer.write('a-2.webm', utf8('again'));
    await writer.close();
    const [recording] = await listRecordings();
    expect(recording).toMatchObject({ markers: [{ text: 'here' }], pauses: [] });
    expect(recording?.segments.map(({ file }) => file)).toEqual(['a-1.webm', 'b-1.webm', 'a-2.webm']);
    expect(new TextDecoder().decode(await bytesOf('a-1.webm'))).toBe('anna');
  });

  test('belongs to a segment that the log knows', async () => {
    const writer = await begun();
    await expect(writer.write('c-1.webm', utf8('x'))).rejects.toThrow();
    expect(folder()?.files.has('c-1.webm')).toBe(false);
  });
});

describe('forgetting', () => {
  test('deletes the files of one person, in mid-track too, and of nobody else', async () => {
    const writer = await begun();
    await writer.forget(ben, 50);
    expect([...(folder()?.files.keys() ?? [])].sort()).toEqual(['a-1.webm', 'log.jsonl']);
    await expect(writer.write('b-1.webm', utf8('more'))).rejects.toThrow();
    writer.log(camera('b-2.webm', ben, 60));
    await writer.write('b-2.webm', utf8('a new yes'));
    await writer.close();
    expect((await listRecordings())[0]?.segments.map(({ file }) => file)).toEqual(['a-1.webm', 'b-2.webm']);
  });

  test('that a crash interrupted is done when the recordings are listed', async () => {
    const writer = await begun();
    writer.log({ t: 'forgotten', at: 50, person: ben });
    root.crash();
    expect(folder()?.files.has('b-1.webm')).toBe(true);
    await listRecordings();
    expect(folder()?.files.has('b-1.webm')).toBe(false);
    expect(folder()?.files.has('a-1.webm')).toBe(true);
  });

  test('of somebody from before a crash finds their files', async () => {
    await begun();
    root.crash();
    const writer = await RecordingWriter.open(first);
    await writer.forget(ben, 80);
    expect(folder()?.files.has('b-1.webm')).toBe(false);
  });
});

describe('a full disk', () => {
  test('lets nothing be begun', async () => {
    root.quota = 100_000_000;
    await expect(RecordingWriter.open(first)).rejects.toBeInstanceOf(NoRoomError);
    expect(root.isAnyLocked).toBe(false);
    expect(await listRecordings()).toEqual([]);
  });

  test('costs what did not fit, whole, and nothing before it', async () => {
    const writer = await begun();
    const place = folder();
    if (place) place.quota = place.usage + 20;
    await expect(writer.write('a-1.webm', new Uint8Array(30))).rejects.toThrow();
    expect(() => writer.log({ t: 'marker', at: 5, person: anna, text: 'too long for what is left' })).toThrow();
    expect(new TextDecoder().decode(await bytesOf('a-1.webm'))).toBe('anna');
    expect((await listRecordings())[0]).toMatchObject({ markers: [] });
  });
});

describe('the list', () => {
  test('has the newest first, and passes over folders that say nothing', async () => {
    for (const [seed, startedAt] of [
      [1, 10],
      [2, 30],
      [3, 20],
    ] as const)
      await (await RecordingWriter.open(firstOf(seed, startedAt))).close();
    const recordings = root.folders.get('recordings');
    await recordings?.getDirectoryHandle('junk', { create: true });
    await (await recordings?.getDirectoryHandle('more', { create: true }))?.getFileHandle('log.jsonl', {
      create: true,
    });
    expect((await listRecordings()).map(({ name }) => name)).toEqual(['Recording 2', 'Recording 3', 'Recording 1']);
  });

  test('has no longer what was deleted, and deleting twice is no fault', async () => {
    await (await begun()).close();
    await deleteRecording(first.id);
    await deleteRecording(first.id);
    expect(await listRecordings()).toEqual([]);
    await expect(deleteRecording('..')).rejects.toThrow();
  });

  test('can be read while it is being recorded', async () => {
    await begun();
    expect((await listRecordings())[0]).toMatchObject({ end: undefined, segments: [{}, {}] });
  });
});
