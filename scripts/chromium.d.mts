// Types of chromium.mjs for the tests.
export declare function isExecutable(file: string): boolean;
export declare function findChromium(): string | undefined;
export declare function requireChromium(): string;
