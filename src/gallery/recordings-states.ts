// The page of recordings in each of its states.
import { keptRecording } from '../core/recording/kept-recording.ts';
import type { FurtherLine } from '../core/recording/recording-log.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';
import type { RecordingsModel } from '../recordings/recordings-model.ts';
import { galleryNow, idOf, names } from './fixtures/people.ts';

const file = (place: number) => `${place}-camera-${place}.webm`;
const hour = 3_600_000;

/** What Alice recorded of the first two others, with a third who said no. */
const lines: readonly FurtherLine[] = [
  ...[0, 1, 2, 3].map((place) => ({ t: 'came', at: 0, person: idOf(place), name: names[place] ?? '' }) as const),
  ...[1, 2, 3].map((place) => ({ t: 'answer', at: 0, person: idOf(place), yes: place < 3, e: '', s: '' }) as const),
  ...[0, 1, 2].map(
    (place) =>
      ({ t: 'segment', at: 500, file: file(place), person: idOf(place), part: 'camera', mime: 'video/webm' }) as const,
  ),
  // Nobody is drawn as a picture here.
  ...[0, 1, 2].map((place) => ({ t: 'picture', at: 500, person: idOf(place), part: 'camera', on: false }) as const),
  { t: 'marker', at: 0.3 * hour, person: idOf(0), text: 'Mark' },
  { t: 'marker', at: 0.5 * hour, person: idOf(0), text: 'Mark' },
];

function recording(id: string, name: string, more: readonly FurtherLine[]): ListedRecording {
  const first = { t: 'recording', v: 1, id, person: idOf(0), name, startedAt: galleryNow - 26 * hour } as const;
  return { ...keptRecording({ first, lines: [...lines, ...more] }), size: 812_000_000, files: [] };
}

const whole = recording('a', `${names[1]}, ${names[2]} and ${names[3]}`, [
  { t: 'stopped', at: 0.7 * hour, why: 'stopped' },
]);
/** Somebody in it has taken the yes back. */
const stopped = recording('c', `${names[1]} and ${names[2]}`, [
  { t: 'answer', at: 0.6 * hour, person: idOf(2), yes: false, e: '', s: '' },
  { t: 'stopped', at: 0.7 * hour, why: 'stopped' },
]);
const torn = recording('b', names[1], []);

const listed = (model: RecordingsModel) => {
  model.recordings.value = [whole, torn];
  model.free.value = 9_400_000_000;
};

export const recordingsStates: Readonly<Record<string, (model: RecordingsModel) => void>> = {
  'recordings-none': (model) => {
    model.recordings.value = [];
  },
  'recordings-failed': (model) => {
    model.hasFailed.value = true;
  },
  'recordings-listed': listed,
  'recordings-running': (model) => {
    listed(model);
    model.running.value = new Set([torn.id]);
  },
  'recordings-film-making': (model) => {
    listed(model);
    model.films.states.value = new Map([
      [whole.id, { state: 'making', share: 0.37 }],
      [torn.id, { state: 'waiting' }],
    ]);
  },
  'recordings-film-in-call': (model) => {
    listed(model);
    model.films.isInCall.value = true;
    model.films.states.value = new Map([
      [whole.id, { state: 'making', share: 0.37 }],
      [torn.id, { state: 'waiting' }],
    ]);
  },
  'recordings-film-failed': (model) => {
    model.recordings.value = [whole, { ...torn, files: ['film-part.mp4'] }];
    model.films.states.value = new Map([[whole.id, { state: 'failed', why: 'disk-full' }]]);
  },
  'recordings-preparing': (model) => {
    listed(model);
    model.opening.value = { state: 'preparing', id: whole.id, done: 1, of: 3 };
  },
  'recordings-put': (model) => {
    listed(model);
    model.putInto.value = '';
  },
  'recordings-put-refused': (model) => {
    model.recordings.value = [stopped];
    model.putInto.value = '';
  },
  'recordings-player': (model) => {
    listed(model);
    model.saving.value = new Set([file(2)]);
    const tracks = whole.segments.map((segment) => ({ segment, url: '' }));
    model.opening.value = { state: 'ready', id: whole.id, tracks };
  },
};
