// The one place that limits, sizes and the number of files at a time of the tests come from: numbers of the usual machine, made to fit this
// one (machine.mjs). A limit is a bound on being stuck, not on being slow: it can only make a red run longer.

/** How many times as long as usual something may take before it counts as stuck. */
const generosity = 3;

/**
 * What was measured before the tests began; where nothing was, the usual machine.
 * @returns {{ readonly slowness: number, readonly filesAtATime: number }}
 */
function machine() {
  const told = process.env['FFC_MACHINE'];
  return told ? JSON.parse(told) : { slowness: 1, filesAtATime: 2 };
}

/**
 * How long to wait for something that is to come, in ms. `usualMs` is plenty on the usual machine. What the product itself waits for
 * does not stretch.
 * @param {number} usualMs
 */
export const limitMs = (usualMs) => Math.round(usualMs * generosity * machine().slowness);

/**
 * How long one look lasts that is repeated until it succeeds, in ms: long enough to see in it what the usual machine shows in `usualMs`.
 * @param {number} usualMs
 */
export const lookMs = (usualMs) => Math.round(usualMs * machine().slowness);

/**
 * As many bytes as this machine moves while the usual one moves `usualBytes`; at least `leastBytes`, without which a test tells nothing.
 * @param {number} usualBytes
 * @param {number} leastBytes
 */
export const fittingBytes = (usualBytes, leastBytes) =>
  Math.max(leastBytes, Math.round(usualBytes / machine().slowness));

/** How many files of tests run at once, at most `most`. */
export const filesAtATime = (most = Number.POSITIVE_INFINITY) => Math.min(most, machine().filesAtATime);
