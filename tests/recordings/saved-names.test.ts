// What saved tracks are called.
import { expect, test } from 'vitest';
import { keptRecording } from '../../src/core/recording/kept-recording.ts';
import type { FurtherLine } from '../../src/core/recording/recording-log.ts';
import { filmName, trackFileName } from '../../src/recordings/saved-names.ts';

const person = 'b'.repeat(64);

function named(name: string, ...files: readonly string[]): readonly string[] {
  const lines: FurtherLine[] = [
    { t: 'came', at: 0, person, name },
    ...files.map((file): FurtherLine => ({ t: 'segment', at: 0, file, person, part: 'camera', mime: 'video/webm' })),
  ];
  const startedAt = new Date(2026, 10, 9, 17, 40).getTime();
  const first = { t: 'recording', v: 1, id: 'a', person, name: 'Bob', startedAt } as const;
  const recording = { ...keptRecording({ first, lines }), size: 0, files };
  return recording.segments.map((segment) => trackFileName(recording, segment, `saved-${segment.file}`));
}

test('by whom and from when', () => {
  expect(named('Ben', '1.webm')).toEqual(['Ben 2026-11-09 camera.webm']);
});

test('several of one person are counted', () => {
  expect(named('Ben', '1.webm', '2.mp4')).toEqual(['Ben 2026-11-09 camera 1.webm', 'Ben 2026-11-09 camera 2.mp4']);
});

test('a name leads into no other folder', () => {
  expect(named('../a\\b:c', '1.webm')).toEqual(['.. a b c 2026-11-09 camera.webm']);
});

test('a film has the names of a long list of people only as far as a disk takes them', () => {
  const startedAt = new Date(2026, 10, 9, 17, 40).getTime();
  expect(filmName({ name: 'Ben & Zoë/Ann', startedAt }, 'film.mp4')).toBe('Ben & Zoë Ann 2026-11-09.mp4');
  expect(filmName({ name: '💡'.repeat(300), startedAt }, 'film.webm')).toBe(`${'💡'.repeat(120)} 2026-11-09.webm`);
});
