// What a link's samples mean to people: good, fair, poor or lost in each direction, and whether the network or the computer is to blame.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestSide,
  freshQuality,
  isHeldBack,
  type LinkLevel,
  type LinkQuality,
  linkLevels,
  loadOf,
  type QualityContext,
  sideQuality,
  stepQuality,
  worseOf,
} from '../../../src/core/media/link-quality.ts';
import { linkSample, type SampleChoices } from '../../support/samples/link-samples.ts';

const calm: QualityContext = {
  picture: { bitsPerSecond: 2_000_000, height: 720, framesPerSecond: 30 },
  isPaused: false,
  isHidden: false,
};

/** The quality after so many seconds of the same. */
function judgedAfter(
  seconds: number,
  choices: SampleChoices,
  context = calm,
  from?: { quality: LinkQuality; at: number },
) {
  let quality = from?.quality ?? freshQuality;
  const start = from?.at ?? 0;
  for (let second = 0; second <= seconds; second++)
    quality = stepQuality(quality, linkSample({ ...choices, atMs: (start + second) * 1_000 }), context);
  return { quality, at: start + seconds + 1 };
}

/** What half a minute of a kind of sample comes to. */
function settled(choices: SampleChoices, context = calm) {
  const { quality } = judgedAfter(30, choices, context);
  return { out: quality.out.shown, in: quality.in.shown, cpu: quality.cpu.shown };
}

const well = { out: 'good', in: 'good', cpu: 'good' };
const limited = { sentBitsPerSecond: 0 };

describe('the network', () => {
  it.each<[string, SampleChoices, Partial<Record<'out' | 'in' | 'cpu', LinkLevel>>]>([
    ['a good link', {}, {}],
    ['5 % of the own sound lost', { soundOut: { lossShare: 0.05 } }, {}],
    ['7 % of the own sound lost', { soundOut: { lossShare: 0.07 } }, { out: 'fair' }],
    ['10 % of the own sound lost', { soundOut: { lossShare: 0.1 } }, { out: 'poor' }],
    ['7 % of their sound lost', { soundIn: { lossShare: 0.07 } }, { in: 'fair' }],
    ['10 % of their sound lost', { soundIn: { lossShare: 0.1 } }, { in: 'poor' }],
    ['loss of the picture alone, which is sent again', { pictureOut: { lossShare: 0.1 } }, {}],
    [
      'loss of the picture where there is no sound',
      { pictureOut: { lossShare: 0.1 }, soundOut: { lossShare: undefined } as never },
      { out: 'poor' },
    ],
    ['sound that is made up', { soundIn: { concealedShare: 0.12 } }, { in: 'poor' }],
    ['sound that is late', { soundIn: { bufferMs: 700 } }, { in: 'fair' }],
    ['a picture that stands a fifth of the time', { pictureIn: { frozenShare: 0.2 } }, { in: 'fair' }],
    ['a picture that stands half of the time', { pictureIn: { frozenShare: 0.5 } }, { in: 'poor' }],
    ['a round trip of 600 ms', { rttMs: 600 }, { out: 'fair' }],
    ['a round trip of 1200 ms', { rttMs: 1_200 }, { out: 'poor' }],
    ['60 % of what the picture needs', { estimateBitsPerSecond: 900_000, sentBitsPerSecond: 880_000 }, {}],
    ['40 % of what the picture needs', { estimateBitsPerSecond: 600_000, sentBitsPerSecond: 590_000 }, { out: 'fair' }],
    ['20 % of what the picture needs', { estimateBitsPerSecond: 300_000, sentBitsPerSecond: 290_000 }, { out: 'poor' }],
    [
      'an estimate that a quiet picture does not use up',
      { estimateBitsPerSecond: 300_000, sentBitsPerSecond: 200_000 },
      {},
    ],
    ['no estimate at all', { estimateBitsPerSecond: undefined, ...limited }, {}],
  ])('%s', (_, choices, different) => {
    expect(settled(choices)).toEqual({ ...well, ...different });
  });

  it('is good enough for a small picture where it is not for a large one', () => {
    const thin = { estimateBitsPerSecond: 200_000, sentBitsPerSecond: 195_000 };
    expect(settled(thin).out).toBe('poor');
    const small = { ...calm, picture: { bitsPerSecond: 220_000, height: 360, framesPerSecond: 20 } };
    expect(settled(thin, small).out).toBe('good');
  });

  it('is poor while the own picture is paused for its sake', () => {
    expect(settled({}, { ...calm, picture: undefined, isPaused: true }).out).toBe('poor');
  });

  it('is lost after three silent seconds, both ways, and back with the first packet', () => {
    const silent = (silentMs: number, atMs: number) => linkSample({ silentMs, mediaSilentMs: silentMs, atMs });
    const before = judgedAfter(10, {}).quality;
    const short = stepQuality(before, silent(2_900, 14_000), calm);
    expect([short.out.shown, short.in.shown]).toEqual(['good', 'good']);
    const lost = stepQuality(short, silent(3_100, 14_200), calm);
    expect([lost.out.shown, lost.in.shown, lost.cpu.shown]).toEqual(['lost', 'lost', 'good']);
    const back = stepQuality(lost, linkSample({ atMs: 15_000 }), calm);
    expect([back.out.shown, back.in.shown]).toEqual(['good', 'good']);
  });

  it('is not lost where both are mute without devices, as long as its own checks are answered', () => {
    expect(settled({ silentMs: 4_000, mediaSilentMs: 60_000 })).toEqual(well);
    expect(settled({ silentMs: 4_000, mediaSilentMs: undefined })).toEqual(well);
    expect(settled({ silentMs: 9_000, mediaSilentMs: undefined }).in).toBe('lost');
  });
});

describe('what is sent is held back', () => {
  const little = { targetBitsPerSecond: 30_000 };

  it.each<[string, SampleChoices, boolean]>([
    ['where nothing is wrong', {}, false],
    ['by a link that takes all the picture is given', { pictureOut: { ...little, bitsPerSecond: 28_000 } }, true],
    ['not where little moves in the picture', { pictureOut: { ...little, bitsPerSecond: 11_000 } }, false],
    ['not where the picture takes all that it is allowed', { pictureOut: { bitsPerSecond: 2_000_000 } }, false],
    ['not where no picture goes out', { pictureOut: { ...little, bitsPerSecond: 28_000, isActive: false } }, false],
    ['by a link that loses sound', { pictureOut: { bitsPerSecond: 11_000 }, soundOut: { lossShare: 0.07 } }, true],
    ['by a link that loses a part of the picture', { pictureOut: { bitsPerSecond: 11_000, resentShare: 0.2 } }, true],
    ['by a link that delays it by a second', { rttMs: 1_100 }, true],
    ['not by a computer that keeps packets waiting for a moment', { rttMs: 700, estimateBitsPerSecond: 45_000 }, false],
    [
      'nobody knows, where nobody says what the encoder may make',
      { pictureOut: { targetBitsPerSecond: undefined } },
      false,
    ],
  ])('%s', (_, choices, is) => {
    expect(isHeldBack(linkSample(choices), calm)).toBe(is);
  });

  it('not by a link on which there is no picture to send', () => {
    const camera = { pictureOut: { ...little, bitsPerSecond: 28_000 } };
    expect(isHeldBack(linkSample(camera), { ...calm, picture: undefined })).toBe(false);
  });
});

/** Measured with several pages on two cores (docs/decisions/0014): encoding time, frame rate of the camera, frames sent, verdict. */
const measured: readonly [string, number, number, number, LinkLevel][] = [
  ['2 pages, flat', 1.7, 20, 20, 'good'],
  ['4 pages, flat', 5.7, 20, 19.9, 'good'],
  ['5 pages, flat, cores full but all frames sent', 14.1, 20, 19.5, 'good'],
  ['6 pages, flat, freezing', 25.5, 20, 11.4, 'fair'],
  ['8 pages, flat, hardly any picture', 34.5, 20, 4, 'fair'],
  ['4 pages, textured, at 18 frames', 29.8, 30, 17.7, 'fair'],
  ['4 pages, textured, small pictures', 3.5, 30, 30, 'good'],
  ['5 pages, textured, at 7 frames', 41.2, 30, 7.3, 'poor'],
  ['5 pages, textured, small pictures', 10, 30, 25.4, 'good'],
  ['4 pages, VP8 at 600 kbit/s', 19.2, 30, 23.1, 'fair'],
  ['4 pages, H.264 at 600 kbit/s', 5.3, 30, 29.6, 'good'],
  ['4 pages, AV1 at 600 kbit/s', 36.7, 30, 16.1, 'poor'],
];

describe('the computer', () => {
  it.each(measured)(
    '%s, though the browser says that nothing holds it back',
    (_, codingMsPerFrame, source, sent, verdict) => {
      const context = { ...calm, picture: { bitsPerSecond: 2_000_000, height: 360, framesPerSecond: source } };
      const pictureOut = { codingMsPerFrame, sourceFramesPerSecond: source, framesPerSecond: sent };
      expect(settled({ pictureOut }, context)).toEqual({ ...well, cpu: verdict });
    },
  );

  it.each<[string, SampleChoices, LinkLevel]>([
    ['the browser itself says so', { pictureOut: { limitedBy: 'cpu' } }, 'fair'],
    ['frames left out where work is light', { pictureOut: { framesPerSecond: 10, codingMsPerFrame: 3 } }, 'good'],
    [
      'frames left out for the network',
      { pictureOut: { framesPerSecond: 10, codingMsPerFrame: 12, limitedBy: 'bandwidth' } },
      'good',
    ],
    ['frames left out by a full computer', { pictureOut: { framesPerSecond: 10, codingMsPerFrame: 12 } }, 'fair'],
    ['a chip that takes its time', { pictureOut: { codingMsPerFrame: 25, isHardware: true } }, 'good'],
    ['their picture decoded with effort', { pictureIn: { codingMsPerFrame: 22 } }, 'fair'],
    ['a third of their frames dropped', { pictureIn: { droppedShare: 0.33 } }, 'fair'],
    ['half of their frames dropped', { pictureIn: { droppedShare: 0.5 } }, 'poor'],
  ])('%s', (_, choices, verdict) => {
    expect(settled(choices)).toEqual({ ...well, cpu: verdict });
  });

  it('is not judged by frames that a hidden page does not paint', () => {
    expect(settled({ pictureIn: { droppedShare: 1 } }, { ...calm, isHidden: true })).toEqual(well);
  });

  it('is not judged by a picture that is not sent', () => {
    const pictureOut = { codingMsPerFrame: 40, isActive: false };
    expect(settled({ pictureOut })).toEqual(well);
  });

  it.each<[string, SampleChoices, 'busy' | 'fine' | 'idle']>([
    ['idle with little work', { pictureOut: { codingMsPerFrame: 5 } }, 'idle'],
    ['fine with more', { pictureOut: { codingMsPerFrame: 10 } }, 'fine'],
    [
      'fine while their picture takes its share',
      { pictureOut: { codingMsPerFrame: 5 }, pictureIn: { codingMsPerFrame: 15 } },
      'fine',
    ],
    ['busy with a lot', { pictureOut: { codingMsPerFrame: 20 } }, 'busy'],
    ['fine where the browser tells no time', { pictureOut: { codingMsPerFrame: undefined } as never }, 'fine'],
  ])('is %s', (_, choices, load) => {
    expect(loadOf(linkSample(choices), calm)).toBe(load);
  });
});

describe('what is shown', () => {
  const poor: SampleChoices = { soundIn: { lossShare: 0.2 } };

  it('says nothing in the first seconds of a link', () => {
    expect(judgedAfter(4, poor).quality.in.shown).toBe('good');
    expect(judgedAfter(9, poor).quality.in.shown).toBe('poor');
  });

  it('leaves an estimate the time to climb', () => {
    const thin = { estimateBitsPerSecond: 300_000, sentBitsPerSecond: 290_000 };
    expect(judgedAfter(11, thin).quality.out.shown).toBe('good');
    expect(judgedAfter(16, thin).quality.out.shown).toBe('poor');
  });

  it('gets worse after three seconds and better after five', () => {
    const good = judgedAfter(10, {});
    const dip = judgedAfter(2, poor, calm, good);
    expect(dip.quality.in.shown).toBe('good');
    const bad = judgedAfter(0, poor, calm, dip);
    expect(bad.quality.in.shown).toBe('poor');
    const soon = judgedAfter(4, {}, calm, bad);
    expect(soon.quality.in.shown).toBe('poor');
    expect(judgedAfter(0, {}, calm, soon).quality.in.shown).toBe('good');
  });

  it('goes only as far as the mildest second of a run', () => {
    let { quality } = judgedAfter(10, {});
    for (const [i, lossShare] of [0.2, 0.07, 0.2, 0.2].entries())
      quality = stepQuality(quality, linkSample({ atMs: 11_000 + i * 1_000, soundIn: { lossShare } }), calm);
    expect(quality.in.shown).toBe('fair');
  });

  it('blames whichever of network and computer is worse', () => {
    expect(sideQuality('good', 'good')).toEqual({ level: 'good', cause: 'none' });
    expect(sideQuality('poor', 'fair')).toEqual({ level: 'poor', cause: 'network' });
    expect(sideQuality('fair', 'fair')).toEqual({ level: 'fair', cause: 'network' });
    expect(sideQuality('fair', 'poor')).toEqual({ level: 'poor', cause: 'cpu' });
    expect(sideQuality('good', 'fair')).toEqual({ level: 'fair', cause: 'cpu' });
  });

  it('never moves without cause, and never further than what was measured', () => {
    const loss = fc.constantFrom(0, 0.03, 0.065, 0.075, 0.09, 0.3);
    fc.assert(
      fc.property(fc.array(fc.tuple(loss, fc.integer({ min: 300, max: 2_500 })), { maxLength: 60 }), (seconds) => {
        let quality = judgedAfter(10, {}).quality;
        let atMs = 11_000;
        const raw: { readonly level: LinkLevel; readonly atMs: number }[] = [];
        for (const [lossShare, gap] of seconds) {
          atMs += gap;
          raw.push({ level: lossShare < 0.06 ? 'good' : lossShare < 0.08 ? 'fair' : 'poor', atMs });
          const before = quality.in.shown;
          quality = stepQuality(quality, linkSample({ atMs, soundIn: { lossShare } }), calm);
          const now = quality.in.shown;
          if (now === before) continue;
          const isDown = linkLevels.indexOf(now) > linkLevels.indexOf(before);
          const run = raw.filter((one) => atMs - one.atMs < (isDown ? 3_000 : 5_000));
          for (const { level } of run) expect(worseOf(level, now)).toBe(isDown ? level : now);
        }
      }),
    );
  });
});

describe('the best of several links', () => {
  it('says how well the own network does: where one person is reached well, it is not to blame', () => {
    const [good, poor] = [
      { level: 'good', cause: 'none' },
      { level: 'poor', cause: 'network' },
    ] as const;
    expect(bestSide([poor, good])).toBe(good);
    expect(bestSide([poor, { level: 'lost', cause: 'network' }])).toBe(poor);
    expect(bestSide([])).toBeUndefined();
  });
});
