// WORKER of the call page: writes a recording, one thing after the other, in the order in which recording-disk.ts asks. Only a worker may write in
// place, so that what is written outlives the page.

import type { Bytes } from '../../core/base/bytes.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import type { FirstLine, FurtherLine } from '../../core/recording/recording-log.ts';
import { NoRoomError } from '../../platform/store/disk-room.ts';
import { RecordingWriter } from '../../platform/store/recording-writer.ts';

export type WriterRequest =
  | { readonly ask: 'open'; readonly first: FirstLine }
  | { readonly ask: 'log'; readonly line: FurtherLine }
  | { readonly ask: 'write'; readonly file: string; readonly bytes: Bytes }
  | { readonly ask: 'end'; readonly file: string; readonly at: number }
  | { readonly ask: 'forget'; readonly person: string; readonly at: number }
  | { readonly ask: 'flush' | 'close' };

/** Nothing is said while it goes well, but that it was closed. */
export type WriterAnswer = { readonly failed: 'disk-full' | 'failed' } | { readonly closed: true };

let writer: RecordingWriter | undefined;
const tasks = new TaskQueue();

async function act(request: WriterRequest): Promise<void> {
  if (request.ask === 'open') {
    writer = await RecordingWriter.open(request.first);
    return;
  }
  if (!writer) throw new Error('not open');
  switch (request.ask) {
    case 'log':
      writer.log(request.line);
      return;
    case 'write':
      await writer.write(request.file, request.bytes);
      return;
    case 'end':
      await writer.end(request.file, request.at);
      return;
    case 'forget':
      await writer.forget(request.person, request.at);
      return;
    case 'flush':
      await writer.flush();
      return;
    case 'close':
      await writer.close();
      postMessage({ closed: true } satisfies WriterAnswer);
      return;
  }
}

function failureOf(error: unknown): 'disk-full' | 'failed' {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull || error instanceof NoRoomError ? 'disk-full' : 'failed';
}

addEventListener('message', ({ data }: MessageEvent<WriterRequest>) => {
  tasks
    .run(() => act(data))
    .catch((error: unknown) => postMessage({ failed: failureOf(error) } satisfies WriterAnswer));
});
