// Where Chromium is on this machine. Runs with no node_modules.
import { accessSync, constants } from 'node:fs';

const places = [
  '/usr/lib/chromium/chromium',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * True when `file` is there and may be run.
 * @param {string} file
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of Chromium (FFC_CHROMIUM first), or undefined. */
export function findChromium() {
  const chosen = process.env['FFC_CHROMIUM'];
  if (chosen && !isExecutable(chosen)) throw new Error(`FFC_CHROMIUM names ${chosen}, which cannot be run.`);
  return chosen || places.find(isExecutable);
}

/** The same, but its absence is an error that names the remedy. */
export function requireChromium() {
  const found = findChromium();
  if (!found) throw new Error('No Chromium found: install the chromium package, or name one in FFC_CHROMIUM.');
  return found;
}
