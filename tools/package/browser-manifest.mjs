// The manifest of each browser, made from the one in manifest.json: what only one of them has, knows or needs (docs/browsers.md).

/**
 * What of a manifest is looked at here.
 * @typedef {Readonly<Record<string, unknown>> & {
 *   readonly permissions?: readonly string[],
 *   readonly content_security_policy?: { readonly extension_pages: string },
 * }} Manifest
 */

/**
 * Firefox tells every server the install's own random address in `Origin`. A rule that platform/extension/own-origin.ts makes takes it off our own
 * requests; it may act here, because a person chooses the relays. For this purpose Firefox sees sockets as what they begin as, http(s).
 */
const relayHosts = ['http://*/*', 'https://*/*'];

/**
 * The pages that no manifest names: each in src/PAGE/index.html.
 * @param {'chrome' | 'firefox'} target
 * @returns {readonly string[]}
 */
export function pagesBeside(target) {
  const pages = ['call', 'room', 'recordings', 'messages', 'trial'];
  // Firefox has no offscreen documents: its background page has sound itself.
  return target === 'chrome' ? [...pages, 'offscreen'] : pages;
}

/**
 * Without Firefox's own keys.
 * @param {Manifest} manifest
 * @returns {Manifest}
 */
function forChrome({ browser_specific_settings: _gecko, ...rest }) {
  return rest;
}

/**
 * No offscreen documents, but sound in the background page; links of ours are offered to it by the manifest.
 * @param {Manifest} manifest
 * @returns {Manifest}
 */
function forFirefox({ minimum_chrome_version: _chrome, permissions = [], ...rest }) {
  return {
    ...rest,
    permissions: [...permissions.filter((name) => name !== 'offscreen'), 'declarativeNetRequest'],
    host_permissions: relayHosts,
    protocol_handlers: ['ext+ffc', 'web+ffc'].map((protocol) => ({
      protocol,
      name: 'FreeFlow Connect',
      uriTemplate: '/src/popup/index.html?add=%s',
    })),
  };
}

/**
 * Vite's development server puts styles into the pages, and its client looks for scripts there.
 * @param {Manifest} manifest
 * @returns {Manifest}
 */
function forDevelopment({ content_security_policy: policy, ...rest }) {
  if (!policy) return rest;
  const loose = policy.extension_pages
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace(/; require-trusted.*/, '');
  return { ...rest, content_security_policy: { extension_pages: loose } };
}

/**
 * @template {Manifest} T
 * @param {'chrome' | 'firefox'} target
 * @param {T} manifest
 * @param {'build' | 'serve'} [command] of Vite
 * @returns {T}
 */
export function manifestFor(target, manifest, command = 'build') {
  const made = target === 'firefox' ? forFirefox(manifest) : forChrome(manifest);
  return /** @type {T} */ (command === 'serve' ? forDevelopment(made) : made);
}
