// Everything to everybody, on 127.0.0.1: the relay that anybody would write first. For `npm run relay` and the tests.
import { WebSocket } from 'ws';
import { serve } from './recording-server.mjs';

/** @import { LocalRelay, LocalRelayOptions } from './recording-server.mjs' */

/**
 * `echo` (default false): also to the sender. `binary`: frames stay binary, end the connection, or go on as text, which damages them.
 * `received` counts every frame, probes too.
 * @param {LocalRelayOptions & { readonly echo?: boolean, readonly binary?: 'kept' | 'refused' | 'as-text' }} [options]
 * @returns {Promise<LocalRelay>}
 */
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
