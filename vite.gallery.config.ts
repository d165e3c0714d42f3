// The gallery: every view in every state, in any browser, without the extension. `npm run dev -- --gallery` serves it with hot reload, the
// screen tests build it. Never part of the package.
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { simplePeer } from './tools/package/bundling.mjs';

const inRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [preact()],
  resolve: {
    alias: {
      'webextension-polyfill': inRoot('src/gallery/browser-stand-in.ts'),
      ...simplePeer,
    },
  },
  build: {
    outDir: 'dist/gallery',
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: {
      input: ['index', 'call', 'guest', 'popup', 'options', 'room', 'recordings', 'messages', 'trial'].map((page) =>
        inRoot(`src/gallery/${page}.html`),
      ),
    },
  },
});
