// One WebSocket with a time limit for opening and a size limit for frames. Knows no dialect; after `close` it is silent,
// however long the browser waits for the other side of a half-open connection.
import type { Bytes } from '../../core/base/bytes.ts';
import {
  type Frame,
  maxFrameBytes,
  type RelayDeps,
  type RelaySocket,
  type SocketEnd,
  type SocketEvents,
  type SocketLike,
} from './relay-transport.ts';

/** How long a socket may take to open as a rule. */
export const openMs = 10_000;

function frameOf(data: unknown): Frame | undefined {
  if (typeof data === 'string') return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return undefined;
}

/**
 * Opens a WebSocket. Never throws and never calls back before it has returned.
 * @param limitMs how long it may take to open.
 */
export function openRelaySocket(
  deps: Pick<RelayDeps, 'openSocket' | 'clock'>,
  url: string,
  protocols: readonly string[],
  events: SocketEvents,
  limitMs = openMs,
): RelaySocket {
  let socket: SocketLike | undefined;
  let isOpen = false;
  let isOver = false;
  let cancelTimer = (): void => undefined;

  function leave(): void {
    isOver = true;
    isOpen = false;
    cancelTimer();
    try {
      socket?.close();
    } catch {
      // A socket that cannot be closed is already gone.
    }
  }
  function end(how: SocketEnd): void {
    if (isOver) return;
    leave();
    events.onEnd(how);
  }

  try {
    socket = protocols.length > 0 ? deps.openSocket(url, [...protocols]) : deps.openSocket(url);
  } catch {
    queueMicrotask(() => end('unopened'));
    return { send: () => undefined, close: leave };
  }
  const opened: SocketLike = socket;
  cancelTimer = deps.clock.after(limitMs, () => end('unopened'));
  opened.binaryType = 'arraybuffer';
  opened.addEventListener('open', () => {
    if (isOver) return;
    cancelTimer();
    if (protocols.length > 0 && !protocols.includes(opened.protocol)) return end('unopened');
    isOpen = true;
    events.onOpen();
  });
  opened.addEventListener('message', ({ data }) => {
    if (isOver) return;
    const frame = frameOf(data);
    if (frame === undefined) return;
    if (frame.length > maxFrameBytes) return end('oversize');
    events.onFrame(frame);
  });
  // An error is always followed by a close, but not at once when the other side is silent.
  opened.addEventListener('error', () => end(isOpen ? 'closed' : 'unopened'));
  opened.addEventListener('close', () => end(isOpen ? 'closed' : 'unopened'));

  return {
    send(frame: string | Bytes): void {
      if (!isOpen) return;
      try {
        opened.send(frame);
      } catch {
        end('closed');
      }
    },
    close: leave,
  };
}
