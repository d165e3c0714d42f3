// From the clock of a recording to the time in its film: pauses are cut out, everything else keeps its place, silence and gaps included. Pure.
import type { Marker, Span } from './kept-recording.ts';

/** Spans in order, without those that are empty; those that touch or overlap are one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const inOrder = spans.filter(({ fromMs, toMs }) => toMs > fromMs).toSorted((a, b) => a.fromMs - b.fromMs);
  const result: Span[] = [];
  for (const span of inOrder) {
    const last = result.at(-1);
    if (last && span.fromMs <= last.toMs)
      result[result.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
    else result.push(span);
  }
  return result;
}

/** What of `whole` lies in none of the spans. */
export function gapsIn(whole: Span, spans: readonly Span[]): readonly Span[] {
  const gaps: Span[] = [];
  let fromMs = whole.fromMs;
  for (const span of joined(spans)) {
    if (span.fromMs > fromMs) gaps.push({ fromMs, toMs: Math.min(span.fromMs, whole.toMs) });
    fromMs = Math.max(fromMs, span.toMs);
  }
  if (fromMs < whole.toMs) gaps.push({ fromMs, toMs: whole.toMs });
  return gaps.filter((gap) => gap.toMs > gap.fromMs);
}

export interface FilmTime {
  readonly lengthMs: number;
  /** Where a moment of the recording is in the film. A moment in a pause is where the film goes on. */
  filmMs(recordingMs: number): number;
  /** Which moment of the recording a place in the film shows. */
  recordingMs(filmMs: number): number;
  /** The pieces that a span of the recording has in the film, by the film's time. */
  pieces(span: Span): readonly (Span & { readonly recordingFromMs: number })[];
}

/** The film of a recording of that length with these pauses. */
export function filmTime(lengthMs: number, pauses: readonly Span[]): FilmTime {
  const shown = gapsIn({ fromMs: 0, toMs: lengthMs }, pauses);
  let filmFromMs = 0;
  const parts = shown.map((span) => {
    const part = { ...span, filmFromMs };
    filmFromMs += span.toMs - span.fromMs;
    return part;
  });
  const whole = filmFromMs;
  return {
    lengthMs: whole,
    filmMs(recordingMs) {
      const part = parts.find(({ toMs }) => recordingMs < toMs);
      return part ? part.filmFromMs + Math.max(0, recordingMs - part.fromMs) : whole;
    },
    recordingMs(filmMs) {
      const part = parts.findLast((one) => one.filmFromMs <= Math.max(0, filmMs));
      return part ? Math.min(part.toMs, part.fromMs + Math.max(0, filmMs) - part.filmFromMs) : 0;
    },
    pieces: (span) =>
      parts.flatMap((part) => {
        const fromMs = Math.max(span.fromMs, part.fromMs);
        const toMs = Math.min(span.toMs, part.toMs);
        if (toMs <= fromMs) return [];
        const begins = part.filmFromMs + fromMs - part.fromMs;
        return [{ fromMs: begins, toMs: begins + toMs - fromMs, recordingFromMs: fromMs }];
      }),
  };
}

export interface Chapter extends Span {
  readonly title: string;
}

/** Two markers this close are of one moment: the first has the name. */
const leastChapterMs = 1_000;

/** The film's chapters: one from each marker to the next, and one before the first. None where nobody set a marker. */
export function chapters(markers: readonly Marker[], film: FilmTime, firstTitle: string): readonly Chapter[] {
  if (markers.length === 0) return [];
  const starts = [{ fromMs: 0, title: firstTitle }];
  for (const { atMs, text } of markers.toSorted((a, b) => a.atMs - b.atMs)) {
    const fromMs = film.filmMs(atMs);
    const last = starts.at(-1);
    if (starts.length === 1 && fromMs < leastChapterMs) starts[0] = { fromMs: 0, title: text };
    else if (last && fromMs - last.fromMs >= leastChapterMs && fromMs < film.lengthMs)
      starts.push({ fromMs, title: text });
  }
  return starts.map((start, index) => ({ ...start, toMs: starts[index + 1]?.fromMs ?? film.lengthMs }));
}
