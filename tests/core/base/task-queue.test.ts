import { expect, test } from 'vitest';
import { TaskQueue } from '../../../src/core/base/task-queue.ts';

test('task queue: a task begins once the one before is over', async () => {
  const queue = new TaskQueue();
  const said: string[] = [];
  let goOn: () => void = () => undefined;
  const slow = queue.run(async () => {
    said.push('slow begins');
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    said.push('slow ends');
    return 1;
  });
  const quick = queue.run(() => said.push('quick'));
  await new Promise((resolve) => setTimeout(resolve));
  expect(said).toEqual(['slow begins']);
  goOn();
  expect(await Promise.all([slow, quick])).toEqual([1, 3]);
  expect(said).toEqual(['slow begins', 'slow ends', 'quick']);
});

test('task queue: a task that fails tells whoever asked for it, and the next one runs', async () => {
  const queue = new TaskQueue();
  const failed = queue.run(() => Promise.reject(new Error('no')));
  const next = queue.run(() => 'yes');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
