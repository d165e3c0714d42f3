// A call over every kind of relay, each a server that nobody here wrote, and over three at once of which only one is alive.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type LocalRelay,
  startBroadcastRelay,
  startJsonRelay,
  startMosquitto,
  startNostrRelay,
} from '../../scripts/local-relays.mjs';
import { extensionDir } from '../support/built-extension.ts';
import { until } from '../support/condition.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { videoColor } from '../support/media-checks.ts';
import { clickButton, waitForStatus } from '../support/page-actions.ts';
import { becomeContacts, closeCallPages, connect } from '../support/two-people.ts';

const login = { user: 'family', password: 'two words' };

/** Our address of a relay: with its login, where it asks for one. */
function withLogin(url: string): string {
  const address = new URL(url);
  address.username = login.user;
  address.password = encodeURIComponent(login.password);
  return address.href;
}

/** Two people on these relays, and a call in which both see each other. */
class Pair {
  readonly alice: ExtensionBrowser;
  readonly bob: ExtensionBrowser;

  private constructor(alice: ExtensionBrowser, bob: ExtensionBrowser) {
    this.alice = alice;
    this.bob = bob;
  }

  static async on(relays: readonly string[]): Promise<Pair> {
    const [alice, bob] = await Promise.all([
      ExtensionBrowser.launch({ name: 'Alice', extensionDir, media: aliceMedia }),
      ExtensionBrowser.launch({ name: 'Bob', extensionDir, media: bobMedia }),
    ]);
    await becomeContacts(alice, bob, relays);
    return new Pair(alice, bob);
  }

  async call(): Promise<void> {
    const { a, b } = await connect(this.alice, this.bob);
    expect(await videoColor(a, 'Bob')).toMatchObject({ colour: 'blue' });
    expect(await videoColor(b, 'Alice')).toMatchObject({ colour: 'red' });
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    await closeCallPages(this.alice, this.bob);
  }

  async close(): Promise<void> {
    await Promise.all([this.alice.close(), this.bob.close()]);
  }
}

// Nostr and aedes: first-call.test.ts.
describe.each([
  ['mosquitto with a password', () => startMosquitto({ record: false, login }), withLogin],
  ['the signaling server of y-webrtc', () => startJsonRelay({ record: false }), String],
  ['a broadcast server', () => startBroadcastRelay({ record: false }), String],
] as const)('over %s', (_name, start, addressOf) => {
  let relay: LocalRelay;
  let pair: Pair;

  beforeAll(async () => {
    relay = await start();
    pair = await Pair.on([addressOf(relay.url)]);
  });

  afterAll(async () => {
    await pair?.close();
    await relay?.close();
  });

  test('two people who found the relay by its address alone see each other', async () => {
    await pair.call();
  });
});

describe('over three relays of three kinds', () => {
  const starts = [startNostrRelay, startJsonRelay, startBroadcastRelay] as const;
  const relays: LocalRelay[] = [];
  let pair: Pair;

  beforeAll(async () => {
    relays.push(...(await Promise.all(starts.map((start) => start({ record: false })))));
    pair = await Pair.on(relays.map(({ url }) => url));
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
    const ports = relays.map(({ url }) => Number(new URL(url).port));
    await Promise.all(relays.map((relay, index) => (index === alive ? undefined : relay.close())));
    await pair.call();
    for (const [index, start] of starts.entries())
      if (index !== alive) relays[index] = await start({ record: false, port: ports[index] ?? 0 });
    // Both come back to them by themselves.
    const backThere = () => relays.every((relay) => relay.connections() >= 2);
    await until(backThere, { withinMs: 60_000, what: 'both to be on all relays again' });
  });
});
