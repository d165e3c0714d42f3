// Trusted Types: the pages make elements out of no text but what DOMPurify has cleaned, and load scripts from the package alone. Has to be
// imported before whatever starts a worker.

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/** Where the browser has no Trusted Types, the content security policy alone holds. */
const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };

trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    if (new URL(url, location.href).origin !== location.origin) throw new TypeError('no script of the package');
    return url;
  },
});
