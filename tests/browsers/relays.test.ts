// A call over every kind of relay, each a server that nobody here wrote, and over three at once of which only one is alive.
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import { startBroadcastRelay } from '../../tools/relays/broadcast-relay.mjs';
import { startJsonRelay } from '../../tools/relays/json-relay.mjs';
import { startMosquitto } from '../../tools/relays/mosquitto-relay.mjs';
import { startNostrRelay } from '../../tools/relays/nostr-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { type Kinds, launchBrowser, pairsFor } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { clickButton, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { sees } from '../support/journeys/call-checks.ts';
import { becomeContacts, closeCallPages, connect, contactsPage } from '../support/journeys/two-people.ts';
import { aliceMedia, bobMedia } from '../support/samples/generated-media.ts';

const login = { user: 'family', password: 'two words' };

/** Our address of a relay: with its login, where it asks for one. */
function withLogin(url: string): string {
  const address = new URL(url);
  address.username = login.user;
  address.password = encodeURIComponent(login.password);
  return address.href;
}

/** Two people on these relays. */
class RelayPair {
  readonly alice: DrivenBrowser;
  readonly bob: DrivenBrowser;

  private constructor(alice: DrivenBrowser, bob: DrivenBrowser) {
    this.alice = alice;
    this.bob = bob;
  }

  static async on(relays: readonly string[], [first, second]: Kinds): Promise<RelayPair> {
    const [alice, bob] = await Promise.all([
      launchBrowser(first, { name: 'Alice', media: aliceMedia }),
      launchBrowser(second, { name: 'Bob', media: bobMedia }),
    ]);
    await becomeContacts(alice, bob, relays);
    return new RelayPair(alice, bob);
  }

  /** A call in which both see each other. */
  async call(): Promise<void> {
    const { a, b } = await connect(this.alice, this.bob);
    await sees(a, this.bob);
    await sees(b, this.alice);
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    await closeCallPages(this.alice, this.bob);
  }

  async close(): Promise<void> {
    await Promise.all([this.alice.close(), this.bob.close()]);
  }
}

const relayPairs: readonly Kinds[] = [
  ['Chromium', 'Chromium'],
  ['Chromium', 'Firefox'],
  ['Firefox', 'Chromium'],
];

/** With FFC_EVERY_PAIR each relay is tried by each pair. */
const tried = <Relay>(relays: readonly Relay[]): readonly (readonly [Relay, Kinds])[] =>
  relays.flatMap((relay, index) =>
    pairsFor(...relayPairs.slice(index, index + 1)).map((kinds) => [relay, kinds] as const),
  );

// Nostr and aedes: first-call.test.ts.
const kindsOfRelay = [
  { name: 'mosquitto with a password', start: () => startMosquitto({ record: false, login }), addressOf: withLogin },
  { name: 'the signaling server of y-webrtc', start: () => startJsonRelay({ record: false }), addressOf: String },
  { name: 'a broadcast server', start: () => startBroadcastRelay({ record: false }), addressOf: String },
] as const;

describe.each(tried(kindsOfRelay))('over $name, %s', ({ start, addressOf }, kinds) => {
  let relay: LocalRelay;
  let pair: RelayPair;

  beforeAll(async () => {
    relay = await start();
    pair = await RelayPair.on([addressOf(relay.url)], kinds);
  });

  afterAll(async () => {
    await pair?.close();
    await relay?.close();
  });

  test('two people who found the relay by its address alone see each other', async () => {
    await pair.call();
  });
});

describe.each(pairsFor(['Firefox', 'Chromium']))('over three relays of three kinds, %s calls %s', (...people) => {
  const starts = [startNostrRelay, startJsonRelay, startBroadcastRelay] as const;
  const relays: LocalRelay[] = [];
  let pair: RelayPair;

  beforeAll(async () => {
    relays.push(...(await Promise.all(starts.map((start) => start({ record: false })))));
    pair = await RelayPair.on(
      relays.map(({ url }) => url),
      people,
    );
  });

  afterEach(async () => {
    await closeCallPages(pair.alice, pair.bob);
  });

  afterAll(async () => {
    await pair?.close();
    await Promise.all(relays.map((relay) => relay.close()));
  });

  test('all alive: one call, however many copies of each message come', async () => {
    await pair.call();
  });

  test.each([0, 1, 2])('only relay %i of the three is alive', async (alive) => {
    // Both come back by themselves to those that were dead before, sooner as somebody looks.
    const looks = await Promise.all([pair.alice, pair.bob].map(contactsPage));
    // Sockets would not tell: whoever finds out how a relay is spoken to has two of them for a moment, and may be alone there.
    await Promise.all(looks.map((page) => waitForText(page, /Reachable on 3 of 3 relays/, 60_000)));
    await Promise.all(looks.map((page) => page.close()));
    const ports = relays.map(({ url }) => Number(new URL(url).port));
    await Promise.all(relays.map((relay, index) => (index === alive ? undefined : relay.close())));
    await pair.call();
    for (const [index, start] of starts.entries())
      if (index !== alive) relays[index] = await start({ record: false, port: ports[index] ?? 0 });
  });
});
