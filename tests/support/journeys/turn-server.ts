// A real TURN server, coturn, on this machine: UDP, TCP and TLS, with a password or with a shared secret. It says what it did in its log.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startRelayProcess } from '../../../tools/relays/relay-process.mjs';
import { ownAddress } from './own-address.ts';

const program = '/usr/bin/turnserver';

/** Whether coturn is on this machine. */
export function hasTurnServer(): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export type SignIn = { readonly user: string; readonly password: string } | { readonly secret: string };

export interface TurnServer {
  /** Where it listens, `ADDRESS:PORT`. */
  readonly place: string;
  readonly address: string;
  readonly port: number;
  /** The same for TLS, with a certificate that nobody trusts. */
  readonly tlsPlace: string;
  /** All that it has logged. */
  log(): string;
  close(): Promise<void>;
}

function makeCertificate(dir: string): readonly string[] {
  const [certificate, key] = [join(dir, 'certificate.pem'), join(dir, 'key.pem')];
  const made = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=turn',
  ];
  execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return ['--cert', certificate, '--pkey', key];
}

/** Starts coturn on the address that WebRTC uses. Its relay addresses are of this machine too. */
export async function startTurnServer(signIn: SignIn): Promise<TurnServer> {
  const dir = await mkdtemp(join(tmpdir(), 'ffc-turn-'));
  const address = ownAddress();
  const logFile = join(dir, 'turn.log');
  const certificate = makeCertificate(dir);
  let tlsPort = 0;
  const credentials =
    'secret' in signIn
      ? ['--use-auth-secret', '--static-auth-secret', signIn.secret]
      : ['--lt-cred-mech', '--user', `${signIn.user}:${signIn.password}`];
  const server = await startRelayProcess(async (port) => {
    tlsPort = await freePort();
    return {
      program,
      args: [
        ...['-n', '--no-cli', '--no-multicast-peers', '--no-rfc5780', '--allow-loopback-peers', '--no-dtls'],
        // 127.0.0.1 as well: there it is seen to be up.
        ...[...new Set(['127.0.0.1', address])].flatMap((one) => ['--listening-ip', one]),
        ...['--relay-ip', address, '--listening-port', String(port), '--tls-listening-port', String(tlsPort)],
        ...['--realm', 'test', ...credentials, ...certificate],
        ...['--log-file', logFile, '--simple-log', '--no-stdout-log', '--verbose'],
        ...['--pidfile', join(dir, 'turn.pid'), '--db', join(dir, 'turndb')],
      ],
    };
  });
  const port = Number(new URL(server.url).port);
  return {
    address,
    port,
    place: `${address}:${port}`,
    tlsPlace: `${address}:${tlsPort}`,
    log: () => readFileSync(logFile, 'utf8'),
    async close() {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
