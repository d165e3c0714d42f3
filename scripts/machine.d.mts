// Types of machine.mjs for the tests.
export declare function knowMachine(): Promise<void>;
