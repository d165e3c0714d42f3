// The settings of a Firefox that a test drives. Knows of the extension only its ids.
import type { Permissions } from './chromium-arguments.ts';

/** The id in the manifest. */
export const addOnId = 'freeflow-connect@freeflow.example';
/** Firefox draws this at random for every install; a test pins it, so that pages have one address in every profile and run. */
export const internalId = '11111111-2222-4333-8444-555555555555';

export function firefoxPreferences(toneHz: number): Record<string, string | number | boolean> {
  return {
    'extensions.webextensions.uuids': JSON.stringify({ [addOnId]: internalId }),
    // The package under test is not signed.
    'xpinstall.signatures.required': false,
    'media.navigator.streams.fake': true,
    'media.navigator.audio.fake_frequency': toneHz,
    // Small pictures, few a second: the test machine encodes and decodes all of them in software.
    'media.navigator.video.max_fs': 300,
    'media.navigator.video.max_fr': 8,
    // It paints in software, too: eight times a second are enough.
    'layout.frame_rate': 8,
    'browser.aboutwelcome.enabled': false,
    'browser.tabs.warnOnClose': false,
    'dom.disable_beforeunload': true,
  };
}

/** A script for Firefox's own window that answers the camera question for good: of the extension, or of a web page. */
export function permissionScript(permissions: Permissions, address = `moz-extension://${internalId}/`): string {
  if (permissions === 'none') return '';
  const action = permissions === 'granted' ? 'ALLOW_ACTION' : 'DENY_ACTION';
  return `const uri = Services.io.newURI('${address}');
    const principal = Services.scriptSecurityManager.createContentPrincipal(uri, {});
    for (const device of ['camera', 'microphone'])
      Services.perms.addFromPrincipal(principal, device, Services.perms.${action});`;
}
