// Where the build under test lies: dist/chrome, or what FFC_EXTENSION_DIR names.
import { resolve } from 'node:path';

export const extensionDir = process.env['FFC_EXTENSION_DIR'] ?? resolve(import.meta.dirname, '../../dist/chrome');
