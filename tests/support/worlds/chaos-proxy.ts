// A WebSocket proxy that misbehaves as told: stands between a client and a real relay. Knows no dialect.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

/** One frame on its way. 'up' goes to the relay. `index` counts the frames of its direction over all connections, from 0. */
interface ProxyFrame {
  readonly direction: 'up' | 'down';
  readonly index: number;
  readonly data: Buffer;
  readonly isBinary: boolean;
}

/** What happens to a frame. Undefined: it passes. */
export type Chaos =
  | undefined
  | 'drop'
  | 'duplicate'
  /** One bit of the middle byte is turned. */
  | 'flip'
  /** It comes after the next frame of its direction, or 200 ms later when there is none. */
  | 'reorder'
  /** From here on nothing passes on this connection, and TCP stays up. */
  | 'half-open'
  | { readonly delayMs: number }
  /** It passes, and the same frame comes once more later. */
  | { readonly replayMs: number }
  /** It passes, and nothing more is read from whoever sent it for so long. */
  | { readonly slowReadMs: number }
  | { readonly truncateTo: number }
  /** The frame is lost and the connection ends; 1006 breaks TCP. */
  | { readonly closeCode: 1001 | 1006 | 1012 };

export interface ChaosProxy {
  readonly url: string;
  /** Decides about every frame from now on. */
  script: (frame: ProxyFrame) => Chaos;
  /** TCP stays up, nothing passes any more on connections that exist; new ones work. */
  goHalfOpen(): void;
  /** Ends every connection. */
  closeAll(code: 1001 | 1006 | 1012): void;
  /** Connections accepted so far. */
  accepted(): number;
  close(): Promise<void>;
}

const longestReorderMs = 200;

function end(socket: WebSocket, code: number): void {
  if (code === 1006) socket.terminate();
  else socket.close(code);
}

function altered(data: Buffer, chaos: Chaos): Buffer {
  if (typeof chaos === 'object' && 'truncateTo' in chaos) return data.subarray(0, chaos.truncateTo);
  if (chaos !== 'flip') return data;
  const copy = Buffer.from(data);
  const middle = copy.length >> 1;
  copy.writeUInt8(copy.readUInt8(middle) ^ 1, middle);
  return copy;
}

/** Starts a proxy on 127.0.0.1 in front of a WebSocket address. HTTP requests get 502. */
export async function startChaosProxy(targetUrl: string): Promise<ChaosProxy> {
  const http = createServer((_request, response) => response.writeHead(502).end());
  const server = new WebSocketServer({ server: http });
  const indexes = { up: 0, down: 0 };
  let accepted = 0;
  const halfOpen = new WeakSet<WebSocket>();
  /** Frames that wait to be overtaken, by the socket that they go to. */
  const overtaken = new Map<WebSocket, () => void>();
  const upstreams = new Set<WebSocket>();

  function forward(
    { client, from, to }: { client: WebSocket; from: WebSocket; to: WebSocket },
    direction: 'up' | 'down',
    data: Buffer,
    isBinary: boolean,
  ): void {
    if (halfOpen.has(client)) return;
    const chaos = proxy.script({ direction, index: indexes[direction]++, data, isBinary });
    const send = (): void => {
      if (to.readyState === WebSocket.OPEN) to.send(altered(data, chaos), { binary: isBinary });
    };
    if (chaos === 'drop') return;
    if (chaos === 'half-open') halfOpen.add(client);
    else if (chaos === 'reorder') hold(to, send);
    else if (typeof chaos === 'object' && 'closeCode' in chaos) end(client, chaos.closeCode);
    else if (typeof chaos === 'object' && 'delayMs' in chaos) setTimeout(send, chaos.delayMs);
    else {
      send();
      if (chaos === 'duplicate') send();
      if (typeof chaos === 'object' && 'replayMs' in chaos) setTimeout(send, chaos.replayMs);
      if (typeof chaos === 'object' && 'slowReadMs' in chaos) {
        from.pause();
        setTimeout(() => from.resume(), chaos.slowReadMs);
      }
      overtaken.get(to)?.();
    }
  }

  function hold(to: WebSocket, send: () => void): void {
    overtaken.get(to)?.();
    const release = (): void => {
      clearTimeout(timer);
      overtaken.delete(to);
      send();
    };
    const timer = setTimeout(release, longestReorderMs);
    overtaken.set(to, release);
  }

  server.on('connection', (client) => {
    accepted += 1;
    const relay = client.protocol ? new WebSocket(targetUrl, client.protocol) : new WebSocket(targetUrl);
    upstreams.add(relay);
    const early: [Buffer, boolean][] = [];
    client.on('message', (data: Buffer, isBinary) => {
      if (relay.readyState === WebSocket.CONNECTING) early.push([data, isBinary]);
      else forward({ client, from: client, to: relay }, 'up', data, isBinary);
    });
    relay.on('open', () => {
      for (const [data, isBinary] of early) forward({ client, from: client, to: relay }, 'up', data, isBinary);
    });
    relay.on('message', (data: Buffer, isBinary) =>
      forward({ client, from: relay, to: client }, 'down', data, isBinary),
    );
    for (const socket of [client, relay]) socket.on('error', () => undefined);
    client.on('close', () => relay.terminate());
    relay.on('close', () => {
      upstreams.delete(relay);
      if (!halfOpen.has(client)) client.terminate();
    });
  });

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const proxy: ChaosProxy = {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    script: () => undefined,
    goHalfOpen() {
      for (const client of server.clients) halfOpen.add(client);
    },
    closeAll(code) {
      for (const client of server.clients) end(client, code);
    },
    accepted: () => accepted,
    close: () =>
      new Promise((resolve) => {
        for (const socket of [...server.clients, ...upstreams]) socket.terminate();
        server.close();
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return proxy;
}
