// Has a line written into the log of a recording by a worker.
import type { ListedRecording } from '../platform/store/recording-store.ts';
import type { Edit, EditRequest } from './edit-worker.ts';

/** @returns false where it could not be written: its page writes it still, or the disk refuses. */
export function editRecording({ id, recorder, name, startedAt }: ListedRecording, edit: Edit): Promise<boolean> {
  const worker = new Worker(new URL('./edit-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<boolean>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<boolean>) => resolve(data));
    worker.addEventListener('error', () => resolve(false));
    const first = { t: 'recording', v: 1, id, person: recorder, name, startedAt } as const;
    worker.postMessage({ first, edit } satisfies EditRequest);
  }).finally(() => worker.terminate());
}
