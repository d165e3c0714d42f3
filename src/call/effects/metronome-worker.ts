// Beats for metronome.ts.
let timer: ReturnType<typeof setInterval> | undefined;

addEventListener('message', ({ data: everyMs }: MessageEvent<number>) => {
  clearInterval(timer);
  timer = setInterval(() => postMessage(undefined), everyMs);
});
