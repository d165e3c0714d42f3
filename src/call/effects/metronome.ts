// A beat that goes on in a hidden page: a page's own timers are slowed down there, a worker's are not.

/** @returns a function that ends it. Where no worker can be had, the page's own timer beats. */
export function startMetronome(everyMs: number, beat: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const worker = new Worker(new URL('./metronome-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = beat;
  worker.onerror = () => {
    timer ??= setInterval(beat, everyMs);
  };
  worker.postMessage(everyMs);
  return () => {
    worker.terminate();
    clearInterval(timer);
  };
}
