// One transport of a dialect with nothing around it: what it sends, delivers and complains about, and a second socket to play.
import type { Clock } from '../../../src/core/base/ports.ts';
import type { Dialect, Frame, RelayTransport, SocketEvents } from '../../../src/platform/relay/relay-transport.ts';
import { randomBytes, realClock } from '../worlds/relay-deps.ts';

export interface TransportUnderTest {
  readonly transport: RelayTransport;
  readonly sent: Frame[];
  readonly received: { readonly topicHex: string; readonly text: string }[];
  readonly faults: string[];
  /** The second sockets that were opened. */
  readonly second: { readonly events: SocketEvents; readonly sent: Frame[]; isClosed: boolean }[];
}

/** Starts a transport on a connection that does nothing by itself. */
export function startTransport(dialect: Dialect, clock: Clock = realClock): TransportUnderTest {
  const test: Omit<TransportUnderTest, 'transport'> = { sent: [], received: [], faults: [], second: [] };
  const transport = dialect.transport({
    url: 'wss://relay.example/',
    clock,
    randomBytes,
    send: (frame) => test.sent.push(frame),
    openSecondSocket(events) {
      const socket = { events, sent: [] as Frame[], isClosed: false };
      test.second.push(socket);
      return {
        send: (frame) => socket.sent.push(frame),
        close() {
          socket.isClosed = true;
        },
      };
    },
    onMessage: (topicHex, payload) => test.received.push({ topicHex, text: new TextDecoder().decode(payload) }),
    onFault: (fault) => test.faults.push(fault),
  });
  return { transport, ...test };
}
