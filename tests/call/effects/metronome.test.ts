// The beat of frames in browsers without streams of frames: a worker's, or the page's own where no worker runs.
import { afterEach, expect, test, vi } from 'vitest';
import { startMetronome } from '../../../src/call/effects/metronome.ts';

let workers: FakeWorker[] = [];

class FakeWorker {
  onmessage: (() => void) | undefined;
  onerror: (() => void) | undefined;
  readonly asked: number[] = [];
  isOver = false;

  constructor() {
    workers.push(this);
  }

  postMessage(everyMs: number): void {
    this.asked.push(everyMs);
  }

  terminate(): void {
    this.isOver = true;
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  workers = [];
});

test('metronome: a worker beats, and ends with it', () => {
  vi.stubGlobal('Worker', FakeWorker);
  const beat = vi.fn();
  const stop = startMetronome(33, beat);
  workers[0]?.onmessage?.();
  workers[0]?.onmessage?.();
  stop();
  expect([workers[0]?.asked, beat.mock.calls.length, workers[0]?.isOver]).toEqual([[33], 2, true]);
});

// Seen to fail without the page's own timer.
test('metronome: where the worker fails the page beats by itself', () => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  const beat = vi.fn();
  const stop = startMetronome(33, beat);
  workers[0]?.onerror?.();
  workers[0]?.onerror?.();
  vi.advanceTimersByTime(100);
  stop();
  vi.advanceTimersByTime(100);
  expect(beat).toHaveBeenCalledTimes(3);
});
