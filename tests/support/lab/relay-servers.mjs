// relay-servers.mjs CERTIFICATE KEY NOSTR-ADDRESSES MQTT-ADDRESSES: a Nostr relay and mosquitto on loopback, and TLS in front of each, on port
// 443 of its addresses (separated by commas). Ends on SIGTERM.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { startMosquitto } from '../../../tools/relays/mosquitto-relay.mjs';
import { startNostrRelay } from '../../../tools/relays/nostr-relay.mjs';

const [certificate = '', key = '', nostrAddresses = '', mqttAddresses = ''] = process.argv.slice(2);
/** @type {Set<import('node:net').Socket>} */
const sockets = new Set();

/**
 * Passes everything on to a port of this machine, unencrypted.
 * @param {string} addresses
 * @param {number} port
 */
async function terminateTls(addresses, port) {
  for (const host of addresses.split(',')) {
    const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (client) => {
      const relay = connect(port, '127.0.0.1');
      for (const { from, to } of [
        { from: client, to: relay },
        { from: relay, to: client },
      ]) {
        sockets.add(from);
        from.pipe(to);
        from.on('error', () => undefined);
        from.on('close', () => {
          sockets.delete(from);
          to.destroy();
        });
      }
    });
    server.on('tlsClientError', () => undefined);
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(443, host, () => resolve(undefined));
    });
  }
}

const [nostr, mqtt] = await Promise.all([startNostrRelay({ record: false }), startMosquitto({ record: false })]);
process.once('SIGTERM', async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all([nostr.close(), mqtt.close()]);
  process.exit();
});
await terminateTls(nostrAddresses, Number(new URL(nostr.url).port));
await terminateTls(mqttAddresses, Number(new URL(mqtt.url).port));
console.log('ready');
