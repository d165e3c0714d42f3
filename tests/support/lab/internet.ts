// The internet of the lab: one network with relays, a STUN and TURN server, and a peer of the overlay, each at an address and a name of its
// own; nothing in it leads outside. Routers join it.
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { IceServer } from '../../../src/core/network/ice-server.ts';
import { until } from '../runner/condition.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import type { Namespace, Namespaces } from './namespaces.ts';
import type { Server } from './programs.ts';
import { internetAddress as addressOf, type Family, Router, withPrefix } from './router.ts';

/** The last part of each server's addresses. */
const servers = { 'turn.lab': 2, 'nostr.lab': 3, 'mqtt.lab': 4, 'turn2.lab': 5 } as const;
type ServerName = keyof typeof servers;
type TurnName = 'turn.lab' | 'turn2.lab';
const overlayPort = 9001;
const login = { username: 'family', credential: randomBytes(12).toString('hex') };
const secret = randomBytes(12).toString('hex');

/** How each TURN server tells its people from others. */
const signIn: Readonly<Record<TurnName, readonly string[]>> = {
  'turn.lab': ['--lt-cred-mech', '--user', `${login.username}:${login.credential}`],
  'turn2.lab': ['--use-auth-secret', '--static-auth-secret', secret],
};

/** The relays that everybody listens on. */
export const labRelays: readonly string[] = ['wss://nostr.lab/', 'wss://mqtt.lab/'];

export const stun: IceServer = { urls: 'stun:turn.lab:3478' };
export const turnOverUdp: IceServer = { urls: 'turn:turn.lab:3478?transport=udp', ...login };
export const turnOverTcp: IceServer = { urls: 'turn:turn.lab:3478?transport=tcp', ...login };
export const turnOverTls: IceServer = { urls: 'turns:turn.lab:443?transport=tcp', ...login };
/** Takes passwords only that are made of its secret and soon expire. */
export const secondTurn: IceServer = { urls: 'turn:turn2.lab:3478?transport=udp', username: 'family', secret };

const families = ['v4', 'v6'] as const;
const relayScript = resolve(import.meta.dirname, 'relay-servers.mjs');

export class Internet {
  readonly namespace: Namespace;
  readonly #namespaces: Namespaces;
  readonly #certificate: Certificate;
  readonly #turns = new Map<TurnName, Server>();
  #relays: Server | undefined;
  #routers = 0;

  constructor(namespaces: Namespaces) {
    this.#namespaces = namespaces;
    this.#certificate = makeCertificate(namespaces.folder, Object.keys(servers));
    this.namespace = namespaces.add('internet', { forwards: true });
    this.namespace.addBridge('net');
    const all = [1, ...Object.values(servers)];
    this.namespace.addAddresses(
      'net',
      ...all.flatMap((host) => families.map((family) => withPrefix(family, addressOf(family, host)))),
    );
    this.#leadNowhere();
  }

  /** A way out on which packets vanish. Without one coturn gives up a client that names an address nobody can reach. */
  #leadNowhere(): void {
    this.namespace.addBridge('nowhere');
    this.namespace.addAddresses('nowhere', '100.64.0.1/30', '2001:2:0:ffff::1/64');
    for (const next of ['100.64.0.2', '2001:2:0:ffff::2'])
      this.namespace.ip(
        `neigh add ${next} lladdr 02:00:00:00:00:02 dev nowhere nud permanent`,
        `route add default via ${next} dev nowhere`,
      );
  }

  /** A router of a home, joined to this network. */
  addRouter(name: string, ofFamilies: readonly Family[] = ['v4']): Router {
    this.#routers += 1;
    const number = this.#routers;
    const namespace = this.#namespaces.add(`router-${name}`, { forwards: true });
    namespace.connect('wan', this.namespace, `r${number}`);
    this.namespace.ip(`link set r${number} master net`);
    const router = new Router(namespace, number, ofFamilies);
    for (const family of ofFamilies) {
      namespace.ip(`route add default via ${addressOf(family, 1)} dev wan`);
      if (family === 'v6')
        this.namespace.ip(`route add ${router.networkV6} via ${router.outsideAddress(family)} dev net`);
    }
    return router;
  }

  async startRelays(): Promise<void> {
    const { certificateFile, keyFile } = this.#certificate;
    const addresses = (name: ServerName) => families.map((family) => addressOf(family, servers[name])).join(',');
    // What mosquitto needs lies in the folder of the lab, too, and goes with it.
    const args = [`TMPDIR=${this.#namespaces.folder}`, process.execPath, relayScript, certificateFile, keyFile];
    this.#relays = await this.namespace.start('env', [...args, addresses('nostr.lab'), addresses('mqtt.lab')], 'ready');
  }

  async killRelays(): Promise<void> {
    await this.#relays?.kill('SIGTERM');
    this.#relays = undefined;
  }

  /** STUN and TURN over UDP and TCP on port 3478, over TLS on port 443, for both families. */
  async startTurn(name: TurnName = 'turn.lab'): Promise<void> {
    const { certificateFile, keyFile } = this.#certificate;
    const addresses = families.map((family) => addressOf(family, servers[name]));
    const file = `${this.#namespaces.folder}/${name}`;
    const server = await this.namespace.start('turnserver', [
      ...['-n', '--no-cli', '--no-multicast-peers', '--log-file', 'stdout', '--simple-log'],
      ...['--pidfile', `${file}.pid`, '--db', `${file}.db`],
      ...addresses.flatMap((address) => ['-L', address, '-E', address]),
      ...['-r', 'lab', ...signIn[name]],
      ...['--cert', certificateFile, '--pkey', keyFile, '--tls-listening-port', '443'],
      ...['--min-port', '50000', '--max-port', '50999'],
    ]);
    this.#turns.set(name, server);
    await until(() => this.#listensOn(addressOf('v4', servers[name]), 3478, 443), { what: `${name} to listen` });
  }

  #listensOn(address: string, ...ports: readonly number[]): boolean {
    const listening = this.namespace.run('ss', ['-lnHtu']);
    return ports.every((port) => listening.includes(`${address}:${port} `));
  }

  async killTurn(name: TurnName = 'turn.lab'): Promise<void> {
    await this.#turns.get(name)?.kill();
    this.#turns.delete(name);
  }

  /** Where the nodes of the overlay find each other. */
  readonly overlayPeer = `tcp://${addressOf('v4', 1)}:${overlayPort}`;
  readonly overlayListener = `tcp://0.0.0.0:${overlayPort}`;

  /** Which TURN server has that address. */
  turnAt(address: string): TurnName | undefined {
    return (['turn.lab', 'turn2.lab'] as const).find((name) => this.addressesOf(name).includes(address));
  }

  /** The addresses, in any family, of a server. */
  addressesOf(name: ServerName): readonly string[] {
    return families.map((family) => addressOf(family, servers[name]));
  }

  /** What a Chromium in a network of that family has to be told: names, and whom to trust. No other name exists. */
  chromiumArguments(family: Family): string[] {
    const names = Object.entries(servers).map(([name, host]) => {
      const address = addressOf(family, host);
      // With and without a dot at the end, which WebRTC adds.
      return `MAP ${name}* ${family === 'v6' ? `[${address}]` : address}`;
    });
    return [
      `--host-resolver-rules=${[...names, 'MAP * ~NOTFOUND', 'EXCLUDE localhost'].join(', ')}`,
      `--ignore-certificate-errors-spki-list=${this.#certificate.fingerprint}`,
    ];
  }
}
