// A person's browser with no debugger on it: an attached one changes how long a background lives. The profile was made by a driver,
// which must have stopped; what happens in the browser is to be seen from outside only, at the relay and on the desktop.
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChromium } from '../../../tools/machine/chromium.mjs';
import { requireFirefox } from '../../../tools/machine/firefox.mjs';
import { chromiumArguments, chromiumEnvironment } from './chromium-arguments.ts';
import type { ExtensionBrowser } from './extension-browser.ts';
import type { FirefoxBrowser } from './firefox-browser.ts';
import { firefoxPreferences } from './firefox-preferences.ts';

export class UnattendedBrowser {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  /** A test run that crashes leaves no browser behind. */
  readonly #killAtExit = (): void => this.#signal('SIGKILL');

  private constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    // A group of its own: signals reach all of its processes.
    this.#process = spawn(program, args, { env, stdio: 'ignore', detached: true });
    this.#ended = new Promise((resolve) => this.#process.once('exit', () => resolve()));
    process.once('exit', this.#killAtExit);
  }

  static chromium(profile: ExtensionBrowser): UnattendedBrowser {
    const extension = join(profile.dir, 'extension');
    return new UnattendedBrowser(
      requireChromium(),
      [
        ...chromiumArguments('none', undefined),
        '--headless=new',
        `--user-data-dir=${join(profile.dir, 'chromium')}`,
        `--disable-extensions-except=${extension}`,
        `--load-extension=${extension}`,
        'about:blank',
      ],
      chromiumEnvironment(join(profile.dir, 'home'), profile.notifications?.address ?? 'disabled:'),
    );
  }

  static async firefox(profile: FirefoxBrowser): Promise<UnattendedBrowser> {
    const folder = join(profile.dir, 'firefox');
    const preferences = {
      ...firefoxPreferences(1_000),
      'browser.startup.page': 0,
      'browser.shell.checkDefaultBrowser': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'app.update.enabled': false,
    };
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
    await writeFile(join(folder, 'user.js'), lines.join('\n'));
    return new UnattendedBrowser(
      requireFirefox(),
      ['--headless', '--no-remote', '--profile', folder],
      chromiumEnvironment(join(profile.dir, 'home'), profile.notifications?.address ?? 'disabled:'),
    );
  }

  /** As a closed lid does: everything stands still, and nobody is told. */
  pause(): void {
    this.#signal('SIGSTOP');
  }

  resume(): void {
    this.#signal('SIGCONT');
  }

  async stop(): Promise<void> {
    process.off('exit', this.#killAtExit);
    this.#signal('SIGCONT');
    this.#signal('SIGTERM');
    await this.#ended;
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#process;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
  }
}
