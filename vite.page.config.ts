// Builds one page of the extension by itself (PAGE=call …, TARGET=chrome|firefox) into what vite.config.ts has built: what it loads before its first
// screen is one script. Built together, pages that share code load it in forty small ones, and each costs a page one to three milliseconds.
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { isAboutNodeCrypto } from './tools/package/known-words.mjs';

const page = process.env['PAGE'] ?? '';

export default defineConfig({
  publicDir: false,
  plugins: [preact()],
  resolve: { alias: { 'simple-peer': 'simple-peer/simplepeer.min.js' } },
  build: {
    outDir: `dist/${process.env['TARGET'] === 'firefox' ? 'firefox' : 'chrome'}`,
    emptyOutDir: false,
    modulePreload: false,
    target: 'es2023',
    rolldownOptions: {
      input: { [page]: `src/${page}/index.html` },
      // Named, because scripts/test.mjs knows what Mozilla's linter says about it.
      output: { codeSplitting: { groups: [{ name: 'preact', test: /node_modules\/(?:@preact|preact)\// }] } },
      onLog(level, log, handle) {
        if (!isAboutNodeCrypto(log)) handle(level, log);
      },
    },
  },
});
