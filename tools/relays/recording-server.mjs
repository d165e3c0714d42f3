// The WebSocket side of the local relays: a server that records its frames and can really be killed, alone or in front of a relay
// that runs in a process of its own. Knows no dialect.
import { createServer, get } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { portOf } from './relay-process.mjs';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { RawData } from 'ws' */
/** @import { RelayProcess } from './relay-process.mjs' */

/**
 * One recorded WebSocket frame, as seen by the relay: 'in' came from a client.
 * @typedef {{ readonly direction: 'in' | 'out', readonly bytes: Uint8Array | string }} RecordedFrame
 */

/**
 * A relay that runs on 127.0.0.1.
 * @typedef {object} LocalRelay
 * @property {string} url `ws://127.0.0.1:<port>/`.
 * @property {readonly RecordedFrame[]} frames Every frame since the start, unless recording is off.
 * @property {readonly Readonly<Record<string, string | readonly string[] | undefined>>[]} handshakes The HTTP headers of every WebSocket
 *   that came, in lower case, unless recording is off.
 * @property {() => number} connections Open sockets.
 * @property {() => number} received Messages that clients published.
 * @property {() => Promise<void>} close Kills every socket and frees the port.
 */

/**
 * A relay in a process of its own, seen through a recording proxy. `serverUrl` is the address of the process itself, with nobody in between;
 * `isAlive` says whether it still runs.
 * @typedef {LocalRelay & { readonly serverUrl: string, readonly isAlive: () => boolean }} ForeignRelay
 */

/**
 * `port` 0 is any free one; `record` (default true) keeps frames. Rejects with the listen error, EADDRINUSE when the port is taken.
 * @typedef {{ readonly port?: number, readonly record?: boolean }} LocalRelayOptions
 */

const host = '127.0.0.1';

/**
 * What a socket hands out, as one piece.
 * @param {RawData} data
 */
const bytesOf = (data) =>
  Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;

/**
 * An HTTP server with WebSockets that records handshakes and frames and can really be killed.
 * @param {LocalRelayOptions} options
 * @param {(request: IncomingMessage, response: ServerResponse) => void} answer
 * @param {(socket: WebSocket, request: IncomingMessage) => void} accept
 * @returns {Promise<Omit<LocalRelay, 'received'>>}
 */
export async function serve({ port = 0, record = true }, answer, accept) {
  /** @type {RecordedFrame[]} */
  const frames = [];
  /** @type {IncomingMessage['headers'][]} */
  const handshakes = [];
  const http = createServer(answer);
  const sockets = new WebSocketServer({ server: http, maxPayload: 4 * 1024 * 1024 });
  sockets.on('error', () => undefined); // The HTTP server's own 'error' is the one that is awaited.
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    if (record) {
      handshakes.push(request.headers);
      socket.on('message', (data, isBinary) =>
        frames.push({ direction: 'in', bytes: isBinary ? new Uint8Array(bytesOf(data)) : data.toString() }),
      );
      /** @type {(...args: any[]) => void} */
      const send = socket.send.bind(socket);
      socket.send = (/** @type {any} */ data, /** @type {any[]} */ ...rest) => {
        frames.push({ direction: 'out', bytes: typeof data === 'string' ? data : new Uint8Array(data) });
        send(data, ...rest);
      };
    }
    accept(socket, request);
  });
  await new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => resolve(undefined));
  });
  return {
    url: `ws://${host}:${portOf(http)}/`,
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

/**
 * Stands in front of a relay that runs in a process of its own (relay-process.mjs), so that its frames are recorded and counted.
 * @param {RelayProcess} relay
 * @param {LocalRelayOptions} options
 * @param {(data: Buffer) => boolean} isPublication
 * @returns {Promise<ForeignRelay>}
 */
export async function tap(relay, options, isPublication) {
  let published = 0;
  const server = await serve(
    options,
    (request, response) => {
      const { pathname, search } = new URL(request.url ?? '/', relay.url);
      get(new URL(pathname + search, relay.url.replace('ws', 'http')), { headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }).on('error', () => response.destroy());
    },
    (client, request) => {
      const upstream = new WebSocket(new URL(request.url ?? '/', relay.url), client.protocol || []);
      upstream.on('error', () => undefined);
      /** @type {(() => void)[]} */
      const early = [];
      client.on('message', (data, isBinary) => {
        const forward = () => {
          if (isPublication(bytesOf(data))) published += 1;
          upstream.send(data, { binary: isBinary });
        };
        if (upstream.readyState === WebSocket.CONNECTING) early.push(forward);
        else forward();
      });
      upstream.on('open', () => {
        for (const forward of early) forward();
      });
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
