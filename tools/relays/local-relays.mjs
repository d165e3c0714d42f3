// Starts real relays of other people's making on 127.0.0.1: aedes and mosquitto (MQTT), @nostr-relay (Nostr), y-webrtc's server
// (JSON), and a plain broadcast. For `npm run relay` and the tests.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventRepository, LogLevel } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { Aedes } from 'aedes';
import { createWebSocketStream, WebSocket } from 'ws';
import { serve, tap } from './recording-server.mjs';
import { freePort, startRelayProcess } from './relay-process.mjs';

const host = '127.0.0.1';

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
      const refusal = word === 'EVENT' ? options.refuse?.(first) : undefined;
      if (refusal !== undefined) {
        context.sendMessage(['OK', first.id, false, refusal]);
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

/** @type {typeof import('./local-relays.d.mts').startJsonRelay} */
export async function startJsonRelay(options = {}) {
  const script = fileURLToPath(new URL('../node_modules/y-webrtc/bin/server.js', import.meta.url));
  const relay = await startRelayProcess((port) => ({
    program: process.execPath,
    args: [script],
    env: { PORT: String(port) },
  }));
  return tap(relay, options, (data) => data.includes('"type":"publish"'));
}

/** Debian keeps it where only root looks. */
const findMosquitto = () => ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find((file) => existsSync(file));

/** @type {typeof import('./local-relays.d.mts').hasMosquitto} */
export const hasMosquitto = () => findMosquitto() !== undefined;

/** @type {typeof import('./local-relays.d.mts').startMosquitto} */
export async function startMosquitto(options = {}) {
  const program = findMosquitto();
  if (!program) throw new Error('mosquitto is not installed (Debian: apt-get install mosquitto).');
  const dir = mkdtempSync(join(tmpdir(), 'ffc-mosquitto-'));
  const { login } = options;
  const passwords = join(dir, 'passwords');
  if (login) execFileSync('mosquitto_passwd', ['-c', '-b', passwords, login.user, login.password]);
  const relay = await startRelayProcess(async (port) => {
    const config = join(dir, 'mosquitto.conf');
    const lines = [
      // As root it would become the user mosquitto, who may not read our folder.
      'user root',
      'persistence false',
      login ? `password_file ${passwords}` : 'allow_anonymous true',
      // 2.0.11 starts only with a plain listener beside the one with WebSockets.
      `listener ${await freePort()} ${host}`,
      `listener ${port} ${host}`,
      'protocol websockets',
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    return { program, args: ['-c', config] };
  }).catch((error) => {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  });
  const close = async () => {
    await relay.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return tap({ ...relay, close }, options, (data) => data[0] >> 4 === 3);
}

/** @type {typeof import('./local-relays.d.mts').startBroadcastRelay} */
export async function startBroadcastRelay(options = {}) {
  const { echo = false, binary = 'kept' } = options;
  const everybody = new Set();
  let published = 0;
  const server = await serve(
    options,
    (_request, response) => response.writeHead(426).end(),
    (socket) => {
      everybody.add(socket);
      socket.on('close', () => everybody.delete(socket));
      socket.on('message', (data, isBinary) => {
        if (isBinary && binary === 'refused') {
          socket.close(1003);
          return;
        }
        published += 1;
        const frame = isBinary && binary !== 'as-text' ? data : data.toString();
        for (const other of everybody)
          if ((echo || other !== socket) && other.readyState === WebSocket.OPEN) other.send(frame);
      });
    },
  );
  return { ...server, received: () => published };
}
