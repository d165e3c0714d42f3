// When silence is a stall, and when bytes count as life again.
import { describe, expect, test } from 'vitest';
import { StallWatch } from '../../../src/link/proven/stall-watch.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';

function watched() {
  const clock = new ManualClock(0);
  const heard: string[] = [];
  const counter = { bytes: 0, fails: false, answersAt: 0, heardAt: 0, counts: 0 };
  const bytesReceived = async (): Promise<number> => {
    counter.counts += 1;
    if (counter.fails) throw new Error('closed');
    const wait = counter.answersAt - clock.now();
    if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
    return counter.bytes;
  };
  const watch = new StallWatch(
    clock,
    { lastHeard: () => counter.heardAt, bytesReceived },
    { onStalled: () => void heard.push('stalled'), onFlowing: () => void heard.push('flowing') },
  );
  /** Lets time pass while so many bytes arrive every 100 ms. */
  const pass = async (ms: number, bytes = 0): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      counter.bytes += bytes;
      await clock.advance(100);
    }
  };
  /** Lets time pass while sound comes so often. */
  const hear = async (ms: number, everyMs = 20): Promise<void> => {
    for (let passed = 0; passed < ms; passed += everyMs) {
      counter.bytes += 100;
      counter.heardAt = clock.now();
      await clock.advance(everyMs);
    }
  };
  return { clock, heard, counter, watch, pass, hear };
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

describe('sound or pictures', () => {
  test('are life by themselves: no bytes are counted while they come', async () => {
    const { heard, counter, hear } = watched();
    await hear(400);
    counter.counts = 0;
    await hear(10_000);
    expect([counter.counts, heard]).toEqual([0, []]);
  });

  test('in which nothing is said come rarely: no bytes are counted either', async () => {
    const { heard, counter, hear } = watched();
    await hear(400);
    counter.counts = 0;
    await hear(10_000, 400);
    expect([counter.counts, heard]).toEqual([0, []]);
  });

  test('that stop, and bytes with them, are a stall after as long as without them', async () => {
    const { heard, hear, pass } = watched();
    await hear(3_000);
    await pass(1_200);
    expect(heard).toEqual([]);
    await pass(700);
    expect(heard).toEqual(['stalled']);
  });

  test('that come again are told within 200 ms', async () => {
    const { heard, hear, pass } = watched();
    await hear(3_000);
    await pass(4_000);
    await hear(200);
    expect(heard).toEqual(['stalled', 'flowing']);
  });

  test('that stop while other bytes come, as on a hold, are no stall', async () => {
    const { heard, hear, pass } = watched();
    await hear(3_000);
    await pass(10_000, 10);
    expect(heard).toEqual([]);
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
