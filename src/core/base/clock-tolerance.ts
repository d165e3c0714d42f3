// How wrong clocks may be: nobody's time is taken at its word, and nothing that is alive is dropped for it within this.

/** Two people whose clocks differ by no more still reach each other, in ms (docs/protocol.md#topics). */
export const clockToleranceMs = 2 * 3_600_000;
