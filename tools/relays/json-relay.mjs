// The signaling server of npm's y-webrtc (JSON publish/subscribe) in a process of its own, on 127.0.0.1. For `npm run relay` and the tests.
import { fileURLToPath } from 'node:url';
import { tap } from './recording-server.mjs';
import { startRelayProcess } from './relay-process.mjs';

/** @import { ForeignRelay, LocalRelayOptions } from './recording-server.mjs' */

/**
 * `received` counts probes too.
 * @param {LocalRelayOptions} [options]
 * @returns {Promise<ForeignRelay>}
 */
export async function startJsonRelay(options = {}) {
  const script = fileURLToPath(new URL('../../node_modules/y-webrtc/bin/server.js', import.meta.url));
  const relay = await startRelayProcess((port) => ({
    program: process.execPath,
    args: [script],
    env: { PORT: String(port) },
  }));
  return tap(relay, options, (data) => data.includes('"type":"publish"'));
}
