// A double of Trystero's ws-relay server (its package is not on npm), from its protocol: {type, topic, payload} in, {topic, payload}
// out to everybody who subscribed, the sender too. What it does not understand it ignores.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { LocalRelay, LocalRelayOptions, RecordedFrame } from '../../../tools/relays/recording-server.mjs';

/** Starts it on 127.0.0.1. `received` counts probes too. */
export async function startTrysteroRelay({ port = 0 }: LocalRelayOptions = {}): Promise<LocalRelay> {
  const frames: RecordedFrame[] = [];
  const topics = new Map<string, Set<WebSocket>>();
  let published = 0;
  const http = createServer((_request, response) => response.writeHead(426).end());
  const server = new WebSocketServer({ server: http });
  server.on('error', () => undefined); // The HTTP server's own 'error' is the one that is awaited.

  function receive(socket: WebSocket, text: string): void {
    const { type, topic, payload } = JSON.parse(text) as { type?: unknown; topic?: unknown; payload?: unknown };
    if (typeof topic !== 'string') return;
    const listeners = topics.get(topic) ?? new Set();
    if (type === 'subscribe') topics.set(topic, listeners.add(socket));
    else if (type === 'unsubscribe') listeners.delete(socket);
    else if (type === 'publish' && payload !== undefined) {
      published += 1;
      const message = JSON.stringify({ topic, payload });
      for (const listener of listeners) {
        frames.push({ direction: 'out', bytes: message });
        if (listener.readyState === WebSocket.OPEN) listener.send(message);
      }
    }
  }
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const listeners of topics.values()) listeners.delete(socket);
    });
    socket.on('message', (data) => {
      frames.push({ direction: 'in', bytes: data.toString() });
      try {
        receive(socket, data.toString());
      } catch {
        // As the original: an error is reported to its owner, and the connection goes on.
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    frames,
    handshakes: [],
    connections: () => server.clients.size,
    received: () => published,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
