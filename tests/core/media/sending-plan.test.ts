// What goes out, from the person's choice, the network, the computer and the age of the call.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BandwidthState, freshBandwidth } from '../../../src/core/media/bandwidth-machine.ts';
import { callQualities, qualityLimits } from '../../../src/core/media/call-quality.ts';
import { pictureSteps } from '../../../src/core/media/picture-steps.ts';
import { type PlanInput, sendingPlan } from '../../../src/core/media/sending-plan.ts';
import type { UploadShare } from '../../../src/core/media/upload-budget.ts';

const hd = { width: 1280, height: 720 };
const usual: PlanInput = { quality: 'balanced', bandwidth: freshBandwidth, loadStep: 0, isYoung: false, source: hd };
const low: BandwidthState = { state: 'low', enoughSinceMs: undefined, tryAtMs: 0, waitMs: 0 };
const trying: BandwidthState = {
  state: 'trying',
  lowSinceMs: undefined,
  heldBackAtMs: undefined,
  highest: 0,
  enoughSinceMs: undefined,
  waitMs: 0,
};

describe('what goes out', () => {
  it('is 720p30 with 2 Mbit/s at most, unless a person chose otherwise', () => {
    expect(sendingPlan(usual)).toEqual({
      soundBitsPerSecond: 40_000,
      showsPicture: true,
      pictureBitsPerSecond: 2_000_000,
      scale: 1,
      framesPerSecond: 30,
    });
  });

  it('is 1080p60 on request', () => {
    const best = sendingPlan({ ...usual, quality: 'best', source: { width: 1920, height: 1080 } });
    expect(best).toMatchObject({ scale: 1, framesPerSecond: 60, pictureBitsPerSecond: 6_000_000 });
  });

  it('is 300 kbit/s with everything where data are saved', () => {
    const { soundBitsPerSecond, pictureBitsPerSecond, scale } = sendingPlan({ ...usual, quality: 'save' });
    // Sound goes twice (RED), in 50 packets a second with 58 bytes around each; the picture's add 3 %.
    expect(2 * soundBitsPerSecond + 50 * 58 * 8 + pictureBitsPerSecond * 1.03).toBeLessThanOrEqual(300_000);
    expect(scale).toBe(2);
  });

  it('fits a camera that gives more than it was asked for, and one that stands on its side', () => {
    expect(sendingPlan({ ...usual, source: { width: 3840, height: 2160 } }).scale).toBe(3);
    expect(sendingPlan({ ...usual, source: { width: 1080, height: 1920 } }).scale).toBe(1.5);
  });

  it('begins at half the size where the picture is large', () => {
    expect(sendingPlan({ ...usual, isYoung: true }).scale).toBe(2);
    expect(sendingPlan({ ...usual, isYoung: true, source: { width: 640, height: 480 } }).scale).toBe(1);
  });

  it('has no picture on a thin link, but for trying a small one; the sound makes do with less', () => {
    expect(sendingPlan({ ...usual, bandwidth: low })).toMatchObject({
      showsPicture: false,
      soundBitsPerSecond: 16_000,
    });
    expect(sendingPlan({ ...usual, bandwidth: trying })).toMatchObject({
      showsPicture: true,
      soundBitsPerSecond: 16_000,
      pictureBitsPerSecond: 150_000,
      scale: 4,
    });
  });

  it('gets smaller step by step on a short computer, down to 180 lines and no further', () => {
    const scales = pictureSteps.map((_, loadStep) => sendingPlan({ ...usual, loadStep }).scale);
    expect(scales).toEqual([1, 1.5, 2, 3, 4]);
    const small = pictureSteps.map(
      (_, loadStep) => sendingPlan({ ...usual, loadStep, source: { width: 640, height: 360 } }).scale,
    );
    expect(small).toEqual([1, 1.5, 2, 2, 2]);
  });

  it('stays within what a group leaves, which may be smaller than 180 lines; the computer was counted in that already', () => {
    const share: UploadShare = {
      soundBitsPerSecond: 24_000,
      showsPicture: true,
      pictureBitsPerSecond: 60_000,
      lines: 90,
      framesPerSecond: 15,
      screen: undefined,
      codec: undefined,
    };
    const plan = sendingPlan({ ...usual, share, loadStep: 4 });
    expect(plan).toEqual({
      soundBitsPerSecond: 24_000,
      showsPicture: true,
      pictureBitsPerSecond: 60_000,
      scale: 8,
      framesPerSecond: 15,
    });
    expect(sendingPlan({ ...usual, share: { ...share, showsPicture: false } }).showsPicture).toBe(false);
    expect(sendingPlan({ ...usual, share, bandwidth: low })).toMatchObject({
      showsPicture: false,
      soundBitsPerSecond: 16_000,
    });
    expect(sendingPlan({ ...usual, share: { ...share, lines: 2_000, pictureBitsPerSecond: 9_000_000 } })).toMatchObject(
      {
        scale: 1,
        pictureBitsPerSecond: 2_000_000,
      },
    );
  });

  it('is never more than was chosen, never larger than the camera, and never below 180 lines unless the camera is', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...callQualities),
        fc.constantFrom(freshBandwidth, low, trying),
        fc.nat(pictureSteps.length - 1),
        fc.boolean(),
        fc.record({ width: fc.integer({ min: 96, max: 4096 }), height: fc.integer({ min: 96, max: 4096 }) }),
        (quality, bandwidth, loadStep, isYoung, source) => {
          const plan = sendingPlan({ quality, bandwidth, loadStep, isYoung, source });
          const limits = qualityLimits[quality];
          const short = Math.min(source.width, source.height);
          expect(plan.scale).toBeGreaterThanOrEqual(1);
          expect(short / plan.scale).toBeLessThanOrEqual(limits.height + 0.001);
          expect(Math.max(source.width, source.height) / plan.scale).toBeLessThanOrEqual(limits.width + 0.001);
          const fitting = Math.max(1, Math.max(source.width, source.height) / limits.width, short / limits.height);
          if (short / fitting >= 180) expect(short / plan.scale).toBeGreaterThanOrEqual(179.999);
          expect(plan.pictureBitsPerSecond).toBeLessThanOrEqual(limits.pictureBitsPerSecond);
          expect(plan.framesPerSecond).toBeLessThanOrEqual(limits.framesPerSecond);
          expect(plan.soundBitsPerSecond).toBeLessThanOrEqual(limits.soundBitsPerSecond);
        },
      ),
    );
  });
});
