// When silence is a stall, and when bytes count as life again.
import { describe, expect, test } from 'vitest';
import { StallWatch } from '../../src/call/stall-watch.ts';
import { ManualClock } from '../support/manual-clock.ts';

function watched() {
  const clock = new ManualClock(0);
  const heard: string[] = [];
  const counter = { bytes: 0, fails: false, answersAt: 0 };
  const watch = new StallWatch(
    clock,
    async () => {
      if (counter.fails) throw new Error('closed');
      const wait = counter.answersAt - clock.now();
      if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
      return counter.bytes;
    },
    { onStalled: () => void heard.push('stalled'), onFlowing: () => void heard.push('flowing') },
  );
  /** Lets time pass while so many bytes arrive every 100 ms. */
  const pass = async (ms: number, bytes = 0): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      counter.bytes += bytes;
      await clock.advance(100);
    }
  };
  return { clock, heard, counter, watch, pass };
}

describe('a steady flow that stops', () => {
  test('is a stall after a second and a half, told once', async () => {
    const { heard, pass } = watched();
    await pass(3_000, 50);
    await pass(1_000);
    expect(heard).toEqual([]);
    await pass(1_500);
    expect(heard).toEqual(['stalled']);
    await pass(30_000);
    expect(heard).toEqual(['stalled']);
  });

  test('and goes on is told within 200 ms', async () => {
    const { heard, pass } = watched();
    await pass(3_000, 50);
    await pass(4_000);
    await pass(200, 50);
    expect(heard).toEqual(['stalled', 'flowing']);
  });

  test('is a stall again the next time', async () => {
    const { heard, pass } = watched();
    await pass(3_000, 50);
    await pass(4_000);
    await pass(3_000, 50);
    await pass(4_000);
    expect(heard).toEqual(['stalled', 'flowing', 'stalled']);
  });
});

describe('silence is no stall', () => {
  test('where the page looked but once in a long while', async () => {
    const { clock, heard, counter, pass } = watched();
    await pass(3_000, 50);
    counter.answersAt = clock.now() + 2_500;
    await pass(2_700);
    await pass(1_000, 50);
    expect(heard).toEqual([]);
  });

  test('where nothing was sent before', async () => {
    const { heard, pass } = watched();
    await pass(20_000);
    expect(heard).toEqual([]);
  });

  test('where a packet comes only now and then: nobody sends sound or pictures', async () => {
    const { heard, pass } = watched();
    for (let times = 0; times < 8; times++) {
      await pass(100, 50);
      await pass(2_400);
    }
    expect(heard).toEqual([]);
  });

  test('where it lasts a second: a lost packet, a busy sender', async () => {
    const { heard, pass } = watched();
    for (let times = 0; times < 5; times++) {
      await pass(3_000, 50);
      await pass(1_000);
    }
    expect(heard).toEqual([]);
  });
});

test('a path that is given up takes its count with it: the next bytes are life all the same', async () => {
  const { heard, counter, pass } = watched();
  await pass(3_000, 50);
  await pass(2_500);
  counter.bytes = 0;
  await pass(500);
  expect(heard).toEqual(['stalled']);
  await pass(500, 10);
  expect(heard).toEqual(['stalled', 'flowing']);
});

test('tells of life where the link is known to be interrupted, without a stall before', async () => {
  const { heard, watch, pass } = watched();
  await pass(1_000);
  watch.awaitFlow();
  await pass(5_000);
  await pass(300, 1);
  expect(heard).toEqual(['flowing']);
});

test('says nothing after its end, and waits for nothing', async () => {
  const { heard, watch, clock, counter, pass } = watched();
  await pass(3_000, 50);
  counter.fails = true;
  watch.stop();
  await pass(5_000);
  expect(heard).toEqual([]);
  expect(clock.waiting).toBe(0);
});
