// Plays the tracks of a recording together by one clock: each element is where the clock is, waits while its stretch is not there, and is set right
// when it strays.
import { type Signal, signal } from '@preact/signals';
import { type FilmTime, filmTime } from '../core/recording/film-time.ts';
import type { KeptRecording } from '../core/recording/kept-recording.ts';
import type { ReadyTrack } from './recordings-model.ts';

const tickMs = 100;
/** More than this can be heard and seen. */
const strayMs = 150;

export class Player {
  readonly film: FilmTime;
  /** In the film. */
  readonly atMs: Signal<number> = signal(0);
  readonly isPlaying: Signal<boolean> = signal(false);
  readonly #tracks: readonly ReadyTrack[];
  readonly #elements = new Map<string, HTMLMediaElement>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastMs = 0;

  constructor(recording: KeptRecording, tracks: readonly ReadyTrack[]) {
    this.film = filmTime(recording.lengthMs, recording.pauses);
    this.#tracks = tracks;
  }

  /** This element plays that track; none does any more when there is no element. */
  attach(file: string, element: HTMLMediaElement | null): void {
    if (element) this.#elements.set(file, element);
    else this.#elements.delete(file);
    this.#follow();
  }

  toggle(): void {
    if (this.isPlaying.value) this.stop();
    else this.#play();
  }

  seek(filmMs: number): void {
    this.atMs.value = Math.min(this.film.lengthMs, Math.max(0, filmMs));
    this.#follow();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.isPlaying.value = false;
    this.#follow();
  }

  #play(): void {
    if (this.atMs.value >= this.film.lengthMs) this.atMs.value = 0;
    this.isPlaying.value = true;
    this.#lastMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#follow();
  }

  #tick(): void {
    const now = performance.now();
    this.atMs.value = Math.min(this.film.lengthMs, this.atMs.value + now - this.#lastMs);
    this.#lastMs = now;
    if (this.atMs.value >= this.film.lengthMs) this.stop();
    else this.#follow();
  }

  #follow(): void {
    const nowMs = this.film.recordingMs(this.atMs.value);
    for (const { segment } of this.#tracks) {
      const element = this.#elements.get(segment.file);
      if (!element) continue;
      const insideMs = nowMs - segment.fromMs;
      const isThere = insideMs >= 0 && nowMs < (segment.toMs ?? Number.POSITIVE_INFINITY);
      if (!isThere || !this.isPlaying.value) element.pause();
      if (!isThere) continue;
      const strays = Math.abs(element.currentTime * 1_000 - insideMs);
      if (strays > strayMs && insideMs / 1_000 <= (element.duration || 0)) element.currentTime = insideMs / 1_000;
      // The browser may refuse sound before a click; the next tick tries again.
      if (this.isPlaying.value && element.paused && !element.ended) element.play().catch(() => undefined);
    }
  }
}
