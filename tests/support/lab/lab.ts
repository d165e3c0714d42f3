// A network of one's own: an internet with servers, routers, and hosts in which people's browsers run with the extension.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { requireChromium } from '../../../tools/machine/chromium.mjs';
import { extensionDir } from '../drivers/built-extension.ts';
import { ExtensionBrowser } from '../drivers/extension-browser.ts';
import type { MediaSpec } from '../samples/generated-media.ts';
import { Host } from './host.ts';
import { Internet } from './internet.ts';
import { Namespaces } from './namespaces.ts';
import type { Router } from './router.ts';

export interface LabPerson {
  readonly name: string;
  readonly media: MediaSpec;
  /** A profile to begin with; it is copied. Without it the browser is new. */
  readonly profile?: string;
}

export class Lab {
  readonly internet: Internet;
  readonly #namespaces: Namespaces;
  readonly #browsers: ExtensionBrowser[] = [];
  readonly #hosts: Host[] = [];

  private constructor() {
    this.#namespaces = new Namespaces();
    this.internet = new Internet(this.#namespaces);
  }

  /** An internet with its relays and its TURN server. */
  static async start(): Promise<Lab> {
    const lab = new Lab();
    try {
      await Promise.all([lab.internet.startRelays(), lab.internet.startTurn()]);
      return lab;
    } catch (error) {
      await lab.close();
      throw error;
    }
  }

  /** Goes with the lab. */
  get folder(): string {
    return this.#namespaces.folder;
  }

  async addHost(router: Router): Promise<Host> {
    const count = this.#hosts.length + 1;
    // The number 1 is the router's.
    const host = await Host.behind(router, this.#namespaces.add(`host-${count}`), count + 1);
    this.#hosts.push(host);
    return host;
  }

  /** Starts a person's browser on a host. */
  async launch(host: Host, { name, media, profile }: LabPerson): Promise<ExtensionBrowser> {
    const profileDir = join(this.folder, host.namespace.name);
    if (profile !== undefined) await cp(profile, profileDir, { recursive: true });
    const browser = await ExtensionBrowser.launch({
      name,
      media,
      extensionDir,
      profileDir,
      executable: host.namespace.wrapper(requireChromium()),
      args: this.internet.chromiumArguments(host.router.families[0] ?? 'v4'),
    });
    this.#browsers.push(browser);
    return browser;
  }

  /** Ends the browsers and everything that runs in the lab, and leaves nothing of it. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#browsers.map((browser) => browser.close()));
    await Promise.all([this.internet.killRelays(), ...this.#hosts.map(({ wire }) => wire.remove())]);
    await this.#namespaces.close();
  }
}
