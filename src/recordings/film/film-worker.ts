// WORKER of the page of recordings: makes one film and ends. It waits while it is told to, and leaves nothing behind when it is not wanted any more.
import { type FilmFormat, type FilmJob, filmBytesFor, filmFormats, makeFilm } from '../../platform/film/film-maker.ts';
import { checkRoom, NoRoomError } from '../../platform/store/disk-room.ts';
import { FilmFile } from '../../platform/store/film-file.ts';
import { trackFile } from '../../platform/store/recording-store.ts';

export interface FilmRequest extends Omit<FilmJob, 'tracks'> {
  /** In its folder: the files that were made ready. */
  readonly tracks: readonly (Omit<FilmJob['tracks'][number], 'blob'> & { readonly ready: string })[];
  readonly wanted: FilmFormat;
}

export type FilmOrder =
  | { readonly order: 'make'; readonly request: FilmRequest }
  | { readonly order: 'wait' | 'go-on' | 'cancel' };

export type FilmFailure = 'disk-full' | 'no-codec' | 'nothing-in' | 'elsewhere' | 'failed';

export type FilmAnswer =
  | { readonly share: number }
  | { readonly made: string }
  | { readonly failed: FilmFailure }
  | { readonly cancelled: true };

class Cancelled extends Error {}

const tellMs = 200;
let isWaiting = false;
let isCancelled = false;
let wake: () => void = () => undefined;

const tell = (answer: FilmAnswer): void => postMessage(answer);

async function mayGoOn(): Promise<void> {
  // The orders of the page come in between.
  await new Promise((resolve) => setTimeout(resolve));
  while (isWaiting && !isCancelled)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  if (isCancelled) throw new Cancelled();
}

function failureOf(error: unknown): FilmFailure {
  if (error instanceof NoRoomError) return 'disk-full';
  if (!(error instanceof DOMException)) return 'failed';
  if (error.name === 'QuotaExceededError') return 'disk-full';
  return error.name === 'NoModificationAllowedError' ? 'elsewhere' : 'failed';
}

async function makeIn(format: FilmFormat, job: FilmJob): Promise<FilmAnswer> {
  const file = await FilmFile.create(job.recording.id, format);
  let toldMs = 0;
  const onProgress = (share: number) => {
    if (performance.now() - toldMs < tellMs) return;
    toldMs = performance.now();
    tell({ share });
  };
  try {
    if (await makeFilm(job, { format, file, onProgress, mayGoOn })) return { made: await file.finish() };
    await file.drop();
    return { failed: 'nothing-in' };
  } catch (error) {
    await file.drop();
    throw error;
  }
}

async function make({ tracks, wanted, ...rest }: FilmRequest): Promise<FilmAnswer> {
  const { id, lengthMs } = rest.recording;
  const formats = await filmFormats(wanted);
  if (formats.length === 0) return { failed: 'no-codec' };
  await checkRoom(filmBytesFor(lengthMs));
  const files = tracks.map(async ({ segment, ready }) => ({ segment, blob: await trackFile(id, ready) }));
  const job = { ...rest, tracks: await Promise.all(files) };
  let last: unknown;
  for (const format of formats) {
    try {
      return await makeIn(format, job);
    } catch (error) {
      if (error instanceof Cancelled || failureOf(error) !== 'failed') throw error;
      // An encoder that said that it can, and cannot: the other one may.
      last = error;
    }
  }
  throw last;
}

addEventListener('message', ({ data }: MessageEvent<FilmOrder>) => {
  if (data.order === 'make')
    void make(data.request)
      .catch(
        (error: unknown): FilmAnswer =>
          error instanceof Cancelled ? { cancelled: true } : { failed: failureOf(error) },
      )
      .then(tell);
  else {
    isWaiting = data.order === 'wait';
    isCancelled ||= data.order === 'cancel';
    wake();
  }
});
