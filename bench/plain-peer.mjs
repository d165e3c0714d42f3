// Plain simple-peer in the network lab, as most products ship it: two pages with cameras and signaling that never fails.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** @import { Browser, Page } from 'puppeteer-core' */
/** @import { IceServer } from '../src/core/network/ice-server.ts' */
/** @typedef {{ readonly browser: Browser }} Home */
/** @typedef {{ readonly page: Page, readonly sees: string }} View a page, and the name of the region with the far picture. */

const simplePeer = fileURLToPath(new URL('../node_modules/simple-peer/simplepeer.min.js', import.meta.url));

/**
 * A page with simple-peer and a camera, on an origin that the browser takes for secure.
 * @param {Browser} browser
 * @param {string} sees
 */
async function plainPage(browser, sees) {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isScript = request.url().endsWith('/simple-peer.js');
    const body = isScript
      ? readFileSync(simplePeer)
      : `<!doctype html><section aria-label="${sees}"><video autoplay muted playsinline></video></section><script src="/simple-peer.js"></script>`;
    void request.respond({ status: 200, contentType: isScript ? 'text/javascript' : 'text/html', body });
  });
  await page.goto('http://localhost/');
  await page.evaluate(async () => {
    globalThis.camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    globalThis.firstFrameAt = new Promise((resolve) => {
      document
        .querySelector('video')
        ?.requestVideoFrameCallback(() => resolve(performance.timeOrigin + performance.now()));
    });
  });
  return page;
}

/**
 * Begins a connection on a page.
 * @param {Page} page
 * @param {boolean} isInitiator
 * @param {readonly IceServer[]} iceServers
 * @returns when, in ms since the epoch.
 */
const begin = (page, isInitiator, iceServers) =>
  page.evaluate(
    (initiator, servers) => {
      const startedAt = performance.timeOrigin + performance.now();
      const peer = new globalThis.SimplePeer({
        initiator,
        stream: globalThis.camera,
        config: { iceServers: [...servers] },
      });
      globalThis.peer = peer;
      peer.on('signal', (signal) => globalThis.say(signal));
      peer.on('stream', (theirs) => {
        const video = document.querySelector('video');
        if (video) video.srcObject = theirs;
      });
      peer.on('error', () => undefined);
      return startedAt;
    },
    isInitiator,
    iceServers,
  );

/**
 * A connection between Alice's and Bob's browsers that shows both pictures.
 * @param {{ readonly alice: Home, readonly bob: Home }} people
 * @param {readonly IceServer[]} iceServers
 * @returns {Promise<{ readonly views: readonly View[], readonly setUpMs: number, close(): Promise<unknown> }>} its pages, and how long that took.
 */
export async function connectPlainly({ alice, bob }, iceServers) {
  const [a, b] = await Promise.all([plainPage(alice.browser, 'Bob'), plainPage(bob.browser, 'Alice')]);
  const pages = [a, b];
  const hand = (/** @type {Page} */ to) => (/** @type {import('simple-peer').SignalData} */ signal) =>
    to.evaluate((one) => globalThis.peer.signal(one), signal).catch(() => undefined);
  await a.exposeFunction('say', hand(b));
  await b.exposeFunction('say', hand(a));
  await begin(b, false, iceServers);
  const startedAt = await begin(a, true, iceServers);
  const shownAt = await Promise.all(pages.map((page) => page.evaluate(() => globalThis.firstFrameAt)));
  return {
    views: [
      { page: a, sees: 'Bob' },
      { page: b, sees: 'Alice' },
    ],
    setUpMs: Math.max(...shownAt) - startedAt,
    close: () => Promise.all(pages.map((page) => page.close())),
  };
}
