// Detection against real relays, silent servers, web servers and servers that binary frames would kill.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PeerServer } from 'peer';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { startMqttRelay, startNostrRelay } from '../../../scripts/local-relays.mjs';
import { type Detection, detectDialect } from '../../../src/platform/relay/detect-dialect.ts';
import type { RelayDeps } from '../../../src/platform/relay/relay-transport.ts';
import { parseRelayUrl } from '../../../src/platform/relay/relay-url.ts';
import { startLyingNostrRelay } from '../../support/lying-nostr-relay.ts';
import { fastClock, openChromeSocket, openFirefoxSocket, relayDeps } from '../../support/relay-deps.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function kept<Thing extends { close(): unknown }>(thing: Thing): Thing {
  cleanups.push(() => thing.close());
  return thing;
}

function detect(url: string, deps: RelayDeps, options?: { ignoreCache: boolean }): Promise<Detection> {
  const address = parseRelayUrl(url);
  if ('refused' in address) throw new Error(`no address: ${url}`);
  return detectDialect(address, deps, options);
}

/** Fetch as a page sees it when CORS forbids the answer: then only the WebSocket tells. */
const blockedFetch: RelayDeps['fetch'] = () => Promise.reject(new TypeError('Failed to fetch'));

/** 3 s of waiting for an answer become 0.3 s. */
const clock = fastClock(10);

type Seen = { kind: 'text' | 'binary'; protocol: string }[];

/** A WebSocket server that answers by a rule and records what it saw. HTTP gets 404. */
async function startServer(
  answer: (text: string) => string | undefined,
  echoSubprotocol = true,
): Promise<{ url: string; seen: Seen; close(): unknown }> {
  const seen: Seen = [];
  const http = createServer((_request, response) => response.writeHead(404).end());
  const server = new WebSocketServer({
    server: http,
    handleProtocols: (offered) => (echoSubprotocol ? ([...offered][0] ?? false) : false),
  });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data, isBinary) => {
      seen.push({ kind: isBinary ? 'binary' : 'text', protocol: socket.protocol });
      const reply = isBinary ? undefined : answer(data.toString());
      if (reply !== undefined) socket.send(reply);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return kept({
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    seen,
    close() {
      for (const socket of server.clients) socket.terminate();
      http.closeAllConnections();
      return new Promise((resolve) => http.close(resolve));
    },
  });
}

describe('detectDialect', () => {
  it('recognises a real Nostr relay, with and without NIP-11', async () => {
    const relay = kept(await startNostrRelay());
    expect(await detect(relay.url, relayDeps())).toMatchObject({
      dialect: 'nostr',
      description: { name: 'FreeFlow Connect local relay' },
    });
    expect(await detect(relay.url, relayDeps({ fetch: blockedFetch }))).toEqual({ dialect: 'nostr' });
    expect(relay.frames.every(({ bytes }) => typeof bytes === 'string')).toBe(true);
  });

  it('recognises a real MQTT broker, text first', async () => {
    const relay = kept(await startMqttRelay());
    expect(await detect(relay.url, relayDeps())).toEqual({ dialect: 'mqtt' });
    const kinds = relay.frames.filter(({ direction }) => direction === 'in').map(({ bytes }) => typeof bytes);
    expect(kinds).toEqual(['string', 'object']);
  });

  it('recognises a broker that wants a login', async () => {
    const relay = kept(await startMqttRelay({ login: { user: 'u', password: 'p' } }));
    expect(await detect(relay.url, relayDeps())).toEqual({ dialect: 'mqtt' });
  });

  it('tries MQTT first where the address says so', async () => {
    const relay = kept(await startMqttRelay());
    expect(await detect(`${relay.url}mqtt`, relayDeps())).toEqual({ dialect: 'mqtt' });
    expect(relay.frames.some(({ bytes }) => typeof bytes === 'string')).toBe(false);
  });

  it('recognises a relay that only greets with a challenge', async () => {
    const liar = kept(await startLyingNostrRelay());
    liar.answer = () => [['AUTH', 'challenge']];
    expect(await detect(liar.url, relayDeps())).toEqual({ dialect: 'nostr' });
    expect(liar.binaryFrames()).toBe(0);
  });

  it.each([
    ['Chrome', openChromeSocket],
    ['Firefox', openFirefoxSocket],
  ])('never sends %s binary to a silent server that ignores the subprotocol', async (_browser, openSocket) => {
    const server = await startServer(() => undefined, false);
    expect(await detect(server.url, relayDeps({ openSocket, clock }))).toEqual({ failed: 'not-a-relay' });
    expect(await detect(`${server.url}mqtt`, relayDeps({ openSocket, clock }))).toEqual({ failed: 'not-a-relay' });
    expect(server.seen.length).toBeGreaterThan(0);
    expect(server.seen.filter(({ kind }) => kind === 'binary')).toEqual([]);
  });

  it('sends a silent server that accepts the subprotocol binary only after text', async () => {
    const server = await startServer(() => undefined);
    expect(await detect(server.url, relayDeps({ clock }))).toEqual({ failed: 'not-a-relay' });
    expect(server.seen).toEqual([
      { kind: 'text', protocol: '' },
      { kind: 'text', protocol: '' },
      { kind: 'binary', protocol: 'mqtt' },
    ]);
  });

  it('never sends binary to a JSON signaling server, which would die of it', async () => {
    // As y-webrtc-signaling: silent to strange JSON, pong to ping, any subprotocol is fine.
    const server = await startServer((text) =>
      (JSON.parse(text) as { type?: string }).type === 'ping' ? '{"type":"pong"}' : undefined,
    );
    expect(await detect(server.url, relayDeps({ clock }))).toEqual({ failed: 'not-a-relay' });
    expect(server.seen.filter(({ kind }) => kind === 'binary')).toEqual([]);
  });

  it('leaves a real PeerJS server alone', async () => {
    const http = await new Promise<Server>((resolve) => {
      PeerServer({ port: 0, host: '127.0.0.1', path: '/' }, resolve as (server: unknown) => void);
    });
    cleanups.push(() => {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(resolve));
    });
    const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/peerjs`;
    expect(await detect(url, relayDeps({ fetch: blockedFetch, clock }))).toEqual({ failed: 'not-a-relay' });
  });

  it('tells a web server from nobody', async () => {
    const http = createServer((_request, response) => response.end('<html></html>'));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`;
    expect(await detect(url, relayDeps())).toEqual({ failed: 'not-a-relay' });
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    expect(await detect(url, relayDeps())).toEqual({ failed: 'unreachable' });
  });

  it('takes an HTTP side that never answers as silence', async () => {
    const relay = kept(await startMqttRelay());
    const fetch: RelayDeps['fetch'] = () => new Promise(() => undefined);
    expect(await detect(relay.url, relayDeps({ fetch, clock }))).toEqual({ dialect: 'mqtt' });
  });

  it('remembers what it found, and asks again when told so', async () => {
    const relay = kept(await startNostrRelay());
    const deps = relayDeps();
    await detect(relay.url, deps);
    expect([...deps.cache]).toEqual([[relay.url, 'nostr']]);
    deps.cache.set(relay.url, 'mqtt');
    expect(await detect(relay.url, deps)).toEqual({ dialect: 'mqtt' });
    expect(await detect(relay.url, deps, { ignoreCache: true })).toMatchObject({ dialect: 'nostr' });
  });

  it('asks nobody when the address names the dialect', async () => {
    const openSocket: RelayDeps['openSocket'] = () => {
      throw new Error('must not be opened');
    };
    expect(await detect('mqtt+wss://x.example', relayDeps({ openSocket, fetch: blockedFetch }))).toEqual({
      dialect: 'mqtt',
    });
  });

  it('survives a browser that refuses to open the address', async () => {
    const openSocket: RelayDeps['openSocket'] = () => {
      throw new SyntaxError('refused');
    };
    expect(await detect('wss://x.example', relayDeps({ openSocket, fetch: blockedFetch }))).toEqual({
      failed: 'unreachable',
    });
  });
});
