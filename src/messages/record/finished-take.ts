// What was recorded, written anew: whole, with its length, and without a word about who made it or with what.
import { copyTrack, lengthSeconds } from '../../platform/media/track-copy.ts';
import { draftHandle, readyHandle } from '../../platform/messages/message-files.ts';

export interface FinishedTake {
  readonly file: File;
  readonly seconds: number;
}

/** Packet by packet, without decoding: also what a page that was killed has left. @returns undefined where there is nothing in it. */
export async function finishTake(m: string): Promise<FinishedTake | undefined> {
  const blob = await (await draftHandle(m)).getFile();
  if (blob.size === 0) return undefined;
  const ready = await readyHandle(m);
  const writable = await ready.createWritable();
  if (!(await copyTrack({ blob, fromMs: 0 }, { format: 'webm', writable }))) return undefined;
  const file = await ready.getFile();
  return { file, seconds: Math.max(1, Math.round(await lengthSeconds(file))) };
}
