// WORKER of the page of recordings: writes a track anew, so that it can be sought in and begins where the recording does. One after the other; nothing
// is decoded.

import { TaskQueue } from '../core/base/task-queue.ts';
import { copyTrack } from '../platform/media/track-copy.ts';
import { recordingFolder, trackFile } from '../platform/store/recording-store.ts';

export interface CopyRequest {
  readonly number: number;
  readonly id: string;
  readonly file: string;
  /** What it is written into, in the same folder. */
  readonly into: string;
  readonly format: 'webm' | 'mp4';
  /** When it begins, from the beginning of what is written. */
  readonly fromMs: number;
  readonly title: string;
  readonly startedAt: number;
}

export interface CopyAnswer {
  readonly number: number;
  /** False: there is nothing in it that could be shown. */
  readonly done: boolean;
}

async function copy({ id, file, into, format, fromMs, title, startedAt }: CopyRequest): Promise<boolean> {
  const folder = await recordingFolder(id, false);
  const blob = await trackFile(id, file).catch(() => undefined);
  if (!blob) return false;
  const handle = await folder.getFileHandle(into, { create: true });
  // It takes the place of nothing before it is whole.
  const writable = await handle.createWritable();
  const isWhole = await copyTrack({ blob, fromMs }, { format, title, date: new Date(startedAt), writable }).catch(
    () => false,
  );
  if (!isWhole) await folder.removeEntry(into).catch(() => undefined);
  return isWhole;
}

const tasks = new TaskQueue();

addEventListener('message', ({ data }: MessageEvent<CopyRequest>) => {
  void tasks
    .run(() => copy(data))
    .catch(() => false)
    .then((done) => postMessage({ number: data.number, done } satisfies CopyAnswer));
});
