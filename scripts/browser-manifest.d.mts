// Types of browser-manifest.mjs for the tests.
export declare function manifestFor(
  target: 'chrome' | 'firefox',
  manifest: Record<string, unknown>,
): Record<string, unknown>;
