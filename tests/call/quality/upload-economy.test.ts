// One economy for all links of a page: who gets how much, when the computer is short, and what the person is told of it.
import { describe, expect, it } from 'vitest';
import { emptyOwnModel } from '../../../src/call/model/own-model.ts';
import { UploadEconomy } from '../../../src/call/quality/upload-economy.ts';
import type { Load } from '../../../src/core/media/picture-steps.ts';
import { hiddenSize, type ShownSize } from '../../../src/core/media/shown-size.ts';
import { FakeControl } from '../../support/doubles/fake-control.ts';
import type { SampleChoices } from '../../support/samples/link-samples.ts';

const small: ShownSize = { width: 320, height: 180 };

function page(people: number) {
  let nowMs = 0;
  const own = emptyOwnModel();
  own.camera.value = 'on';
  const captures: (ShownSize | undefined)[] = [];
  const economy = new UploadEconomy({
    own,
    cores: 4,
    now: () => nowMs,
    onCaptureSize: async (size) => {
      captures.push(size);
    },
  });
  const controls = Array.from({ length: people - 1 }, () => new FakeControl());
  controls.forEach((control, i) => {
    economy.join(`${i}`, control);
  });
  /** So many seconds of the same on every link. */
  const pass = (seconds: number, choices: SampleChoices = {}, load: Load = 'fine', others = load) => {
    for (let second = 0; second < seconds; second += 1) {
      nowMs += 1_000;
      controls.forEach((control, i) => {
        control.sample({ atMs: nowMs, ...choices }, i === 0 ? load : others);
      });
    }
  };
  const [first = new FakeControl(), ...rest] = controls;
  return { economy, own, captures, controls, first, rest, pass };
}

describe('shares', () => {
  it('are none in a call of two', () => {
    const { first, pass } = page(2);
    first.hearView(small);
    pass(30, {}, 'busy');
    expect(first.share).toBeUndefined();
  });

  it('come with the third person, and go with them', () => {
    const { economy, first } = page(2);
    const third = new FakeControl();
    economy.join('third', third);
    expect(first.share).toBeDefined();
    expect(third.share).toBeDefined();
    economy.leave('third');
    expect([first.share, third.share, third.isWatched]).toEqual([undefined, undefined, false]);
  });

  it('follow at once what the others show, and what the person chooses', () => {
    const { own, first, rest } = page(4);
    first.hearView(hiddenSize);
    expect(first.share?.showsPicture).toBe(false);
    expect(rest.every(({ share }) => share?.showsPicture)).toBe(true);
    first.hearView(small);
    expect(first.share?.lines).toBeCloseTo(180);
    const before = rest[0]?.share?.pictureBitsPerSecond ?? 0;
    own.quality.value = 'save';
    expect(rest[0]?.share?.pictureBitsPerSecond).toBeLessThan(before / 2);
    own.screenKind.value = 'text';
    own.screen.value = 'on';
    expect(rest[0]?.share?.screen).toMatchObject({ isSent: true, scale: 1 });
    rest[0]?.hearView(small, 'screen');
    expect(rest[0]?.share?.screen?.scale).toBeGreaterThan(4);
    rest[0]?.hearView(hiddenSize, 'screen');
    expect(rest[0]?.share).toMatchObject({ showsPicture: true, screen: { isSent: false, bitsPerSecond: 0 } });
    expect(first.share?.screen?.isSent).toBe(true);
  });

  it('fall with what the links carry, once their estimates can be trusted', () => {
    const { controls, pass } = page(4);
    const weak = { estimateBitsPerSecond: 250_000 };
    pass(9, weak);
    expect(controls[0]?.share?.pictureBitsPerSecond).toBeGreaterThan(400_000);
    pass(3, weak);
    const sum = controls.reduce((bits, { share }) => bits + (share?.pictureBitsPerSecond ?? 0), 0);
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(3 * 250_000);
  });

  it('grow for a voice that lasts, and stay for a while after it', () => {
    const { own, first, pass } = page(6);
    own.speaking.value = true;
    expect(first.share?.framesPerSecond).toBe(20);
    pass(1);
    expect(first.share?.framesPerSecond).toBe(30);
    own.speaking.value = false;
    pass(4);
    expect(first.share?.framesPerSecond).toBe(30);
    pass(2);
    expect(first.share?.framesPerSecond).toBe(20);
  });
});

describe('a short computer', () => {
  it('is short for the whole page when one link says so', () => {
    const { rest, controls, pass } = page(4);
    const large = rest[0]?.share?.lines ?? 0;
    pass(6, {}, 'busy', 'idle');
    expect(controls.every(({ share }) => share?.codec === 'H264')).toBe(true);
    expect(rest[0]?.share?.lines).toBeLessThan(large);
  });

  it('is one when links that are easy by themselves fill it together', () => {
    const { first, pass } = page(6);
    // 5 links × 30 frames × 14 ms are more than two of four cores.
    pass(6, { pictureOut: { codingMsPerFrame: 12, framesPerSecond: 30 } });
    expect(first.share?.codec).toBe('H264');
  });

  it('is one when the page itself hardly gets a turn', () => {
    const { first, pass } = page(4);
    pass(6, { intervalMs: 1_300 }, 'idle');
    expect(first.share?.codec).toBeUndefined();
    pass(6, { intervalMs: 1_600 }, 'idle');
    expect(first.share?.codec).toBe('H264');
  });

  it('has its steps back when it has room', () => {
    const { first, pass } = page(3);
    pass(5, {}, 'busy');
    expect(first.share?.codec).toBe('H264');
    pass(40, { pictureOut: { codingMsPerFrame: 1 }, pictureIn: { codingMsPerFrame: 1 } });
    expect(first.share?.codec).toBeUndefined();
  });
});

describe('the advice to turn the camera off', () => {
  it('comes with eight people, and goes with the camera or the eighth', () => {
    const { economy, own, pass } = page(8);
    pass(1);
    expect(economy.advice.value).toBe('turn-camera-off');
    own.camera.value = 'off';
    expect(economy.advice.value).toBe('none');
    own.camera.value = 'on';
    expect(economy.advice.value).toBe('turn-camera-off');
    economy.leave('0');
    expect(economy.advice.value).toBe('none');
  });

  it('comes when the computer stays short though it does the least', () => {
    const { economy, pass } = page(4);
    pass(14, {}, 'busy');
    expect(economy.advice.value).toBe('none');
    pass(12, {}, 'busy');
    expect(economy.advice.value).toBe('turn-camera-off');
  });
});

describe('the camera', () => {
  it('gives a small picture where nobody sees a large one for a while, and the whole one at once when somebody does', () => {
    const { controls, first, captures, pass } = page(4);
    for (const control of controls) control.hearView(small);
    pass(4);
    expect(captures).toEqual([]);
    pass(3);
    expect(captures).toEqual([{ width: 640, height: 360 }]);
    first.hearView({ width: 1280, height: 720 });
    expect(captures).toEqual([{ width: 640, height: 360 }, undefined]);
  });

  it('gives the whole one again in a call of two', () => {
    const { economy, controls, captures, pass } = page(3);
    for (const control of controls) control.hearView(small);
    pass(7);
    economy.leave('0');
    expect(captures.at(-1)).toBeUndefined();
    expect(captures).toHaveLength(2);
  });
});

it('lets go of every link at the end', () => {
  const { economy, own, controls } = page(4);
  economy.stop();
  own.quality.value = 'save';
  expect(controls.map(({ share, isWatched }) => [share, isWatched])).toEqual(controls.map(() => [undefined, false]));
});
