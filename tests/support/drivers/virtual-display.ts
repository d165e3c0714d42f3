// A screen of its own (Xvfb) for what headless Chromium does not have, such as native menus, and keys pressed on it (xdotool).
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { until } from '../runner/condition.ts';

const run = promisify(execFile);

export class VirtualDisplay {
  /** What to put into DISPLAY. */
  readonly name: string;
  readonly #process: ChildProcess;

  private constructor(name: string, process: ChildProcess) {
    this.name = name;
    this.#process = process;
  }

  /** Starts a screen with a number that is free. */
  static async start(): Promise<VirtualDisplay> {
    // By default it begins anew, mouse in the middle, whenever its last program goes; the first one here is xdotool.
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    let number = '';
    let failure: Error | undefined;
    child.once('error', (cause) => {
      failure = new Error('Xvfb does not start; install the xvfb package', { cause });
    });
    child.stdio[3]?.on('data', (data: Buffer) => {
      number += data.toString();
    });
    await until(() => failure !== undefined || number.endsWith('\n'), { what: 'Xvfb to start' });
    if (failure) throw failure;
    const display = new VirtualDisplay(`:${number.trim()}`, child);
    // The mouse out of the way: a menu that opens under it begins at the entry under it.
    await run('xdotool', ['mousemove', '1279', '899'], { env: display.#env() });
    return display;
  }

  /** How many windows are to be seen: an open menu is one more. */
  async windowCount(): Promise<number> {
    const { stdout } = await run('xdotool', ['search', '--onlyvisible', '--name', ''], { env: this.#env() });
    return stdout.split('\n').filter((line) => line !== '').length;
  }

  /** Waits until the windows that are to be seen have stopped coming and moving: a menu takes no keys before. */
  async settled(): Promise<void> {
    let last = '';
    await until(
      async () => {
        const args = ['search', '--onlyvisible', '--name', '', 'getwindowgeometry', '%@'];
        const { stdout } = await run('xdotool', args, { env: this.#env() });
        const isSame = stdout === last;
        last = stdout;
        return isSame;
      },
      { everyMs: 250, what: 'the windows to settle' },
    );
  }

  /** Presses keys one after another, by their X names. */
  async press(...keys: readonly string[]): Promise<void> {
    await run('xdotool', ['key', '--delay', '60', ...keys], { env: this.#env() });
  }

  #env(): NodeJS.ProcessEnv {
    return { ...process.env, DISPLAY: this.name };
  }

  async stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    this.#process.kill();
    await gone;
  }
}
