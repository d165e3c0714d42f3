// Types of limits.mjs for the tests.
export declare function limitMs(usualMs: number): number;
export declare function lookMs(usualMs: number): number;
export declare function fittingBytes(usualBytes: number, leastBytes: number): number;
export declare function filesAtATime(most?: number): number;
