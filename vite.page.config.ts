// Builds one page of the extension by itself (PAGE=call …, TARGET=chrome|firefox) into what vite.config.ts has built: what it loads before its first
// screen is one script. Built together, pages that share code load it in forty small ones, and each costs a page one to three milliseconds.
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { bundled, chunks, onLog, simplePeer } from './tools/package/bundling.mjs';

const page = process.env['PAGE'] ?? '';

export default defineConfig({
  publicDir: false,
  plugins: [preact()],
  resolve: { alias: simplePeer },
  build: {
    ...bundled,
    outDir: `dist/${process.env['TARGET'] === 'firefox' ? 'firefox' : 'chrome'}`,
    emptyOutDir: false,
    rolldownOptions: {
      input: { [page]: `src/${page}/index.html` },
      output: chunks,
      onLog,
    },
  },
});
