// tinykeys 3 ships its types where its package.json does not point to them.
declare module 'tinykeys' {
  export function tinykeys(
    target: Window | HTMLElement,
    bindings: Record<string, (event: KeyboardEvent) => void>,
    options?: { readonly event?: 'keydown' | 'keyup' },
  ): () => void;
}
