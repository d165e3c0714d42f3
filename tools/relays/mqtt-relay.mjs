// aedes, an MQTT 3.1.1 broker of npm, over WebSocket on 127.0.0.1. For `npm run relay` and the tests.
import { Aedes } from 'aedes';
import { createWebSocketStream } from 'ws';
import { serve } from './recording-server.mjs';

/** @import { LocalRelay, LocalRelayOptions } from './recording-server.mjs' */
/** @typedef {{ readonly user: string, readonly password: string }} Login Who alone gets in. */

/** @param {Aedes} broker */
const closed = (broker) => new Promise((resolve) => broker.close(() => resolve(undefined)));

/**
 * With `login` only that user gets in.
 * @param {LocalRelayOptions & { readonly login?: Login }} [options]
 * @returns {Promise<LocalRelay>}
 */
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
    await closed(broker);
    throw error;
  });
  return {
    ...server,
    received: () => published,
    async close() {
      await server.close();
      await closed(broker);
    },
  };
}
