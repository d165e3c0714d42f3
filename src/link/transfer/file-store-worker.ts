// WORKER of the call page: does what disk-store.ts asks, one thing after the other. It is the only place that may write in place.

import type { Bytes } from '../../core/base/bytes.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import { blockLength } from '../../core/transfer/file-message.ts';
import { BlockWriter } from '../../platform/store/block-writer.ts';
import { NoRoomError } from '../../platform/store/disk-room.ts';
import type { FilePlace, ReceivedNote } from '../../platform/store/received-files.ts';

export type StoreRequest =
  | { readonly ask: 'open'; readonly note: ReceivedNote; readonly fresh: boolean }
  | { readonly ask: 'write'; readonly id: string; readonly at: number; readonly block: Bytes }
  | { readonly ask: 'hash' | 'keep' | 'discard'; readonly id: string };

export interface StoreAnswer {
  readonly number: number;
  readonly result?: unknown;
  readonly failed?: 'no-room' | 'storage';
  /** The block that was written, to be filled again. */
  readonly block?: Bytes;
}

export interface Asked {
  readonly number: number;
  readonly place: FilePlace;
  readonly request: StoreRequest;
}

const writers = { 'received-files': new BlockWriter(), messages: new BlockWriter('messages') };
const tasks = new TaskQueue();

async function act({ place, request }: Asked): Promise<unknown> {
  const writer = writers[place];
  switch (request.ask) {
    case 'open':
      return writer.open(request.note, request.fresh);
    case 'write':
      return writer.write(request.id, request.at, request.block);
    case 'hash':
      return writer.hash(request.id);
    case 'keep':
      return writer.keep(request.id);
    case 'discard':
      return writer.discard(request.id);
  }
}

function failureOf(error: unknown): 'no-room' | 'storage' {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return isFull || error instanceof NoRoomError ? 'no-room' : 'storage';
}

async function answer(asked: Asked): Promise<void> {
  const { number, request } = asked;
  const reply: StoreAnswer = await act(asked).then(
    (result) => ({ number, result }),
    (error: unknown) => ({ number, failed: failureOf(error) }),
  );
  if (request.ask !== 'write' || request.block.length < blockLength) postMessage(reply);
  else postMessage({ ...reply, block: request.block }, { transfer: [request.block.buffer] });
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  void tasks.run(() => answer(data));
});
