// Types of network-lab.mjs for the tests.
export declare function networkObstacle(): string | undefined;
