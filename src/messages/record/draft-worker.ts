// WORKER of the page of messages: appends what is recorded to a file, as it comes. What is written outlives a page that is killed.
import { TaskQueue } from '../../core/base/task-queue.ts';
import { DraftWriter } from '../../platform/messages/draft-writer.ts';

export type DraftRequest =
  | { readonly ask: 'open'; readonly handle: FileSystemFileHandle }
  | { readonly ask: 'write'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ask: 'close' };

/** Of each request, in order: whether it was done. */
export type DraftAnswer = boolean;

const tasks = new TaskQueue();
let writer: DraftWriter | undefined;

async function act(request: DraftRequest): Promise<void> {
  if (request.ask === 'open') writer = await DraftWriter.open(request.handle);
  else if (!writer) throw new Error('no draft is open');
  else if (request.ask === 'write') writer.write(request.bytes);
  else writer.close();
}

addEventListener('message', ({ data }: MessageEvent<DraftRequest>) => {
  void tasks
    .run(() => act(data))
    .then(
      () => true,
      () => false,
    )
    .then((done: DraftAnswer) => postMessage(done));
});
