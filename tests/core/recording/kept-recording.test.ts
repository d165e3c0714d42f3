// What a log adds up to, whole and cut off.
import { expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { keptRecording } from '../../../src/core/recording/kept-recording.ts';
import type { FirstLine, FurtherLine } from '../../../src/core/recording/recording-log.ts';

const [anna, ben] = ['a'.repeat(64), 'b'.repeat(64)];
const first: FirstLine = {
  t: 'recording',
  v: 1,
  id: toBase64url(new Uint8Array(16)),
  person: anna,
  name: 'Anna, Ben',
  startedAt: 1_795_000_000_000,
};
const camera = (at: number, file: string, person = ben): FurtherLine => ({
  t: 'segment',
  at,
  file,
  person,
  part: 'camera',
  mime: 'video/webm',
});
const kept = (...lines: readonly FurtherLine[]) => keptRecording({ first, lines });

test('people, their files, pauses and markers are put together', () => {
  const recording = kept(
    { t: 'came', at: 0, person: ben, name: 'Ben' },
    { t: 'answer', at: 0, person: ben, yes: true, e: '{}', s: '' },
    camera(100, 'b-1.webm'),
    { t: 'picture', at: 300, person: ben, part: 'camera', on: false },
    { t: 'picture', at: 400, person: ben, part: 'camera', on: true },
    { t: 'marker', at: 450, person: ben, text: 'here' },
    { t: 'clock', at: 460, file: 'b-1.webm', kind: 'video', rtp: 7 },
    { t: 'ended', at: 500, file: 'b-1.webm' },
    { t: 'paused', at: 500 },
    { t: 'resumed', at: 800 },
    { t: 'left', at: 900, person: ben },
    { t: 'named', at: 950, name: 'Our talk' },
    { t: 'stopped', at: 1_000, why: 'stopped', by: ben },
  );
  expect(recording).toMatchObject({
    name: 'Our talk',
    lengthMs: 1_000,
    end: { why: 'stopped', by: ben },
    segments: [{ file: 'b-1.webm', fromMs: 100, toMs: 500 }],
    pauses: [{ fromMs: 500, toMs: 800 }],
    markers: [{ atMs: 450, text: 'here' }],
  });
  expect(recording.people).toEqual([
    {
      id: ben,
      name: 'Ben',
      agreed: true,
      here: [{ fromMs: 0, toMs: 900 }],
      dark: { camera: [{ fromMs: 300, toMs: 400 }], screen: [] },
    },
  ]);
  expect(recording.clocks.get('b-1.webm')).toEqual({ audio: [], video: [{ atMs: 460, rtp: 7 }] });
});

test('a recording that was cut off lasts as long as its log knows, and its files have no end yet', () => {
  const recording = kept({ t: 'came', at: 0, person: ben, name: 'Ben' }, camera(100, 'b-1.webm'), {
    t: 'clock',
    at: 7_000,
    file: 'b-1.webm',
    kind: 'audio',
    rtp: 1,
  });
  expect(recording).toMatchObject({ end: undefined, lengthMs: 7_000, segments: [{ toMs: undefined }] });
  expect(recording.people[0]?.here).toEqual([{ fromMs: 0, toMs: 7_000 }]);
});

test('what somebody wanted forgotten is no part of it; what they agreed to later is', () => {
  const recording = kept(
    camera(0, 'b-1.webm'),
    camera(0, 'a-1.webm', anna),
    { t: 'clock', at: 1, file: 'b-1.webm', kind: 'audio', rtp: 1 },
    { t: 'answer', at: 5, person: ben, yes: false, e: '{}', s: '' },
    { t: 'forgotten', at: 5, person: ben },
    camera(9, 'b-2.webm'),
  );
  expect(recording.segments.map(({ file }) => file)).toEqual(['a-1.webm', 'b-2.webm']);
  expect(recording.forgotten).toEqual(['b-1.webm']);
  expect(recording.clocks.size).toBe(0);
});

test('the end of a file that never began says nothing, nor does a second end', () => {
  const recording = kept(
    { t: 'ended', at: 1, file: 'x-1.webm' },
    camera(5, 'b-1.webm'),
    { t: 'ended', at: 9, file: 'b-1.webm' },
    { t: 'ended', at: 12, file: 'b-1.webm' },
  );
  expect(recording.segments).toMatchObject([{ file: 'b-1.webm', toMs: 9 }]);
});

test('a recording whose page was killed is as long as it was last said to run, not as its last event', () => {
  const recording = kept({ t: 'came', at: 0, person: ben, name: 'Ben' }, camera(100, 'b-1.webm'), {
    ...{ t: 'alive', at: 2_400_000 },
  });
  expect(recording).toMatchObject({ end: undefined, lengthMs: 2_400_000 });
  expect(recording.people[0]?.here).toEqual([{ fromMs: 0, toMs: 2_400_000 }]);
});

test('marks are in their order, whenever they were set, and one that was taken back is none', () => {
  const marker = (at: number, text: string, person = anna): FurtherLine => ({ t: 'marker', at, person, text });
  const recording = kept(
    marker(900, 'late'),
    { t: 'stopped', at: 1_000, why: 'stopped' },
    marker(300, 'early', ben),
    marker(500, 'wrong'),
    { t: 'unmarked', at: 500 },
    { t: 'unmarked', at: 501 },
  );
  expect(recording.markers.map(({ text, person }) => `${text} ${person === ben ? 'Ben' : 'Anna'}`)).toEqual([
    'early Ben',
    'late Anna',
  ]);
  expect(recording.lengthMs).toBe(1_000);
});
