// The player of recordings: one clock for all tracks, each where it belongs, and pauses left out.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keptRecording } from '../../src/core/recording/kept-recording.ts';
import type { FurtherLine } from '../../src/core/recording/recording-log.ts';
import { Player } from '../../src/recordings/player.ts';

const person = 'a'.repeat(64);
const segment = (file: string, at: number): FurtherLine => ({
  ...{ t: 'segment', at, file, person, part: 'camera', mime: 'video/webm' },
});
/** Twenty seconds with a pause of five, and two tracks after each other. */
const recording = keptRecording({
  first: { t: 'recording', v: 1, id: 'a', person, name: 'Bob', startedAt: 0 },
  lines: [
    segment('1.webm', 0),
    { t: 'ended', at: 8_000, file: '1.webm' },
    { t: 'paused', at: 10_000 },
    { t: 'resumed', at: 15_000 },
    segment('2.webm', 15_000),
    { t: 'ended', at: 20_000, file: '2.webm' },
    { t: 'stopped', at: 20_000, why: 'stopped' },
  ],
});

const element = () => ({
  currentTime: 0,
  duration: 60,
  paused: true,
  ended: false,
  play() {
    this.paused = false;
    return Promise.resolve();
  },
  pause() {
    this.paused = true;
  },
});

let first: ReturnType<typeof element>;
let second: ReturnType<typeof element>;
let player: Player;

beforeEach(() => {
  vi.useFakeTimers();
  [first, second] = [element(), element()];
  player = new Player(
    recording,
    recording.segments.map((one) => ({ segment: one, url: '' })),
  );
  player.attach('1.webm', first as unknown as HTMLMediaElement);
  player.attach('2.webm', second as unknown as HTMLMediaElement);
});

afterEach(() => vi.useRealTimers());

test('a pause takes no time', () => {
  expect(player.film.lengthMs).toBe(15_000);
});

test('a track plays while its stretch is there', () => {
  player.toggle();
  expect([first.paused, second.paused]).toEqual([false, true]);
  vi.advanceTimersByTime(9_000);
  expect([first.paused, second.paused]).toEqual([true, true]);
  vi.advanceTimersByTime(2_000);
  expect([first.paused, second.paused]).toEqual([true, false]);
  vi.advanceTimersByTime(10_000);
  expect(player.isPlaying.value).toBe(false);
  expect([first.paused, second.paused]).toEqual([true, true]);
});

test('a place is found in the track that is there then', () => {
  player.seek(5_000);
  expect(first.currentTime).toBe(5);
  // Twelve seconds into the film are seventeen of the recording.
  player.seek(12_000);
  expect(second.currentTime).toBe(2);
});

test('a track that strays is set right, and one that does not is left alone', () => {
  player.toggle();
  vi.advanceTimersByTime(3_000);
  expect(first.currentTime).toBeCloseTo(3, 1);
  first.currentTime = 3.05;
  vi.advanceTimersByTime(100);
  expect(first.currentTime).toBe(3.05);
  first.currentTime = 2;
  vi.advanceTimersByTime(100);
  expect(first.currentTime).toBeCloseTo(3.2, 1);
});
