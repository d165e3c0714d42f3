// Films, one after the other, and never beside a call.
import { signal } from '@preact/signals';
import { beforeEach, expect, test } from 'vitest';
import type { FilmAnswer, FilmOrder, FilmRequest } from '../../src/recordings/film/film-worker.ts';
import { Films } from '../../src/recordings/film/films.ts';

interface FakeWorker {
  readonly orders: FilmOrder['order'][];
  answer: (answer: FilmAnswer | undefined) => void;
  isEnded: boolean;
}

const isInCall = signal(false);
let workers: FakeWorker[];
let films: Films;
const request = {} as FilmRequest;
const prepare = () => Promise.resolve(request);
const settled = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(() => {
  isInCall.value = false;
  workers = [];
  films = new Films({
    isInCall,
    startWorker: () => {
      const worker: FakeWorker = { orders: [], answer: () => undefined, isEnded: false };
      workers.push(worker);
      return {
        send: ({ order }) => worker.orders.push(order),
        listen: (onAnswer) => {
          worker.answer = onAnswer;
        },
        end: () => {
          worker.isEnded = true;
        },
      };
    },
  });
});

const state = (id: string) => films.states.value.get(id);

test('films: one is made at a time, and the next begins when it is there', async () => {
  const [one, two] = [films.make('a', prepare), films.make('b', prepare)];
  await settled();
  expect([workers.length, state('b')]).toEqual([1, { state: 'waiting' }]);
  workers[0]?.answer({ share: 0.4 });
  expect(state('a')).toEqual({ state: 'making', share: 0.4 });
  workers[0]?.answer({ made: 'film.mp4' });
  expect(await one).toBe('film.mp4');
  expect([state('a'), workers[0]?.isEnded]).toEqual([undefined, true]);
  await settled();
  expect(workers[1]?.orders).toEqual(['make']);
  workers[1]?.answer({ failed: 'disk-full' });
  expect(await two).toBeUndefined();
  expect(state('b')).toEqual({ state: 'failed', why: 'disk-full' });
  expect(films.isBusy).toBe(false);
});

test('films: while a call is up none is begun, and one that is under way waits', async () => {
  isInCall.value = true;
  const film = films.make('a', prepare);
  await settled();
  expect(workers).toEqual([]);
  isInCall.value = false;
  await settled();
  isInCall.value = true;
  isInCall.value = false;
  expect(workers[0]?.orders).toEqual(['make', 'wait', 'go-on']);
  workers[0]?.answer({ made: 'film.webm' });
  expect(await film).toBe('film.webm');
});

test('films: a call that comes while the tracks are made ready holds up the film, too', async () => {
  let ready: (request: FilmRequest) => void = () => undefined;
  void films.make(
    'a',
    () =>
      new Promise((resolve) => {
        ready = resolve;
      }),
  );
  isInCall.value = true;
  ready(request);
  await settled();
  expect(workers[0]?.orders).toEqual(['make', 'wait']);
});

test('films: whoever cancels gets none: one that waits, one whose tracks are made ready, one that is made', async () => {
  const made = films.make('a', prepare);
  const waiting = films.make('b', prepare);
  films.cancel('b');
  expect(await waiting).toBeUndefined();
  await settled();
  films.cancel('a');
  expect(workers[0]?.orders).toEqual(['make', 'cancel']);
  workers[0]?.answer({ cancelled: true });
  expect(await made).toBeUndefined();
  const early = films.make('c', prepare);
  films.cancel('c');
  expect(await early).toBeUndefined();
  expect([films.states.value.size, workers.length, films.isBusy]).toEqual([0, 1, false]);
});

test('films: a worker that breaks, and tracks with nothing in them, are said', async () => {
  const broken = films.make('a', prepare);
  await settled();
  workers[0]?.answer(undefined);
  expect(await broken).toBeUndefined();
  expect(state('a')).toEqual({ state: 'failed', why: 'failed' });
  expect(await films.make('b', () => Promise.resolve(undefined))).toBeUndefined();
  expect(state('b')).toEqual({ state: 'failed', why: 'nothing-in' });
});
