// WORKER of the page of recordings: writes one more line into the log of a recording that is over, deletes what was written of somebody, and ends.
import type { FirstLine, FurtherLine } from '../core/recording/recording-log.ts';
import { RecordingWriter } from '../platform/store/recording-writer.ts';

export type Edit = Extract<FurtherLine, { t: 'named' | 'marker' | 'unmarked' | 'forgotten' }>;

export interface EditRequest {
  readonly first: FirstLine;
  readonly edit: Edit;
}

async function write({ first, edit }: EditRequest): Promise<void> {
  const writer = await RecordingWriter.open(first);
  try {
    if (edit.t === 'forgotten') await writer.forget(edit.person, edit.at);
    else writer.log(edit);
  } finally {
    await writer.close();
  }
}

addEventListener('message', ({ data }: MessageEvent<EditRequest>) => {
  write(data).then(
    () => postMessage(true),
    () => postMessage(false),
  );
});
