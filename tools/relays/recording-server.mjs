// The WebSocket side of the local relays: a server that records its frames and can really be killed, alone or in front of a relay
// that runs in a process of its own. Knows no dialect.
import { createServer, get } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

const host = '127.0.0.1';

/**
 * An HTTP server with WebSockets that records handshakes and frames and can really be killed.
 * @param {{ port?: number, record?: boolean }} options
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void} answer
 * @param {(socket: import('ws').WebSocket, request: import('node:http').IncomingMessage) => void} accept
 */
export async function serve({ port = 0, record = true }, answer, accept) {
  const frames = [];
  const handshakes = [];
  const http = createServer(answer);
  const sockets = new WebSocketServer({ server: http, maxPayload: 4 * 1024 * 1024 });
  sockets.on('error', () => undefined); // The HTTP server's own 'error' is the one that is awaited.
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    if (record) {
      handshakes.push(request.headers);
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
    handshakes,
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

/** Stands in front of a relay that runs in a process of its own (relay-process.mjs), so that its frames are recorded and counted. */
export async function tap(relay, options, isPublication) {
  let published = 0;
  const server = await serve(
    options,
    (request, response) => {
      const { pathname, search } = new URL(request.url, relay.url);
      get(new URL(pathname + search, relay.url.replace('ws', 'http')), { headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      }).on('error', () => response.destroy());
    },
    (client, request) => {
      const upstream = new WebSocket(new URL(request.url, relay.url), client.protocol || []);
      upstream.on('error', () => undefined);
      const early = [];
      const forward = ([data, isBinary]) => {
        if (isPublication(data)) published += 1;
        upstream.send(data, { binary: isBinary });
      };
      client.on('message', (data, isBinary) => {
        if (upstream.readyState === WebSocket.CONNECTING) early.push([data, isBinary]);
        else forward([data, isBinary]);
      });
      upstream.on('open', () => early.forEach(forward));
      upstream.on('message', (data, isBinary) => client.send(isBinary ? data : data.toString()));
      upstream.on('close', () => client.terminate());
      client.on('close', () => upstream.terminate());
    },
  ).catch(async (error) => {
    await relay.close();
    throw error;
  });
  return {
    ...server,
    serverUrl: relay.url,
    isAlive: relay.isAlive,
    received: () => published,
    async close() {
      await relay.close();
      await server.close();
    },
  };
}
