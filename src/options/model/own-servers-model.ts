// An own server as one thing: its link is read, all that it names is tested, then it is added, renewed or removed as a whole.
import { signal } from '@preact/signals';
import type { ServerVerdict } from '../../connectivity/server-verdict.ts';
import { testIceServer } from '../../connectivity/test-server.ts';
import {
  type OwnServer,
  ownServerName,
  passwordState,
  renewedBy,
  withoutServer,
  withServer,
} from '../../core/network/own-servers.ts';
import { parseServerLink, type ServerLink, type ServerLinkRefusal } from '../../core/network/server-link.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import type { RelayReport } from '../../platform/relay/test-relay.ts';
import { text } from '../../ui/texts/text.ts';
import type { ServerTest } from './ice-servers-model.ts';
import type { OptionsModel } from './options-model.ts';

/** What it needs of the options page. */
export type OwnServerSettings = Pick<OptionsModel, 'settings' | 'change' | 'test'>;

/** A server link that was read, and what its test has found so far. */
export interface FoundServer {
  readonly link: ServerLink;
  readonly name: string;
  /** It is in the settings already: adding it renews it there. */
  readonly renews: boolean;
  /** Its password is good no more. */
  readonly hasEnded: boolean;
  /** By the relay's address. */
  readonly relays: ReadonlyMap<string, 'testing' | RelayReport>;
  /** By the address of the STUN or TURN server; undefined where a browser cannot read it. */
  readonly iceServers: ReadonlyMap<string, ServerTest | undefined>;
}

export class OwnServersModel {
  /** What is in the field. */
  readonly typed = signal('');
  readonly refusal = signal<ServerLinkRefusal | undefined>(undefined);
  readonly found = signal<FoundServer | undefined>(undefined);
  readonly #options: OwnServerSettings;
  readonly #ask: (server: ServerLink['iceServers'][number]) => Promise<ServerVerdict | undefined>;
  readonly #sealer = new WebCryptoSealer();

  constructor(options: OwnServerSettings, ask: typeof testIceServer = testIceServer) {
    this.#options = options;
    this.#ask = ask;
  }

  get servers(): readonly OwnServer[] {
    return this.#options.settings.value.ownServers;
  }

  /** Another text in the field: what was found in the one before is not said of it. */
  type(typed: string): void {
    this.typed.value = typed;
    this.refusal.value = undefined;
    this.found.value = undefined;
  }

  /** Reads the link in the field and asks everything that it names, and nobody else. */
  async look(now: number = Date.now()): Promise<void> {
    const typed = this.typed.value;
    const read = await parseServerLink(typed, this.#sealer);
    if (this.typed.value !== typed) return;
    this.refusal.value = 'refused' in read ? read.refused : undefined;
    if ('refused' in read) {
      this.found.value = undefined;
      return;
    }
    const { link } = read;
    this.found.value = {
      link,
      name: ownServerName({ ...link, iceServers: link.iceServers.map(({ urls }) => urls) }),
      renews: renewedBy(this.#options.settings.value, link).length > 0,
      hasEnded: passwordState(link, now) === 'ended',
      relays: new Map(link.relays.map((relay) => [relay, 'testing'])),
      iceServers: new Map(link.iceServers.map(({ urls }) => [urls, 'testing'])),
    };
    await Promise.all([
      ...link.relays.map(async (relay) => {
        const report = await this.#options.test(relay);
        this.#note(link, (found) => ({ ...found, relays: new Map(found.relays).set(relay, report) }));
      }),
      ...link.iceServers.map(async (server) => {
        const verdict = await this.#ask(server);
        this.#note(link, (found) => ({ ...found, iceServers: new Map(found.iceServers).set(server.urls, verdict) }));
      }),
    ]);
  }

  /** Adds what was found as one thing. */
  async add(): Promise<void> {
    const found = this.found.value;
    if (!found) return;
    this.type('');
    const said = text(found.renews ? 'optionsOwnServerRenewed' : 'optionsOwnServerAdded', found.name);
    await this.#options.change(withServer(this.#options.settings.value, found.link), said);
  }

  async remove(server: OwnServer): Promise<void> {
    const said = text('optionsOwnServerRemoved', ownServerName(server));
    await this.#options.change(withoutServer(this.#options.settings.value, server), said);
  }

  /** Not when another link was typed meanwhile. */
  #note(link: ServerLink, change: (found: FoundServer) => FoundServer): void {
    const found = this.found.value;
    if (found?.link === link) this.found.value = change(found);
  }
}
