// Starts real relays of other people's making on 127.0.0.1: aedes (MQTT) and @nostr-relay (Nostr). For `npm run relay` and the tests.
import { createServer } from 'node:http';
import { EventRepository, LogLevel } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocketServer } from 'ws';

const host = '127.0.0.1';

/**
 * An HTTP server with WebSockets that records frames and can really be killed.
 * @param {{ port?: number, record?: boolean }} options
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} answer
 * @param {(socket: import('ws').WebSocket, request: import('node:http').IncomingMessage) => void} accept
 */
async function serve({ port = 0, record = true }, answer, accept) {
  const frames = [];
  const http = createServer(answer);
  const sockets = new WebSocketServer({ server: http, maxPayload: 4 * 1024 * 1024 });
  sockets.on('error', () => undefined); // The HTTP server's own 'error' is the one that is awaited.
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    if (record) {
      socket.on('message', (data, isBinary) =>
        frames.push({ direction: 'in', bytes: isBinary ? new Uint8Array(data) : data.toString() }),
      );
      const send = socket.send.bind(socket);
      socket.send = (data, ...rest) => {
        frames.push({ direction: 'out', bytes: typeof data === 'string' ? data : new Uint8Array(data) });
        send(data, ...rest);
      };
    }
    accept(socket, request);
  });
  await new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  return {
    url: `ws://${host}:${http.address().port}/`,
    frames,
    connections: () => sockets.clients.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

/** @type {typeof import('./local-relays.d.mts').startMqttRelay} */
export async function startMqttRelay(options = {}) {
  const { login } = options;
  let published = 0;
  const broker = await Aedes.createBroker({
    authenticate: (_client, user, password, done) =>
      done(null, !login || (user === login.user && password?.toString() === login.password)),
  });
  broker.on('publish', (_packet, client) => {
    if (client) published += 1;
  });
  const server = await serve(
    options,
    (_request, response) => response.writeHead(426).end('This is an MQTT broker: connect by WebSocket.'),
    (socket, request) => broker.handle(createWebSocketStream(socket), request),
  ).catch(async (error) => {
    await new Promise((resolve) => broker.close(resolve));
    throw error;
  });
  return {
    ...server,
    received: () => published,
    async close() {
      await server.close();
      await new Promise((resolve) => broker.close(resolve));
    },
  };
}

/** Keeps the last thousand stored events; ephemeral ones never come here. */
class MemoryEventRepository extends EventRepository {
  #events = new Map();

  isSearchSupported() {
    return false;
  }

  upsert(event) {
    const isDuplicate = this.#events.has(event.id);
    this.#events.set(event.id, event);
    if (this.#events.size > 1000) this.#events.delete(this.#events.keys().next().value);
    return { isDuplicate };
  }

  find(filter) {
    const found = [...this.#events.values()].filter(
      (event) =>
        (!filter.ids || filter.ids.includes(event.id)) &&
        (!filter.kinds || filter.kinds.includes(event.kind)) &&
        (!filter['#p'] || event.tags.some(([name, value]) => name === 'p' && filter['#p'].includes(value))),
    );
    return found.slice(0, filter.limit ?? 500);
  }

  async destroy() {
    this.#events.clear();
  }
}

/**
 * The client as the relay sees it. @nostr-relay/common 0.0.40 delivers live events without looking at tag filters
 * (its EventUtils.isMatchingFilter ignores `#p`), which NIP-01 asks of every relay: that one condition is added here.
 */
class FilteredClient {
  #socket;
  #filters = new Map();

  constructor(socket) {
    this.#socket = socket;
  }

  get readyState() {
    return this.#socket.readyState;
  }

  remember(message) {
    if (message[0] === 'REQ') this.#filters.set(message[1], message.slice(2));
  }

  send(text) {
    const [word, id, event] = JSON.parse(text);
    const isWanted = (filter) =>
      !filter['#p'] || event.tags.some(([name, value]) => name === 'p' && filter['#p'].includes(value));
    if (word !== 'EVENT' || this.#filters.get(id)?.some(isWanted)) this.#socket.send(text);
  }
}

/** @type {typeof import('./local-relays.d.mts').startNostrRelay} */
export async function startNostrRelay(options = {}) {
  let published = 0;
  const validator = new Validator();
  const relay = new NostrRelay(new MemoryEventRepository(), {
    logLevel: LogLevel.ERROR,
    ...(options.loginRequired ? { hostname: host } : {}),
  });
  relay.register({
    async handleMessage(context, message, next) {
      const [word, first] = message;
      if (options.loginRequired && !context.pubkey && (word === 'EVENT' || word === 'REQ')) {
        const reason = 'auth-required: log in first';
        context.sendMessage(word === 'EVENT' ? ['OK', first.id, false, reason] : ['CLOSED', first, reason]);
        return undefined;
      }
      if (word === 'EVENT') published += 1;
      return next();
    },
  });
  const description = {
    name: 'FreeFlow Connect local relay',
    software: '@nostr-relay/core',
    supported_nips: [1, 11, 42],
    limitation: { max_message_length: 4 * 1024 * 1024 },
  };
  const server = await serve(
    options,
    (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/nostr+json', 'access-control-allow-origin': '*' })
        .end(JSON.stringify(description)),
    (socket, request) => {
      const client = new FilteredClient(socket);
      relay.handleConnection(client, request.socket.remoteAddress);
      socket.on('message', async (data) => {
        try {
          const message = await validator.validateIncomingMessage(data);
          client.remember(message);
          await relay.handleMessage(client, message);
        } catch (error) {
          socket.send(JSON.stringify(['NOTICE', error instanceof Error ? error.message : 'error: unknown']));
        }
      });
      socket.on('close', () => relay.handleDisconnect(client));
    },
  );
  return {
    ...server,
    received: () => published,
    async close() {
      await server.close();
      await relay.destroy();
    },
  };
}
