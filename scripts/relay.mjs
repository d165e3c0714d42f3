// `npm run relay [-- --port 8787 --kind mqtt|nostr|json|broadcast]`: a relay on this machine, for trying calls without the internet.
import { parseArgs } from 'node:util';
import { startBroadcastRelay } from '../tools/relays/broadcast-relay.mjs';
import { startJsonRelay } from '../tools/relays/json-relay.mjs';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../tools/relays/nostr-relay.mjs';

const usage = 'Usage: npm run relay [-- --port 8787 --kind mqtt|nostr|json|broadcast]';

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string', default: '8787' }, kind: { type: 'string', default: 'mqtt' } },
    });
    return values;
  } catch (error) {
    return fail(`${messageOf(error)}\n${usage}`);
  }
}

const { port, kind } = readArguments();
const start = new Map([
  ['mqtt', startMqttRelay],
  ['nostr', startNostrRelay],
  ['json', startJsonRelay],
  ['broadcast', startBroadcastRelay],
]).get(kind);
const portNumber = Number(port);
if (!start) fail(`There is no relay of kind "${kind}".\n${usage}`);
if (!Number.isInteger(portNumber) || portNumber < 0 || portNumber > 65535) fail(`"${port}" is no port.\n${usage}`);

try {
  const relay = await start({ port: portNumber, record: false });
  console.log(`The ${kind} relay listens on ${relay.url}`);
  console.log('Add this address under Settings, Network, in both browsers on this machine. Ctrl+C ends it.');
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => relay.close().then(() => process.exit(0)));
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    fail(`Port ${port} is taken by another program. Choose another one: npm run relay -- --port ${portNumber + 1}`);
  fail(`The relay did not start: ${messageOf(error)}`);
}
