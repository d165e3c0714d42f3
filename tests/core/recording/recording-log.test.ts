// The log of a recording survives whatever ends its page: at every byte at which it may be cut, all whole lines are there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, toBase64url, utf8 } from '../../../src/core/base/bytes.ts';
import { type FurtherLine, formatLine, type LogLine, readLog } from '../../../src/core/recording/recording-log.ts';

const anna = 'a'.repeat(64);
const first: LogLine = {
  t: 'recording',
  v: 1,
  id: toBase64url(new Uint8Array(16).fill(1)),
  person: anna,
  name: 'Anna, Zoë 👋',
  startedAt: 1_795_000_000_000,
};
const lines: readonly FurtherLine[] = [
  { t: 'came', at: 0, person: anna, name: 'Zoë 👋' },
  {
    t: 'segment',
    at: 12.5,
    file: 'aaaaaaaa-camera-1.webm',
    person: anna,
    part: 'camera',
    mime: 'video/webm;codecs=vp8,opus',
  },
  { t: 'clock', at: 20, file: 'aaaaaaaa-camera-1.webm', kind: 'audio', rtp: 4_294_967_295 },
  { t: 'answer', at: 30, person: anna, yes: true, e: '{"v":1,"says":[{"rec":"x","yes":true}]}', s: 'b'.repeat(86) },
  { t: 'marker', at: 40, person: anna, text: 'Schöner Satz: „ja“' },
  { t: 'picture', at: 50, person: anna, part: 'camera', on: false },
  { t: 'paused', at: 60 },
  { t: 'resumed', at: 70 },
  { t: 'named', at: 75, name: 'Our talk' },
  { t: 'left', at: 80, person: anna },
  { t: 'ended', at: 80, file: 'aaaaaaaa-camera-1.webm' },
  { t: 'forgotten', at: 85, person: anna },
  { t: 'stopped', at: 90, why: 'stopped', by: anna },
];
const written = (all: readonly LogLine[]): Bytes => concat(...all.map(formatLine));

describe('a log', () => {
  test('is read as it was written', () => {
    const bytes = written([first, ...lines]);
    expect(readLog(bytes)).toEqual({ first, lines, unread: 0, length: bytes.length });
  });

  test('cut at any byte, keeps every line that was whole, and can be gone on with', () => {
    const whole = written([first, ...lines]);
    const ends = [first, ...lines].map((_line, index) => written([first, ...lines].slice(0, index + 1)).length);
    for (let cut = 0; cut <= whole.length; cut++) {
      const kept = ends.filter((end) => end <= cut).length;
      const log = readLog(whole.slice(0, cut));
      if (kept === 0) {
        expect(log).toBeUndefined();
        continue;
      }
      expect(log).toEqual({ first, lines: lines.slice(0, kept - 1), unread: 0, length: ends[kept - 1] });
      const goneOn = concat(whole.slice(0, log?.length), formatLine({ t: 'resumed', at: 100 }));
      expect(readLog(goneOn)?.lines).toEqual([...lines.slice(0, kept - 1), { t: 'resumed', at: 100 }]);
    }
  });

  test('whatever stands between is passed over, and counted', () => {
    const bytes = concat(
      formatLine(first),
      utf8('{"t":"later","at":1}\n{"t":"came"\n\n'),
      formatLine({ t: 'resumed', at: 1 }),
      formatLine(first),
    );
    expect(readLog(bytes)).toMatchObject({ lines: [{ t: 'resumed', at: 1 }], unread: 4 });
  });

  test.each([
    ['a file out of its folder', { t: 'ended', at: 1, file: '../other.webm' }],
    ['a moment before the beginning', { t: 'paused', at: -1 }],
    ['a moment of another year', { t: 'paused', at: 1e12 }],
    ['somebody who is no key', { t: 'left', at: 1, person: 'anna' }],
    ['a key too many', { t: 'paused', at: 1, more: true }],
  ])('%s is not read', (_what, line) => {
    const bytes = concat(formatLine(first), utf8(`${JSON.stringify(line)}\n`));
    expect(readLog(bytes)).toMatchObject({ lines: [], unread: 1 });
  });

  test('any bytes at all are read without a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const bytes = concat(formatLine(first), noise, utf8('\n'), formatLine({ t: 'resumed', at: 5 }));
        expect(readLog(bytes)?.lines.at(-1)).toEqual({ t: 'resumed', at: 5 });
        readLog(noise);
      }),
    );
  });
});
