// The time of a film against that of its recording: pauses go, everything else stays where it was.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chapters, filmTime, gapsIn, joined } from '../../../src/core/recording/film-time.ts';
import type { Span } from '../../../src/core/recording/kept-recording.ts';

const span = (fromMs: number, toMs: number): Span => ({ fromMs, toMs });
const length = 10_000;
const anySpans = fc.array(
  fc.tuple(fc.integer({ min: -500, max: length + 500 }), fc.nat(3_000)).map(([from, long]) => span(from, from + long)),
  { maxLength: 8 },
);
const covers = (spans: readonly Span[], ms: number) => spans.some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs);
const sum = (spans: readonly Span[]) => spans.reduce((all, { fromMs, toMs }) => all + toMs - fromMs, 0);

test('spans that touch are one, and empty ones are none', () => {
  expect(joined([span(5, 9), span(1, 3), span(3, 4), span(8, 12), span(20, 20)])).toEqual([span(1, 4), span(5, 12)]);
});

test('a moment is in a span or in a gap, never in both', () => {
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 0, max: length - 1 }), (spans, ms) => {
      expect(covers(gapsIn(span(0, length), spans), ms)).toBe(!covers(spans, ms));
    }),
  );
});

describe('a film', () => {
  test('leaves the pauses out', () => {
    const film = filmTime(10_000, [span(2_000, 5_000), span(9_000, 10_000)]);
    expect(film.lengthMs).toBe(6_000);
    expect([0, 1_999, 2_000, 4_000, 5_000, 6_000, 9_500].map(film.filmMs)).toEqual([
      0, 1_999, 2_000, 2_000, 2_000, 3_000, 6_000,
    ]);
    expect([0, 2_000, 3_000, 6_000].map(film.recordingMs)).toEqual([0, 5_000, 6_000, 9_000]);
    expect(film.pieces(span(1_000, 6_000))).toEqual([
      { fromMs: 1_000, toMs: 2_000, recordingFromMs: 1_000 },
      { fromMs: 2_000, toMs: 3_000, recordingFromMs: 5_000 },
    ]);
  });

  test('any moment that is shown is found again, and time never runs backwards', () => {
    fc.assert(
      fc.property(anySpans, fc.nat(length - 1), fc.nat(length - 1), (pauses, one, other) => {
        const film = filmTime(length, pauses);
        expect(film.lengthMs).toBe(sum(gapsIn(span(0, length), pauses)));
        if (!covers(pauses, one)) expect(film.recordingMs(film.filmMs(one))).toBe(one);
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(film.filmMs(late)).toBeGreaterThanOrEqual(film.filmMs(early));
        expect(sum(film.pieces(span(early, late)))).toBe(film.filmMs(late) - film.filmMs(early));
      }),
    );
  });

  test('of nothing but a pause is empty', () => {
    const film = filmTime(1_000, [span(0, 1_000)]);
    expect([film.lengthMs, film.filmMs(500), film.recordingMs(0), film.pieces(span(0, 1_000))]).toEqual([0, 0, 0, []]);
  });
});

describe('chapters', () => {
  const film = filmTime(60_000, [span(10_000, 20_000)]);
  const marker = (atMs: number, text: string) => ({ atMs, text, person: 'anna' });

  test('go from marker to marker, by the time of the film', () => {
    expect(chapters([marker(30_000, 'Two'), marker(5_000, 'One')], film, 'Beginning')).toEqual([
      { title: 'Beginning', fromMs: 0, toMs: 5_000 },
      { title: 'One', fromMs: 5_000, toMs: 20_000 },
      { title: 'Two', fromMs: 20_000, toMs: 50_000 },
    ]);
  });

  test('of one moment are one: in the first second, in one pause, at the end', () => {
    const titles = (...markers: ReturnType<typeof marker>[]) =>
      chapters(markers, film, 'Beginning').map(({ title }) => title);
    expect(titles(marker(400, 'Hello'))).toEqual(['Hello']);
    expect(titles(marker(12_000, 'Break'), marker(18_000, 'Still'))).toEqual(['Beginning', 'Break']);
    expect(titles(marker(60_000, 'End'))).toEqual(['Beginning']);
    expect(titles()).toEqual([]);
  });
});
