// What there is of a film, by the files beside it.
import { expect, test } from 'vitest';
import { isOfFilm, keptFilm } from '../../../src/platform/store/film-file.ts';

const tracks = ['log.jsonl', 'aaaaaaaa-camera-0.webm', 'ready-aaaaaaaa-camera-0.webm'];

test('a film: none, one whose page was closed, and a whole one, whatever was left beside it', () => {
  expect(keptFilm(tracks)).toEqual({ state: 'none' });
  expect(keptFilm([...tracks, 'film-part.webm'])).toEqual({ state: 'interrupted' });
  expect(keptFilm([...tracks, 'film-part.webm', 'film.mp4'])).toEqual({ state: 'whole', file: 'film.mp4' });
});

test('a film: what goes when it says something that is no longer so', () => {
  expect([...tracks, 'film.webm', 'film-part.mp4', 'film.txt'].filter(isOfFilm)).toEqual([
    'film.webm',
    'film-part.mp4',
  ]);
});
