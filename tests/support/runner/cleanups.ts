// What a test has opened is closed after it, the last first, whatever became of the test.
import { onTestFinished } from 'vitest';

/** Runs after the test that is running now. Vitest runs them one after another, the last first. */
export function afterThisTest(cleanup: () => unknown): void {
  onTestFinished(async () => {
    await cleanup();
  });
}

/** @returns the same thing, closed after the test. */
export function kept<Thing extends { close(): unknown }>(thing: Thing): Thing {
  afterThisTest(() => thing.close());
  return thing;
}
