// What a group leaves for each of its links: sound first, nothing for whom nobody sees, never more than the network takes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshBandwidth } from '../../../src/core/media/bandwidth-machine.ts';
import { callQualities, qualityLimits } from '../../../src/core/media/call-quality.ts';
import { pictureSteps } from '../../../src/core/media/picture-steps.ts';
import { type PlanInput, sendingPlan } from '../../../src/core/media/sending-plan.ts';
import { hiddenSize, linesOf, saidSize } from '../../../src/core/media/shown-size.ts';
import {
  divideUpload,
  largestWish,
  pictureOverhead,
  type Receiver,
  soundOnWire,
  stepBudget,
  type UploadInput,
  uploadBudget,
} from '../../../src/core/media/upload-budget.ts';

const hd = { width: 1280, height: 720 };
const fullHd = { width: 1920, height: 1080 };
const soundFloor = 16_000;

function group(count: number, view: Receiver['view'] = hd, changes: Partial<UploadInput> = {}): UploadInput {
  return {
    receivers: Array.from({ length: count }, (_, i) => ({
      id: `${i}`,
      view,
      screenView: undefined,
      linkBitsPerSecond: undefined,
    })),
    quality: 'balanced',
    loadStep: 0,
    budgetBitsPerSecond: uploadBudget('balanced', Array.from({ length: count })),
    isSpeaking: false,
    source: hd,
    screen: undefined,
    ...changes,
  };
}

const shareOf = (input: UploadInput, id = '0') => {
  const share = divideUpload(input).get(id);
  if (!share) throw new Error(`no share for ${id}`);
  return share;
};

const anyView = fc.oneof(
  fc.constant(undefined),
  fc.constant(hiddenSize),
  fc.record({ width: fc.integer({ min: 1, max: 4_000 }), height: fc.integer({ min: 1, max: 4_000 }) }).map(saidSize),
);
const anyInput: fc.Arbitrary<UploadInput> = fc.record({
  receivers: fc
    .array(
      fc.record({
        view: anyView,
        screenView: anyView,
        linkBitsPerSecond: fc.option(fc.nat(5_000_000), { nil: undefined }),
      }),
      {
        minLength: 2,
        maxLength: 7,
      },
    )
    .map((all) => all.map((receiver, i) => ({ ...receiver, id: `${i}` }))),
  quality: fc.constantFrom(...callQualities),
  loadStep: fc.nat(pictureSteps.length - 1),
  budgetBitsPerSecond: fc.oneof(fc.nat(2_500_000), fc.nat(20_000_000)),
  isSpeaking: fc.boolean(),
  source: fc.constantFrom(undefined, hd, { width: 640, height: 360 }, { width: 1080, height: 1920 }),
  screen: fc.option(
    fc.record({
      shows: fc.constantFrom('text' as const, 'motion' as const),
      source: fc.constantFrom(undefined, fullHd, hd),
    }),
    { nil: undefined },
  ),
});

describe('a call of two', () => {
  it('has no share: what goes out is what it always was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...callQualities),
        fc.nat(4),
        fc.boolean(),
        anyView,
        (quality, loadStep, isYoung, view) => {
          const alone: PlanInput = { quality, loadStep, isYoung, bandwidth: freshBandwidth, source: hd };
          const share = divideUpload(group(1, view, { quality, loadStep })).get('0');
          expect(sendingPlan({ ...alone, share })).toEqual(sendingPlan(alone));
        },
      ),
    );
  });
});

describe('a group in a window of usual size', () => {
  it.each([
    ['three', 2, { width: 640, height: 360 }, 360, 30, 450_000],
    ['four', 3, { width: 640, height: 360 }, 360, 30, 450_000],
    ['six', 5, { width: 426, height: 240 }, 227, 20, 175_000],
    ['eight', 7, { width: 416, height: 234 }, 227, 15, 145_000],
  ])('of %s', (_, receivers, tile, lines, framesPerSecond, pictureBitsPerSecond) => {
    const share = shareOf(group(receivers, saidSize(tile)));
    expect(Math.round(share.lines)).toBe(lines);
    expect(share).toMatchObject({ framesPerSecond, pictureBitsPerSecond, showsPicture: true });
  });

  it('of three in large windows gets a picture each of 1 Mbit/s', () => {
    const { lines, pictureBitsPerSecond } = shareOf(group(2));
    expect(Math.round(lines)).toBe(720);
    expect(pictureBitsPerSecond).toBeGreaterThan(1_000_000);
    expect(pictureBitsPerSecond).toBeLessThan(1_200_000);
  });

  it('sends nothing to who does not look, but the sound', () => {
    const input = group(3);
    const receivers = input.receivers.map((one) => (one.id === '0' ? { ...one, view: hiddenSize } : one));
    const shares = divideUpload({ ...input, receivers });
    expect(shares.get('0')).toMatchObject({ showsPicture: false, pictureBitsPerSecond: 0, soundBitsPerSecond: 32_000 });
    expect(shares.get('1')?.pictureBitsPerSecond).toBeGreaterThan(shareOf(input, '1').pictureBitsPerSecond);
  });

  it('gives who speaks more bits and more frames', () => {
    const tile = saidSize({ width: 426, height: 240 });
    const [quiet, heard] = [false, true].map((isSpeaking) => shareOf(group(5, tile, { isSpeaking })));
    expect(heard?.framesPerSecond).toBe(30);
    expect(heard?.pictureBitsPerSecond).toBeGreaterThan(1.5 * (quiet?.pictureBitsPerSecond ?? 0));
    expect(heard?.lines).toBe(quiet?.lines);
  });

  it('gives what a weak link cannot carry to the others', () => {
    const input = group(2);
    const receivers = input.receivers.map((one) => (one.id === '0' ? { ...one, linkBitsPerSecond: 300_000 } : one));
    const shares = divideUpload({ ...input, receivers });
    expect(shares.get('0')?.pictureBitsPerSecond).toBeLessThan(210_000);
    expect(shares.get('0')?.lines).toBeLessThan(360);
    expect(shares.get('1')?.pictureBitsPerSecond).toBeGreaterThan(1_250_000);
    const less = divideUpload({ ...input, receivers, budgetBitsPerSecond: 1_500_000 });
    const both = [...less.values()].reduce((bits, share) => bits + share.pictureBitsPerSecond, 0);
    expect(both).toBeLessThanOrEqual((1_500_000 - 2 * soundOnWire(32_000)) / pictureOverhead);
    expect(both).toBeGreaterThan((1_500_000 - 2 * soundOnWire(32_000)) / pictureOverhead - 15_000);
  });

  it('sends a few pictures where the bits for all of them would make riddles of them', () => {
    const shares = [
      ...divideUpload(group(5, hd, { budgetBitsPerSecond: 5 * soundOnWire(soundFloor) + 110_000 })).values(),
    ];
    const shown = shares.filter(({ showsPicture }) => showsPicture);
    expect(shown).toHaveLength(3);
    for (const { pictureBitsPerSecond } of shown) expect(pictureBitsPerSecond).toBeGreaterThanOrEqual(30_000);
  });

  it('lets the sound through on a link that carries no picture', () => {
    const share = shareOf(group(5, hd, { budgetBitsPerSecond: 250_000 }));
    expect(share).toMatchObject({ soundBitsPerSecond: soundFloor, showsPicture: false });
  });

  it('gives a shared screen the larger part, with few frames where letters are read', () => {
    const { screen, pictureBitsPerSecond } = shareOf(group(5, hd, { screen: { shows: 'text', source: fullHd } }));
    expect(screen?.bitsPerSecond).toBeGreaterThan(2 * pictureBitsPerSecond);
    expect(screen).toMatchObject({ isSent: true, framesPerSecond: 5, scale: 1 });
  });

  it('sends a screen as large as it is shown, to nobody who does not look, and gives what that saves to the others', () => {
    const input = group(3, hd, { screen: { shows: 'text', source: fullHd } });
    const views = [hiddenSize, saidSize({ width: 960, height: 540 }), undefined];
    const receivers = input.receivers.map((one, i) => ({ ...one, screenView: views[i] }));
    const [hidden, half, whole] = [...divideUpload({ ...input, receivers }).values()].map(({ screen }) => screen);
    expect(hidden).toMatchObject({ isSent: false, bitsPerSecond: 0 });
    expect(half?.scale).toBeGreaterThan(1.7);
    expect(half?.scale).toBeLessThanOrEqual(2);
    expect(half?.bitsPerSecond).toBeLessThan((whole?.bitsPerSecond ?? 0) / 2);
    expect(whole?.bitsPerSecond).toBeGreaterThan(shareOf(input).screen?.bitsPerSecond ?? 0);
  });

  it('never sends letters with fewer pixels than they are shown with', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 4_000 }), fc.integer({ min: 200, max: 2_500 }), (width, height) => {
        const input = group(2, hd, { screen: { shows: 'text', source: fullHd } });
        const shown = { width, height };
        const receivers = input.receivers.map((one) => ({ ...one, screenView: saidSize(shown) }));
        const { scale = 1 } = shareOf({ ...input, receivers }).screen ?? {};
        const most = Math.min(linesOf(shown), linesOf(fullHd));
        expect(linesOf(fullHd) / scale).toBeGreaterThan(0.99 * most);
      }),
    );
  });

  it('takes from large pictures when the computer is short, and leaves small ones as they are', () => {
    const lines = (tile: { width: number; height: number }) =>
      pictureSteps.map((_, loadStep) => Math.round(shareOf(group(2, saidSize(tile), { loadStep })).lines));
    expect(lines(hd)).toEqual([720, 454, 360, 227, 180]);
    expect(lines({ width: 160, height: 90 })).toEqual([90, 90, 90, 90, 90]);
    expect(shareOf(group(2, hd, { loadStep: 2 }))).toMatchObject({ codec: 'H264', framesPerSecond: 24 });
  });
});

describe('whatever the group', () => {
  it('never sends more than the budget, but for the least of the sound', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const shares = [...divideUpload(input).values()];
        const sum = shares.reduce(
          (bits, { soundBitsPerSecond, pictureBitsPerSecond, screen }) =>
            bits +
            soundOnWire(soundBitsPerSecond) +
            pictureOverhead * (pictureBitsPerSecond + (screen?.bitsPerSecond ?? 0)),
          0,
        );
        expect(sum).toBeLessThanOrEqual(
          Math.max(input.budgetBitsPerSecond, shares.length * soundOnWire(soundFloor)) + 0.001,
        );
      }),
    );
  });

  it('never sends more pixels than are shown, more bits than were chosen, or less sound than the least', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const shares = divideUpload(input);
        const limits = qualityLimits[input.quality];
        for (const { id, view } of input.receivers) {
          const share = shares.get(id);
          if (!share) throw new Error('everybody has a share');
          if (view) expect(share.lines).toBeLessThanOrEqual(Math.max(45, linesOf(view) * 1.015));
          if (view === hiddenSize) expect(share.showsPicture).toBe(false);
          expect(share.showsPicture).toBe(share.pictureBitsPerSecond > 0);
          expect(share.pictureBitsPerSecond).toBeLessThanOrEqual(limits.pictureBitsPerSecond);
          expect(share.framesPerSecond).toBeLessThanOrEqual(limits.framesPerSecond);
          expect(share.soundBitsPerSecond).toBeGreaterThanOrEqual(Math.min(soundFloor, limits.soundBitsPerSecond));
          const plan = sendingPlan({ ...input, bandwidth: freshBandwidth, isYoung: false, share });
          expect(plan.scale).toBeGreaterThanOrEqual(1);
          expect(plan.showsPicture).toBe(share.showsPicture);
        }
      }),
    );
  });

  it('treats people alike who see alike', () => {
    fc.assert(
      fc.property(anyInput, anyView, (input, view) => {
        const receivers = input.receivers.map((one) => ({
          ...one,
          view,
          screenView: view,
          linkBitsPerSecond: undefined,
        }));
        // Where a picture for all would be a riddle for all, some go without.
        const shares = [...divideUpload({ ...input, receivers }).values()].filter(({ showsPicture }) => showsPicture);
        for (const share of shares) expect(share).toEqual(shares[0]);
      }),
    );
  });
});

describe('the budget', () => {
  it('is assumed until links are measured, and bounded by what was chosen', () => {
    expect(uploadBudget('balanced', [])).toBe(2_500_000);
    expect(uploadBudget('balanced', [undefined, undefined])).toBe(2_500_000);
    expect(uploadBudget('balanced', [500_000, undefined])).toBe(1_750_000);
    expect(uploadBudget('balanced', [50_000_000, 50_000_000])).toBe(6_000_000);
    expect(uploadBudget('save', [50_000_000, 50_000_000])).toBe(600_000);
  });

  it('falls at once and grows by a tenth a second', () => {
    expect(stepBudget(2_000_000, 500_000, 1_000)).toBe(500_000);
    expect(stepBudget(1_000_000, 5_000_000, 1_000)).toBe(1_100_000);
  });
});

describe('what the camera has to give', () => {
  it('is the largest picture that anybody wants', () => {
    const input = group(3, saidSize({ width: 320, height: 180 }));
    expect(Math.round(largestWish(input.receivers))).toBe(180);
    expect(
      Math.round(
        largestWish([...input.receivers, { id: 'x', view: hd, screenView: undefined, linkBitsPerSecond: undefined }]),
      ),
    ).toBe(720);
    expect(largestWish(input.receivers.map((one) => ({ ...one, view: hiddenSize })))).toBe(0);
  });
});
