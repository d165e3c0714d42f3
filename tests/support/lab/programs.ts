// Runs programs of the system: short ones to their end, servers until they are killed. Knows no network.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { limitMs } from '../../../tools/machine/limits.mjs';

const startMs = 20_000;

/** Programs for the administrator are not on everybody's PATH. */
export const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
const env = { ...process.env, PATH: path };

/** Runs a program to its end. @returns what it printed. @throws with what it complained of. */
export function run(program: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8', env });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${[program, ...args].join(' ')} failed: ${stderr}${input && `\nIts input:\n${input}`}`);
  return stdout;
}

/** A program that runs until it is killed, or until this process ends: its standard input ends with us. */
export class Server {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';

  private constructor(program: string, args: readonly string[]) {
    this.#child = spawn(program, args, { stdio: 'pipe', env });
    this.#ended = once(this.#child, 'close').catch(() => undefined);
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.#said = (this.#said + chunk.toString()).slice(-4_000_000);
      });
  }

  /** Starts it and waits until it has printed `ready`; without that, until it runs. */
  static async start(program: string, args: readonly string[], ready?: string): Promise<Server> {
    const server = new Server(program, args);
    if (ready === undefined) await once(server.#child, 'spawn');
    else await server.#says(ready);
    return server;
  }

  /** The last 4 MB of what it has printed. */
  get said(): string {
    return this.#said;
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('The program never started');
    return pid;
  }

  async #says(ready: string): Promise<void> {
    const problem = await new Promise<string | undefined>((resolve) => {
      const look = () => this.#said.includes(ready) && resolve(undefined);
      this.#child.stdout?.on('data', look);
      this.#child.stderr?.on('data', look);
      this.#child.once('close', () => resolve('ended'));
      this.#child.once('error', (error) => resolve(error.message));
      const boundMs = limitMs(startMs);
      setTimeout(() => resolve(`did not print "${ready}" within ${boundMs} ms`), boundMs).unref();
    });
    if (problem === undefined) return;
    await this.kill();
    throw new Error(`${this.#child.spawnargs.join(' ')} ${problem}; it said:\n${this.#said.slice(-2000)}`);
  }

  /** Writes a line to its standard input. */
  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Ends it, by default without giving it a chance, and waits until it is gone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT' = 'SIGKILL'): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }
}
