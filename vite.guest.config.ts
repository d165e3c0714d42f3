// Builds the page for guests: static files with relative addresses, for any web server. `FFC_ONE_FILE=1` makes of it what
// tools/package/guest-page.mjs then folds into a single file. No part of the extension.
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { bundled, onLog, simplePeer } from './tools/package/bundling.mjs';
import { guestLanguages } from './tools/package/guest-languages.mjs';
import { onlyNeededTexts } from './tools/package/needed-texts.mjs';
import { withNotices } from './tools/package/third-party.mjs';

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const isOneFile = process.env['FFC_ONE_FILE'] === '1';

export default defineConfig({
  root: inRoot('src/guest'),
  base: './',
  publicDir: false,
  plugins: [
    preact(),
    onlyNeededTexts(inRoot('src/guest/index.ts')),
    // A single file would have to hold every language: it speaks English.
    ...(isOneFile ? [] : [guestLanguages(inRoot('public/_locales'))]),
    withNotices(),
  ],
  resolve: {
    alias: {
      'webextension-polyfill': inRoot('src/guest/no-extension.ts'),
      ...simplePeer,
    },
  },
  build: {
    ...bundled,
    outDir: inRoot(isOneFile ? 'dist/guest/one-file' : 'dist/guest'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      ...(isOneFile ? { output: { codeSplitting: false } } : {}),
      onLog,
    },
  },
});
