// A scripted server that says whatever a test wants in the words of a Nostr relay. Verifies nothing, delivers nothing by itself.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A message of a client: a JSON array that begins with a word. */
type ClientMessage = readonly [string, ...unknown[]];

export interface LyingRelay {
  readonly url: string;
  /** Everything that clients sent. */
  readonly messages: readonly ClientMessage[];
  /** Frames that were binary: a Nostr relay must never get one. */
  readonly binaryFrames: () => number;
  /** Answers to one message; undefined: as an honest relay with no other clients would (EOSE, OK true). Text is sent as it is. */
  answer: (message: ClientMessage) => readonly (readonly unknown[] | string)[] | undefined;
  /** Sends to all who are connected. */
  broadcast(message: readonly unknown[] | string): void;
  /** Ends every connection. */
  disconnect(code: number): void;
  close(): Promise<void>;
}

function honestly([word, first]: ClientMessage): readonly (readonly unknown[])[] {
  if (word === 'REQ') return [['EOSE', first]];
  if (word === 'EVENT') return [['OK', (first as { id: string }).id, true, '']];
  return [];
}

/** Starts the liar on 127.0.0.1. HTTP requests get 404, so only its WebSocket tells what it is. */
export async function startLyingNostrRelay(): Promise<LyingRelay> {
  const messages: ClientMessage[] = [];
  let binaryFrames = 0;
  const http = createServer((_request, response) => response.writeHead(404).end());
  const server = new WebSocketServer({ server: http, maxPayload: 4 * 1024 * 1024 });
  const send = (socket: WebSocket, message: readonly unknown[] | string): void =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data, isBinary) => {
      if (isBinary) {
        binaryFrames += 1;
        return;
      }
      const message = JSON.parse(data.toString()) as ClientMessage;
      messages.push(message);
      for (const answer of relay.answer(message) ?? honestly(message)) send(socket, answer);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const relay: LyingRelay = {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    messages,
    binaryFrames: () => binaryFrames,
    answer: () => undefined,
    broadcast(message) {
      for (const socket of server.clients) send(socket, message);
    },
    disconnect(code) {
      for (const socket of server.clients) socket.close(code);
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return relay;
}
