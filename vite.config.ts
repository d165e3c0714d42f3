// Builds the extension for one browser (TARGET=chrome|firefox) and configures the unit and browser test projects.
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';
import manifest from './manifest.json' with { type: 'json' };
import { statesAtATime } from './tests/gallery/states-at-a-time.ts';
import { LongestFirst } from './tests/support/runner/longest-first.ts';
import { RunRecord } from './tests/support/runner/run-record.ts';
import { filesAtATime, limitMs } from './tools/machine/limits.mjs';
import { knowMachine } from './tools/machine/machine.mjs';
import { bareMessages } from './tools/package/bare-messages.mjs';
import { manifestFor, pagesBeside } from './tools/package/browser-manifest.mjs';
import { bundled, chunks, onLog, simplePeer } from './tools/package/bundling.mjs';
import { withNotices } from './tools/package/third-party.mjs';

const target = process.env['TARGET'] === 'firefox' ? 'firefox' : 'chrome';

/** Of all tests, unless a file says otherwise: how long a test and what comes before or after it may take. */
const limits = (testMs: number, hookMs: number) => ({ testTimeout: limitMs(testMs), hookTimeout: limitMs(hookMs) });

if (process.env['VITEST']) await knowMachine();

/** Where scripts/test.mjs wants to read what became of each file. */
const record = process.env['FFC_RECORD'];

export default defineConfig(({ command, mode }) => ({
  // crxjs and Preact's plugin are for the product only: the tests read the sources as they are.
  plugins:
    mode === 'test'
      ? []
      : [
          preact(),
          crx({ manifest: manifestFor(target, manifest, command) as ManifestV3Export, browser: target }),
          bareMessages(),
          withNotices(),
        ],
  resolve: { alias: simplePeer },
  build: {
    ...bundled,
    // What npm run dev writes is no build to test or to pack.
    outDir: command === 'serve' ? 'dist/dev' : `dist/${target}`,
    emptyOutDir: true,
    rolldownOptions: {
      // Which the manifest does not name. A build has them one by one (vite.page.config.ts).
      input:
        command === 'serve'
          ? Object.fromEntries(pagesBeside(target).map((page) => [page, `src/${page}/index.html`]))
          : {},
      output: chunks,
      onLog,
    },
  },
  test: {
    reporters: ['default', ...(record === undefined ? [] : [new RunRecord(record)])],
    sequence: { sequencer: LongestFirst },
    teardownTimeout: limitMs(10_000),
    expect: { poll: { timeout: limitMs(1_000) } },
    projects: [
      {
        extends: true as const,
        test: {
          name: 'unit',
          include: [
            'tests/{core,platform,link,ui,background,connectivity,options,popup,recordings,room,scenarios,call,guest,repository,fuzz}/**/*.test.{ts,tsx}',
          ],
          // Many of them wait for real relays: a second file uses the time of the first.
          maxWorkers: Math.max(2, filesAtATime()),
          ...limits(20_000, 20_000),
        },
      },
      {
        extends: true as const,
        test: {
          // Every view in every state, in a browser without the extension.
          name: 'gallery',
          include: ['tests/gallery/**/*.test.ts'],
          globalSetup: 'tests/gallery/build-gallery.ts',
          maxConcurrency: statesAtATime,
          ...limits(30_000, 30_000),
        },
      },
      {
        extends: true as const,
        test: {
          // The own server with the programs that it is made of: most of the time it waits for them.
          name: 'server',
          include: ['tests/server/**/*.test.ts'],
          maxWorkers: Math.max(2, filesAtATime()),
          ...limits(60_000, 60_000),
        },
      },
      {
        extends: true as const,
        test: {
          name: 'browsers',
          include: ['tests/browsers/**/*.test.ts'],
          globalSetup: 'tests/support/runner/fresh-build.ts',
          // People wait in these tests more than computers work.
          maxWorkers: filesAtATime(),
          ...limits(60_000, 60_000),
        },
      },
      {
        extends: true as const,
        test: {
          // One file at a time: each fills the computer.
          name: 'crowd',
          include: ['tests/crowd/**/*.test.ts'],
          globalSetup: 'tests/support/runner/fresh-build.ts',
          fileParallelism: false,
          ...limits(90_000, 120_000),
        },
      },
      {
        extends: true as const,
        test: {
          name: 'network',
          include: ['tests/network/**/*.test.ts'],
          globalSetup: ['tests/support/runner/fresh-build.ts', 'tests/network/global-setup.ts'],
          // Each lab has namespaces of its own; most of the time it waits for a network to fail or to come back.
          maxWorkers: filesAtATime(2),
          ...limits(90_000, 90_000),
        },
      },
      {
        extends: true as const,
        test: {
          name: 'idle',
          include: ['tests/idle/**/*.test.ts'],
          globalSetup: 'tests/support/runner/fresh-build.ts',
          ...limits(180_000, 180_000),
        },
      },
    ],
  },
}));
