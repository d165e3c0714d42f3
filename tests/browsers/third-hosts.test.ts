// Whom a call sends packets to, by the browsers' own logs: with no server configured nobody but the other person.
import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { browserKinds, launchBrowser } from '../support/drivers/browser-kinds.ts';
import type { BrowserKind } from '../support/drivers/driven-browser.ts';
import { clickButton, waitForStatus } from '../support/drivers/page-actions.ts';
import { connectionFacts } from '../support/journeys/connection-checks.ts';
import { ownAddress } from '../support/journeys/own-address.ts';
import { datagramsSentTo } from '../support/journeys/packet-log.ts';
import { useServers } from '../support/journeys/server-settings.ts';
import { becomeContacts, connect } from '../support/journeys/two-people.ts';
import { aliceMedia, bobMedia } from '../support/samples/generated-media.ts';

let relay: LocalRelay;
let dir: string;

beforeAll(async () => {
  relay = await startMqttRelay({ record: false });
  dir = await mkdtemp(join(tmpdir(), 'ffc-packets-'));
});

afterAll(async () => {
  await relay?.close();
  await rm(dir, { recursive: true, force: true });
});

/** The address and port of a candidate line, as the browser's log writes it. */
function placeOf(candidate: string): string {
  const [, , , , , address = '', port = ''] = /^(\S+) (\d+) (\S+) (\d+) (\S+) (\d+) /.exec(candidate) ?? [];
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A whole call of Alice's; to whom she sent packets, and where Bob said to be. */
async function callOfAlice(kind: BrowserKind, name: string, stun?: string) {
  const log = join(dir, `${kind}-${name}`);
  const [alice, bob] = await Promise.all([
    launchBrowser(kind, { name: 'Alice', media: aliceMedia, packetLog: log }),
    launchBrowser('Chromium', { name: 'Bob', media: bobMedia }),
  ]);
  let told: readonly string[];
  let servers: readonly string[];
  try {
    await becomeContacts(alice, bob, [relay.url]);
    if (stun !== undefined) await useServers(alice, { address: stun });
    const { a, b } = await connect(alice, bob);
    ({ told, iceServers: servers } = await connectionFacts(a));
    await clickButton(b, 'Leave call');
    await waitForStatus(a, /^Call ended/);
  } finally {
    await Promise.all([alice.close(), bob.close()]);
  }
  return { sentTo: await datagramsSentTo(kind, log), toldOfBob: new Set(told.map(placeOf)), servers };
}

describe.each(browserKinds)('Alice in %s', (kind) => {
  // README.md#leaves-accepted, README.md#leaves-never
  test('with no server configured every packet of a call goes to where the other person is', async () => {
    const { sentTo, toldOfBob, servers } = await callOfAlice(kind, 'none');
    expect(servers).toEqual([]);
    expect(sentTo.size).toBeGreaterThan(0);
    expect([...sentTo].filter((place) => !toldOfBob.has(place))).toEqual([]);
  });

  // README.md#leaves-servers. The control: what the test above looks for is seen when there is a server.
  test('with a STUN server configured packets go to it, too, and to nobody else', async () => {
    const server = createSocket('udp4');
    await new Promise<void>((resolve) => server.bind(0, resolve));
    try {
      const place = `${ownAddress()}:${server.address().port}`;
      const { sentTo, toldOfBob, servers } = await callOfAlice(kind, 'stun', `stun:${place}`);
      expect(servers).toEqual([`stun:${place}`]);
      expect([...sentTo].filter((one) => !toldOfBob.has(one))).toEqual([place]);
    } finally {
      server.close();
    }
  });
});
