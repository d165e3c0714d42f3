// What somebody who means harm does to the pages of Bob, and whether a friend rings meanwhile: a contact in a call with him who writes the worst
// and lies about everything, and a hundred junk messages a second on any one of his inboxes. Run by bench/commands/hostile.mjs.
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { callsOfStrangers, mqttConnect, mqttPublish, randomEnvelope, startFlood } from './flood.mjs';
import { builtExtension, linkOf, loadSupport, openedAt, topicOf } from './support.mjs';

/** @import { Page } from 'puppeteer-core' */
/** @import { LocalRelay } from '../tools/relays/recording-server.mjs' */
/** @import { Profile, Support } from './support.mjs' */

/** The pages are watched for so long in each row, the call of the friend with it. */
const watchedMs = 10_000;
const junkPerSecond = 100;
const worstMessages = 200;
/** Of each channel, and of each again every second. */
const liesAtOnce = 300;
const moreLies = 100;

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * When a button of this name stands on a page, in ms since the epoch, by the page's own clock.
 * @param {Page} page
 * @param {string} name
 * @returns {Promise<number>}
 */
const buttonShownAt = (page, name) =>
  page.evaluate(async (wanted) => {
    const stands = () => [...document.querySelectorAll('button')].some((one) => one.textContent?.trim() === wanted);
    while (!stands()) await new Promise((resolve) => setTimeout(resolve, 20));
    return performance.timeOrigin + performance.now();
  }, name);

/**
 * `pause`: the longest of any of Bob's pages, in ms. `ring`: from the friend's click to the button on Bob's page, in ms.
 * @typedef {{ readonly name: string, readonly pause: number, readonly ring: number }} Row
 */

/**
 * The inboxes of Bob that others can write to, with what is written there.
 * @param {Support} support
 * @param {{ readonly bob: Profile, readonly alice: Profile, readonly b: Page, readonly ofTheCall: readonly Buffer[] }} scene
 */
async function inboxes(support, { bob, alice, b, ofTheCall }) {
  const link = await linkOf(support, bob);
  await support.clickButton(b, 'Add person');
  await support.clickButton(b, 'Make a guest link');
  const guest = await support.parseGuestLink(await support.textOf(b, 'Guest link'), new support.WebCryptoSealer());
  await support.clickButton(b, 'Done');
  if ('refused' in guest) throw new Error(guest.refused);
  const linkTopic = await topicOf(support, link.inboxSecret, link.ed25519);
  const door = await topicOf(support, guest.link.inboxSecret, guest.link.ed25519);
  const handed = (await support.storedContacts(alice))[0]?.theirInbox;
  if (!handed) throw new Error('Alice holds no inbox of Bob.');
  const friends = await topicOf(support, Uint8Array.from(handed), link.ed25519);
  const noise = async (/** @type {readonly Buffer[]} */ topics) =>
    Array.from({ length: 1_000 }, (_, i) => mqttPublish(topics[i % topics.length] ?? linkTopic, randomEnvelope()));
  const calls = async (/** @type {Buffer} */ topic) => {
    const sealed = await callsOfStrangers(support, link, topic, (junkPerSecond * watchedMs) / 1_000);
    return sealed.map((one) => mqttPublish(topic, one));
  };
  return {
    'the link’s inbox, random bytes': () => noise([linkTopic]),
    'the link’s inbox, calls of strangers': () => calls(linkTopic),
    'the inbox of one contact, random bytes': () => noise([friends]),
    'the topics of the call, random bytes': () => noise(ofTheCall),
    'the guest door, random bytes': () => noise([door]),
    'the guest door, strangers who knock': () => calls(door),
  };
}

/**
 * All topics that anybody has named to the relay so far, in hex.
 * @param {Support} support
 * @param {LocalRelay} relay
 */
const topicsSeen = (support, relay) =>
  new Set(
    [...support.textOfFrames(relay.frames).matchAll(/ffc1\/([\w-]{43})/g)].map(([, topic = '']) =>
      Buffer.from(topic, 'base64url').toString('hex'),
    ),
  );

/**
 * @param {{ readonly root: string, readonly log: (line: string) => void }} asked
 * @returns a row for each thing that is done to Bob, and one for nothing at all.
 */
export async function measureHostile({ root, log }) {
  const support = await loadSupport(root);
  const relay = await startMqttRelay();
  /** @type {(() => unknown)[]} */
  const open = [() => relay.close()];
  const launch = async (/** @type {string} */ name) => {
    const profile = await support.launchProfile({ name, extensionDir: builtExtension(root) });
    open.push(() => profile.close());
    return profile;
  };
  try {
    const [bob, alice, carol] = [await launch('Bob'), await launch('Alice'), await launch('Carol')];
    await support.meet(bob, [alice, carol], [relay.url]);
    // A call makes them friends.
    const first = await support.connect(carol, bob);
    await sleep(2_000);
    await support.clickButton(first.a, 'Leave call');
    await support.waitForStatus(first.b, /Call ended/);
    await support.closeCallPages(carol, bob);

    const before = topicsSeen(support, relay);
    const { a, b } = await support.connect(alice, bob);
    const ofTheCall = [...topicsSeen(support, relay)]
      .filter((topic) => !before.has(topic))
      .map((topic) => Buffer.from(topic, 'hex'));
    for (const page of [a, b]) await support.clickButton(page, 'Turn camera off');
    await support.openChat(b);
    const popup = await support.contactsPage(bob);
    const settings = await support.settingsPage(bob, 'privacy');
    await b.bringToFront();

    /** @type {Row[]} */
    const rows = [];
    const measure = async (/** @type {string} */ name, /** @type {() => Promise<() => unknown>} */ begin) => {
      const watched = [b, popup, settings].map((page) => support.longestPause(page, watchedMs));
      const end = await begin();
      const shown = buttonShownAt(b, 'Accept and hold');
      const c = await support.callFromPopup(carol, 'Bob');
      const ring = (await shown) - (await openedAt(c));
      await support.clickButton(c, 'Cancel call');
      const pause = Math.max(...(await Promise.all(watched)));
      await end();
      await support.closeCallPages(carol);
      while (await support.has(b, 'button', 'Accept and hold')) await sleep(100);
      rows.push({ name, pause, ring });
      log(`${name}: ${pause.toFixed(0)} ms without an answer, ${ring.toFixed(0)} ms to the ring`);
    };

    await measure('nothing', async () => () => undefined);
    for (const [shape, text] of Object.entries(support.worstWords))
      await measure(`${worstMessages} messages: ${shape}`, async () => {
        await support.sayPastTheProgram(a, 'chat', support.messagesOf(text, worstMessages));
        return () => undefined;
      });
    await measure('lies on every channel at once', async () => {
      const say = async (/** @type {number} */ count) => {
        for (const channel of support.wordChannels)
          await support.sayPastTheProgram(a, channel, support.liesFor(channel, count));
      };
      await say(liesAtOnce);
      let isOver = false;
      const going = (async () => {
        for (; !isOver; await sleep(1_000)) await say(moreLies);
      })();
      return () => {
        isOver = true;
        return going;
      };
    });
    await support.waitForStatus(b, /^Connected/);
    for (const [name, junk] of Object.entries(await inboxes(support, { bob, alice, b, ofTheCall })))
      await measure(`${junkPerSecond} a second: ${name}`, async () => {
        const flood = { url: relay.url, perSecond: junkPerSecond, subprotocol: 'mqtt', greeting: mqttConnect };
        return startFlood({ ...flood, frames: await junk() });
      });
    return rows;
  } finally {
    for (const close of open.reverse()) await close();
  }
}
