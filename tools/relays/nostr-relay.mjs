// `@nostr-relay/core` with a store in memory and NIP-11, on 127.0.0.1. For `npm run relay` and the tests.
import { EventRepository, LogLevel } from '@nostr-relay/common';
import { NostrRelay } from '@nostr-relay/core';
import { Validator } from '@nostr-relay/validator';
import { serve } from './recording-server.mjs';

/** @import { Event, Filter, IncomingMessage } from '@nostr-relay/common' */
/** @import { LocalRelay, LocalRelayOptions } from './recording-server.mjs' */

/**
 * NIP-01: whether one of the people that an event names is one of those that a filter asks for.
 * @param {Filter} filter
 * @param {Event} event
 */
const namesSomebody = (filter, event) =>
  !filter['#p'] || event.tags.some(([name, value = '']) => name === 'p' && filter['#p']?.includes(value));

/** Keeps the last thousand stored events; ephemeral ones never come here. */
class MemoryEventRepository extends EventRepository {
  /** @type {Map<string, Event>} */
  #events = new Map();

  /** @override */
  isSearchSupported() {
    return false;
  }

  /**
   * @override
   * @param {Event} event
   */
  upsert(event) {
    const isDuplicate = this.#events.has(event.id);
    this.#events.set(event.id, event);
    const [oldest] = this.#events.keys();
    if (oldest !== undefined && this.#events.size > 1000) this.#events.delete(oldest);
    return { isDuplicate };
  }

  /**
   * @override
   * @param {Filter} filter
   */
  find(filter) {
    const found = [...this.#events.values()].filter(
      (event) =>
        (!filter.ids || filter.ids.includes(event.id)) &&
        (!filter.kinds || filter.kinds.includes(event.kind)) &&
        namesSomebody(filter, event),
    );
    return found.slice(0, filter.limit ?? 500);
  }

  /** @override */
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
  /** @type {Map<string, readonly Filter[]>} */
  #filters = new Map();

  /** @param {import('ws').WebSocket} socket */
  constructor(socket) {
    this.#socket = socket;
  }

  get readyState() {
    return this.#socket.readyState;
  }

  /** @param {IncomingMessage} message */
  remember(message) {
    if (message[0] !== 'REQ') return;
    const [, id, ...filters] = message;
    this.#filters.set(id, filters);
  }

  /** @param {string} text */
  send(text) {
    const [word, id, event] = JSON.parse(text);
    const isWanted = (/** @type {Filter} */ filter) => namesSomebody(filter, event);
    if (word !== 'EVENT' || this.#filters.get(id)?.some(isWanted)) this.#socket.send(text);
  }
}

/**
 * With `loginRequired` it asks for NIP-42 before EVENT and REQ. `refuse` says why it does not take an event, in NIP-01's words; undefined
 * when it does.
 * @param {LocalRelayOptions & {
 *   readonly loginRequired?: boolean,
 *   readonly refuse?: (event: { readonly created_at: number }) => string | undefined,
 * }} [options]
 * @returns {Promise<LocalRelay>}
 */
export async function startNostrRelay(options = {}) {
  let published = 0;
  const validator = new Validator();
  const relay = new NostrRelay(new MemoryEventRepository(), {
    logLevel: LogLevel.ERROR,
    ...(options.loginRequired ? { hostname: '127.0.0.1' } : {}),
  });
  relay.register({
    async handleMessage(context, message, next) {
      const unknown = options.loginRequired && !context.pubkey ? 'auth-required: log in first' : undefined;
      if (message[0] === 'REQ' && unknown) {
        context.sendMessage(['CLOSED', message[1], unknown]);
        return undefined;
      }
      if (message[0] !== 'EVENT') return next();
      const refusal = unknown ?? options.refuse?.(message[1]);
      if (refusal !== undefined) {
        context.sendMessage(['OK', message[1].id, false, refusal]);
        return undefined;
      }
      published += 1;
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
