// How our pages are bundled, in whichever build: the extension, each page by itself, the page for guests.

/** The build of simple-peer that is made for browsers. */
export const simplePeer = { 'simple-peer': 'simple-peer/simplepeer.min.js' };

/** What every build has in common. Nothing is asked for before a script names it: to do so costs more than it saves (decision 26). */
export const bundled = { modulePreload: /** @type {const} */ (false), target: 'es2023' };

/** Preact in a file of its own. Named, because scripts/test.mjs knows what Mozilla's linter says about it. */
export const chunks = { codeSplitting: { groups: [{ name: 'preact', test: /node_modules\/(?:@preact|preact)\// }] } };

/**
 * Vite's words about the Node half of @hpke/common, which no browser ever asks for: it has WebCrypto.
 * @param {{ readonly message: string }} log
 */
const isAboutNodeCrypto = ({ message }) =>
  message.startsWith('Module "crypto" has been externalized') && message.includes('/@hpke/common/');

/**
 * For rolldown: passes on what is not known to be harmless.
 * @template Level
 * @template {{ readonly message: string }} Log
 * @param {Level} level
 * @param {Log} log
 * @param {(level: Level, log: Log) => void} handle
 */
export function onLog(level, log, handle) {
  if (!isAboutNodeCrypto(log)) handle(level, log);
}
