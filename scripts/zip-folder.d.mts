// Types of zip-folder.mjs for the tests.

/** The folder as one zip, the same bytes each time: what a store takes, and as `.xpi` what Firefox installs. */
export declare function zipFolder(dir: string): Promise<Buffer>;
