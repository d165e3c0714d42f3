// The plan of a film: who stands where, when, and with which picture.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { compositePlan, type Scene } from '../../../src/core/recording/composite-plan.ts';
import { type KeptRecording, keptRecording } from '../../../src/core/recording/kept-recording.ts';
import type { FurtherLine } from '../../../src/core/recording/recording-log.ts';

const [anna, ben, cleo] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const size = { width: 1280, height: 720 };

const kept = (...lines: readonly FurtherLine[]): KeptRecording =>
  keptRecording({
    first: { t: 'recording', v: 1, id: toBase64url(new Uint8Array(16)), person: anna, name: '', startedAt: 0 },
    lines,
  });
const came = (at: number, person: string): FurtherLine => ({ t: 'came', at, person, name: person.slice(0, 1) });
const yes = (at: number, person: string): FurtherLine => ({ t: 'answer', at, person, yes: true, e: '', s: '' });
const file = (at: number, person: string, name: string, part: 'camera' | 'screen' = 'camera'): FurtherLine => ({
  t: 'segment',
  at,
  person,
  file: `${name}.webm`,
  part,
  mime: 'video/webm',
});
const stopped = (at: number): FurtherLine => ({ t: 'stopped', at, why: 'stopped' });

/** A scene in short: from, to, and each place. */
const short = ({ fromMs, toMs, places }: Scene) => [
  fromMs,
  toMs,
  ...places.map(({ person, part, picture }) =>
    [person[0], part === 'screen' ? 'screen' : '', picture.shows === 'video' ? picture.file : picture.shows]
      .filter(Boolean)
      .join(' '),
  ),
];
const plan = (...lines: readonly FurtherLine[]) => compositePlan(kept(...lines), size).scenes.map(short);

describe('a film', () => {
  test('shows who is there, from the moment their file begins until it ends', () => {
    expect(
      plan(
        came(0, anna),
        file(0, anna, 'a-1'),
        came(0, ben),
        yes(0, ben),
        file(1_000, ben, 'b-1'),
        { t: 'ended', at: 4_000, file: 'b-1.webm' },
        { t: 'left', at: 5_000, person: ben },
        stopped(6_000),
      ),
    ).toEqual([
      [0, 1_000, 'a a-1.webm', 'b initials'],
      [1_000, 4_000, 'a a-1.webm', 'b b-1.webm'],
      [4_000, 5_000, 'a a-1.webm', 'b initials'],
      [5_000, 6_000, 'a a-1.webm'],
    ]);
  });

  test('says of whoever did not agree that they are not recorded', () => {
    expect(plan(came(0, anna), file(0, anna, 'a-1'), came(0, ben), stopped(10))).toEqual([
      [0, 10, 'a a-1.webm', 'b not-recorded'],
    ]);
  });

  test('shows initials while a camera is off, and the same file after that', () => {
    expect(
      plan(
        came(0, anna),
        file(0, anna, 'a-1'),
        { t: 'picture', at: 100, person: anna, part: 'camera', on: false },
        { t: 'picture', at: 200, person: anna, part: 'camera', on: true },
        stopped(300),
      ),
    ).toEqual([
      [0, 100, 'a a-1.webm'],
      [100, 200, 'a initials'],
      [200, 300, 'a a-1.webm'],
    ]);
  });

  test('gives the large place to the newest screen', () => {
    const scenes = compositePlan(
      kept(
        came(0, anna),
        file(0, anna, 'a-1'),
        came(0, ben),
        yes(0, ben),
        file(0, ben, 'b-1'),
        file(100, ben, 'b-s', 'screen'),
        file(200, anna, 'a-s', 'screen'),
        { t: 'ended', at: 300, file: 'a-s.webm' },
        stopped(400),
      ),
      size,
    ).scenes;
    expect(scenes.map((scene) => short(scene)[2])).toEqual([
      'a a-1.webm',
      'b screen b-s.webm',
      'a screen a-s.webm',
      'b screen b-s.webm',
    ]);
    const [large, ...strip] = scenes[1]?.places ?? [];
    expect(strip).toHaveLength(2);
    for (const { box } of strip) expect(box.width * 3).toBeLessThan(large?.box.width ?? 0);
  });

  test('has no place for a pause, and no gap where it was', () => {
    const { lengthMs, scenes } = compositePlan(
      kept(
        came(0, anna),
        file(0, anna, 'a-1'),
        { t: 'paused', at: 100 },
        { t: 'resumed', at: 900 },
        file(900, anna, 'a-2'),
        stopped(1_000),
      ),
      size,
    );
    expect(lengthMs).toBe(200);
    expect(scenes.map(short)).toEqual([
      [0, 100, 'a a-1.webm'],
      [100, 200, 'a a-2.webm'],
    ]);
    expect(scenes.map(({ recordingFromMs }) => recordingFromMs)).toEqual([0, 900]);
  });
});

const anyLine: fc.Arbitrary<FurtherLine> = fc
  .tuple(fc.nat(5_000), fc.constantFrom(anna, ben, cleo), fc.nat(9), fc.boolean())
  .chain(([at, person, number, isOn]) => {
    const part = isOn ? ('camera' as const) : ('screen' as const);
    return fc.constantFrom<FurtherLine>(
      came(at, person),
      { t: 'left', at, person },
      yes(at, person),
      file(at, person, `${person[0]}-${number}`, part),
      { t: 'ended', at, file: `${person[0]}-${number}.webm` },
      { t: 'picture', at, person, part, on: isOn },
      { t: isOn ? 'resumed' : 'paused', at },
      { t: 'forgotten', at, person },
    );
  });

test('whatever happened: scenes follow each other without a gap, everybody who is there has one place inside, nobody else has any', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 40 }), (lines) => {
      const inOrder = [...lines].sort((a, b) => a.at - b.at);
      const recording = kept(...inOrder, stopped(6_000));
      const { scenes, lengthMs } = compositePlan(recording, size);
      let at = 0;
      for (const { fromMs, toMs, places, recordingFromMs } of scenes) {
        expect(fromMs).toBe(at);
        expect(toMs).toBeGreaterThan(fromMs);
        at = toMs;
        const cameras = places.filter(({ part }) => part === 'camera').map(({ person }) => person);
        const there = recording.people.filter(({ here }) =>
          here.some((span) => span.fromMs <= recordingFromMs && recordingFromMs < span.toMs),
        );
        expect(cameras).toEqual(there.map(({ id }) => id));
        for (const { box, picture, person } of places) {
          expect(box.left).toBeGreaterThanOrEqual(-0.001);
          expect(box.top).toBeGreaterThanOrEqual(-0.001);
          expect(box.left + box.width).toBeLessThanOrEqual(size.width + 0.001);
          expect(box.top + box.height).toBeLessThanOrEqual(size.height + 0.001);
          if (picture.shows === 'video')
            expect(recording.segments.find((one) => one.file === picture.file)?.person).toBe(person);
        }
      }
      expect(at).toBe(lengthMs);
    }),
    { numRuns: 300 },
  );
});
