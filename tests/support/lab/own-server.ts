// The own server of server/, run on this machine with its --local in a folder of its own: Debian's mosquitto, coturn and Caddy.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../runner/condition.ts';

/** The command itself. */
export const serverCommand = join(import.meta.dirname, '..', '..', '..', 'server', 'server');

const programs = ['/usr/bin/caddy', '/usr/sbin/mosquitto', '/usr/bin/turnserver', '/usr/bin/curl', '/usr/bin/openssl'];

/** Whether everything that it is made of is on this machine. */
export function canRunOwnServer(): boolean {
  try {
    for (const program of programs) accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface OwnServer {
  /** Where it keeps what it needs. */
  readonly dir: string;
  /** The first of its four ports. */
  readonly port: number;
  /** The owner's server link. */
  readonly link: string;
  /** All that it has said. */
  output(): string;
  /** Runs a verb of the command on it. @returns what it said. @throws when it ended badly. */
  verb(...args: readonly string[]): string;
  /** Ends its programs and leaves its folder. */
  stop(): Promise<void>;
  /** Ends its programs and removes its folder. */
  close(): Promise<void>;
}

/** A port below those that the system hands out by itself. */
const somePort = (): number => 12_000 + 10 * Math.floor(Math.random() * 1_900);

/** Starts it and waits until it has looked at itself. `dir`, `port`: those of one that was stopped. */
export async function startOwnServer(
  options: { readonly dir?: string; readonly port?: number; readonly args?: readonly string[] } = {},
): Promise<OwnServer> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'ffc-server-')));
  const port = options.port ?? somePort();
  const place = ['--local', '--dir', dir];
  const child = spawn(serverCommand, [...place, '--port', String(port), ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await until(() => said.includes('It runs until Ctrl+C') || hasEnded(), {
    withinMs: 40_000,
    what: 'the server to be up',
  });
  if (hasEnded()) throw new Error(`The server has ended: ${said}`);
  return {
    dir,
    port,
    link: /^ffc-server:1:\S+$/m.exec(said)?.[0] ?? '',
    output: () => said,
    verb: (...args) => execFileSync(serverCommand, [...args, ...place], { encoding: 'utf8', stdio: 'pipe' }),
    stop,
    async close() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
