// Where the build under test lies.
import { resolve } from 'node:path';

export const extensionDir = resolve(import.meta.dirname, '../../dist/chrome');
