// Waiting on a condition, bounded in time. Tests never sleep: they say what they wait for.
import { limitMs } from '../../../tools/machine/limits.mjs';

/** How long to wait on the usual machine (limits.mjs makes it fit this one), and the words for the error when the condition never came true. */
export type Waiting = { readonly withinMs?: number; readonly what: string; readonly everyMs?: number };

/** Whoever waits for long asks less often: a fifth of the time waited so far, so that asking does not hold up what is waited for. */
const asksEveryMs = (waitedMs: number): number => Math.min(250, Math.max(50, waitedMs / 5));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks `fn` again and again until it returns something truthy, and returns that. A throw counts as "not yet". */
export async function until<T>(
  fn: () => T | Promise<T>,
  { withinMs = 10_000, what, everyMs }: Waiting,
): Promise<NonNullable<T>> {
  const start = performance.now();
  const boundMs = limitMs(withinMs);
  let last = 'nothing yet';
  for (;;) {
    try {
      const value = await fn();
      if (value) return value;
      last = `the last answer was ${JSON.stringify(value)}`;
    } catch (error) {
      last = `the last error was: ${error instanceof Error ? error.message : String(error)}`;
    }
    const waitedMs = performance.now() - start;
    if (waitedMs > boundMs) throw new Error(`Waited ${boundMs} ms for ${what}; ${last}`);
    await pause(everyMs ?? asksEveryMs(waitedMs));
  }
}
