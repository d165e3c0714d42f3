// A window in which an editor stands: what it asks a browser for beside elements. Import it before anything of the editor.
import './page-window.ts';

const { navigator, MutationObserver, getComputedStyle, KeyboardEvent } = window;
for (const [name, value] of Object.entries({ navigator, MutationObserver, getComputedStyle, KeyboardEvent }))
  Object.defineProperty(globalThis, name, { value, configurable: true });
// Nothing is laid out.
Object.assign(globalThis, { innerHeight: 800 });
Object.assign(window.Range.prototype, {
  getClientRects: () => [],
  getBoundingClientRect: () => ({ left: 0, right: 0, top: 0, bottom: 0 }),
});
