// What several measurements share: the drivers of the browser tests, a copy of the build with a probe in it, and two people who know each
// other.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';

/**
 * The drivers of the browser tests and the product's relay client.
 * @typedef {typeof import('../tests/support/drivers/extension-browser.ts')
 *   & typeof import('../tests/support/journeys/journeys.ts')
 *   & typeof import('../tests/support/drivers/notification-daemon.ts')
 *   & typeof import('../tests/support/drivers/page-actions.ts')
 *   & typeof import('../tests/support/journeys/two-people.ts')
 *   & typeof import('../tests/support/journeys/chat-steps.ts')
 *   & typeof import('../tests/support/journeys/changed-program.ts')
 *   & typeof import('../tests/support/samples/lies.ts')
 *   & typeof import('../tests/support/journeys/stored-contacts.ts')
 *   & typeof import('../tests/support/samples/test-identity.ts')
 *   & typeof import('../tests/support/worlds/relay-capture.ts')
 *   & typeof import('../tests/support/worlds/relay-deps.ts')
 *   & typeof import('../src/platform/relay/relay-pool.ts')
 *   & typeof import('../src/platform/crypto/web-crypto-sealer.ts')
 *   & typeof import('../src/core/identity/contact-link.ts')
 *   & typeof import('../src/core/signaling/mail.ts')
 *   & typeof import('../src/core/identity/topics.ts')} Support
 */

/** @typedef {import('../tests/support/drivers/extension-browser.ts').ExtensionBrowser} Profile */

/**
 * Loads them, which are TypeScript, through Vite.
 * @param {string} root
 * @returns {Promise<Support>}
 */
export async function loadSupport(root) {
  const { runnerImport } = await import('vite');
  const files = [
    'tests/support/drivers/extension-browser.ts',
    'tests/support/journeys/journeys.ts',
    'tests/support/drivers/notification-daemon.ts',
    'tests/support/drivers/page-actions.ts',
    'tests/support/journeys/two-people.ts',
    'tests/support/journeys/chat-steps.ts',
    'tests/support/journeys/changed-program.ts',
    'tests/support/samples/lies.ts',
    'tests/support/journeys/stored-contacts.ts',
    'tests/support/samples/test-identity.ts',
    'tests/support/worlds/relay-capture.ts',
    'tests/support/worlds/relay-deps.ts',
    'src/platform/relay/relay-pool.ts',
    'src/platform/crypto/web-crypto-sealer.ts',
    'src/core/identity/contact-link.ts',
    'src/core/signaling/mail.ts',
    'src/core/identity/topics.ts',
  ];
  const modules = await Promise.all(files.map((file) => runnerImport(join(root, file), { configFile: false, root })));
  return Object.assign({}, ...modules.map(({ module }) => module));
}

/**
 * The build that is measured: FFC_EXTENSION_DIR, or dist/chrome.
 * @param {string} root
 */
export function builtExtension(root) {
  const built = process.env['FFC_EXTENSION_DIR'] ?? join(root, 'dist', 'chrome');
  if (!existsSync(join(built, 'manifest.json'))) throw new Error(`No build in ${built}: npm run build`);
  return built;
}

/**
 * A copy of the build whose call page runs a probe of this folder before its own scripts.
 * @param {string} built
 * @param {string} to
 * @param {string} probe the file's name.
 */
export function copyWithProbe(built, to, probe) {
  cpSync(built, to, { recursive: true });
  cpSync(new URL(probe, import.meta.url), join(to, probe));
  const file = join(to, 'src/call/index.html');
  const page = readFileSync(file, 'utf8');
  if (!page.includes('<head>')) throw new Error(`${file} has no <head> to put the probe into`);
  writeFileSync(file, page.replace('<head>', `<head><script src="/${probe}"></script>`));
}

/**
 * Alice and Bob, contacts of each other, in browsers with the probe, over a relay on this machine.
 * @param {string} root
 * @param {string} probe
 */
export async function openPair(root, probe) {
  const folder = mkdtempSync(join(tmpdir(), 'ffc-bench-pair-'));
  /** @type {(() => unknown)[]} */
  const open = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const one of open.splice(0).reverse()) await one();
  };
  try {
    const extensionDir = join(folder, 'extension');
    copyWithProbe(builtExtension(root), extensionDir, probe);
    const support = await loadSupport(root);
    const relay = await startMqttRelay({ record: false });
    open.push(() => relay.close());
    const launch = async (/** @type {string} */ name) => {
      const profile = await support.launchProfile({ name, extensionDir });
      open.push(() => profile.close());
      return profile;
    };
    const alice = await launch('Alice');
    const bob = await launch('Bob');
    await support.becomeContacts(alice, bob, [relay.url]);
    return { support, alice, bob, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * When the click opened a page, in ms since the epoch.
 * @param {import('puppeteer-core').Page} page
 */
export const openedAt = (page) =>
  page.evaluate(() => performance.timeOrigin + (performance.getEntriesByType('navigation')[0]?.startTime ?? 0));

/**
 * The topic of today of an inbox.
 * @param {Support} support
 * @param {Uint8Array<ArrayBuffer>} inboxSecret
 * @param {Uint8Array<ArrayBuffer>} ed25519
 */
export async function topicOf(support, inboxSecret, ed25519) {
  const day = support.epochDay(Date.now());
  return Buffer.from(await support.inboxTopic(new support.WebCryptoSealer(), inboxSecret, ed25519, day), 'hex');
}

/**
 * What stands in somebody's contact link.
 * @param {Support} support
 * @param {Profile} profile
 */
export async function linkOf(support, profile) {
  const parsed = await support.parseContactLink(await support.contactLinkOf(profile), new support.WebCryptoSealer());
  if ('refused' in parsed) throw new Error(parsed.refused);
  return parsed.link;
}

/**
 * The topic of the link's inbox, as anybody with the link works it out.
 * @param {Support} support
 * @param {Profile} profile
 */
export async function linkTopicOf(support, profile) {
  const { inboxSecret, ed25519 } = await linkOf(support, profile);
  return topicOf(support, inboxSecret, ed25519);
}
