// Types of firefox.mjs for the tests.
export declare function findFirefox(): string | undefined;
export declare function requireFirefox(): string;
