// One after the other, as many as may wait.
import { expect, test } from 'vitest';
import { Turns } from '../../../src/core/base/turns.ts';

/** A job that waits until it is let go. */
function held() {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { run: () => gate, go };
}

test('turns: what found no room is dropped, and there is room again once something is done', async () => {
  const turns = new Turns();
  const { run, go } = held();
  const done: string[] = [];
  const note = (name: string) => async () => void done.push(name);
  const first = turns.received(140_000_000, run);
  await turns.received(10_000_000, note('too long'));
  const second = turns.received(8_000_000, note('fits'));
  go();
  await Promise.all([first, second]);
  await turns.received(140_000_000, note('later'));
  expect(done).toEqual(['fits', 'later']);
});

test('turns: a job that fails gives its room back, and the next one runs', async () => {
  const turns = new Turns();
  await expect(turns.received(140_000_000, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
  const done: number[] = [];
  await turns.received(140_000_000, async () => void done.push(1));
  expect(done).toEqual([1]);
});

test('turns: after the end nothing runs that waited', async () => {
  const turns = new Turns();
  const { run, go } = held();
  const done: number[] = [];
  const waiting = [turns.next(run), turns.next(async () => void done.push(1))];
  // The first one has begun.
  await Promise.resolve();
  turns.close();
  go();
  await Promise.all(waiting);
  expect(done).toEqual([]);
});
