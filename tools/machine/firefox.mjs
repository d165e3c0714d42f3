// Where Firefox is on this machine. Runs with no node_modules.
import { isExecutable } from './chromium.mjs';

const places = [
  '/usr/lib/firefox-esr/firefox-esr',
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** The path of Firefox (FFC_FIREFOX first), or undefined. */
export function findFirefox() {
  const chosen = process.env['FFC_FIREFOX'];
  if (chosen && !isExecutable(chosen)) throw new Error(`FFC_FIREFOX names ${chosen}, which cannot be run.`);
  return chosen || places.find(isExecutable);
}

/** The same, but its absence is an error that names the remedy. */
export function requireFirefox() {
  const found = findFirefox();
  if (!found) throw new Error('No Firefox found: install the firefox-esr package, or name one in FFC_FIREFOX.');
  return found;
}
