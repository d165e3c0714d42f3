// A host that others have named is asked nothing over HTTP before it has spoken WebSocket (M8).
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocketRelayPool } from '../../../src/platform/relay/relay-pool.ts';
import { startNostrRelay } from '../../../tools/relays/nostr-relay.mjs';
import { afterThisTest, kept } from '../../support/runner/cleanups.ts';
import { until } from '../../support/runner/condition.ts';
import { relayDeps } from '../../support/worlds/relay-deps.ts';

// Seen to fail with the document asked for beside the first socket.
it('a web server gets handshakes and no other request', async () => {
  const requests: (string | undefined)[] = [];
  const http = createServer((request, response) => {
    requests.push(request.headers.upgrade);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  afterThisTest(() => http.close());
  const pool = new WebSocketRelayPool({
    ...relayDeps(),
    asksWeb: 'after-opening',
    urls: [`ws://127.0.0.1:${(http.address() as AddressInfo).port}/`],
  });
  afterThisTest(() => pool.close());
  await until(() => pool.states()[0]?.phase === 'down', { what: 'the verdict' });
  expect(requests.length).toBeGreaterThan(0);
  expect(requests.filter((upgrade) => upgrade !== 'websocket')).toEqual([]);
});

it('a relay is asked for its document as before', async () => {
  const relay = kept(await startNostrRelay());
  let asked = 0;
  const deps = relayDeps({
    fetch: (url, init) => {
      asked += 1;
      return fetch(url, init);
    },
  });
  const pool = new WebSocketRelayPool({ ...deps, asksWeb: 'after-opening', urls: [relay.url] });
  afterThisTest(() => pool.close());
  expect(await pool.ready(10_000)).toBe(true);
  expect(asked).toBe(1);
});
