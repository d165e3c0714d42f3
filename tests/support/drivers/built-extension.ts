// Where the builds under test lie: dist/chrome and dist/firefox, or what FFC_EXTENSION_DIR and FFC_FIREFOX_DIR name.
import { resolve } from 'node:path';

const dist = resolve(import.meta.dirname, '../../../dist');

export const extensionDir = process.env['FFC_EXTENSION_DIR'] ?? resolve(dist, 'chrome');
export const firefoxExtensionDir = process.env['FFC_FIREFOX_DIR'] ?? resolve(dist, 'firefox');
