// The manifest of each browser, made from the one in manifest.json: what only one of them has, knows or needs (docs/browsers.md).

/**
 * Firefox tells every server the install's own random address in `Origin`. A rule that platform/own-origin.ts makes takes it off our own
 * requests; it may act here, because a person chooses the relays. For this purpose Firefox sees sockets as what they begin as, http(s).
 */
const relayHosts = ['http://*/*', 'https://*/*'];

/** Without Firefox's own keys. */
function forChrome({ browser_specific_settings: _gecko, ...manifest }) {
  return manifest;
}

/** No offscreen documents, but sound in the background page; links of ours are offered to it by the manifest. */
function forFirefox({ minimum_chrome_version: _chrome, ...manifest }) {
  return {
    ...manifest,
    permissions: [...manifest.permissions.filter((name) => name !== 'offscreen'), 'declarativeNetRequest'],
    host_permissions: relayHosts,
    protocol_handlers: ['ext+ffc', 'web+ffc'].map((protocol) => ({
      protocol,
      name: 'FreeFlow Connect',
      uriTemplate: '/src/popup/index.html?add=%s',
    })),
  };
}

/** Vite's development server puts styles into the pages, and its client looks for scripts there. */
function forDevelopment({ content_security_policy: { extension_pages: policy }, ...manifest }) {
  const loose = policy
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace(/; require-trusted.*/, '');
  return { ...manifest, content_security_policy: { extension_pages: loose } };
}

/**
 * @param {'chrome' | 'firefox'} target
 * @param {'build' | 'serve'} command of Vite
 */
export function manifestFor(target, manifest, command = 'build') {
  const made = target === 'firefox' ? forFirefox(manifest) : forChrome(manifest);
  return command === 'serve' ? forDevelopment(made) : made;
}
