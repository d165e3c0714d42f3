// The list of STUN and TURN servers as the Network region works on it: adding, changing, removing, and what tests of each gave.
import { type Signal, signal } from '@preact/signals';
import type { ServerVerdict } from '../../connectivity/server-verdict.ts';
import { testIceServer } from '../../connectivity/test-server.ts';
import { type IceServer, readIceAddress } from '../../core/network/ice-server.ts';
import type { OwnServer } from '../../core/network/own-servers.ts';
import { announce } from '../../ui/live-region.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { OptionsModel } from './options-model.ts';

/** How the test of a server went: running, or what it gave. */
export type ServerTest = 'testing' | ServerVerdict;

/** A test says something about a server only as it was then. */
interface Tested {
  readonly server: IceServer;
  readonly test: ServerTest;
}

/** What it needs of the options page. */
export type ServerSettings = Pick<OptionsModel, 'settings' | 'change' | 'drafts'>;

/** Every change of a setting reads the list again: the same server is another object then. */
const isSame = (one: IceServer, other: IceServer): boolean =>
  one.urls === other.urls &&
  one.username === other.username &&
  one.credential === other.credential &&
  one.secret === other.secret;

/** What a server is called on the page and in button names: its kind, the way to it, and where it is. */
export function serverName(server: Pick<IceServer, 'urls'>): string {
  const address = readIceAddress(server.urls);
  if ('refused' in address) return server.urls;
  const kind = address.kind === 'stun' ? 'STUN' : `TURN/${address.transport.toUpperCase()}`;
  return `${kind} ${address.host}:${address.port}`;
}

export class IceServersModel {
  /** The address of the server that is being changed. */
  readonly edited = signal<string | undefined>(undefined);
  /** By the server's address. */
  readonly #tests = signal<ReadonlyMap<string, Tested>>(new Map());
  readonly #options: ServerSettings;
  readonly #ask: typeof testIceServer;

  constructor(options: ServerSettings, ask: typeof testIceServer = testIceServer) {
    this.#options = options;
    this.#ask = ask;
  }

  /** A server that is typed and not added yet. */
  get draft(): Signal<string> {
    return this.#options.drafts.text('ice-server');
  }

  get servers(): readonly IceServer[] {
    return this.#options.settings.value.iceServers;
  }

  /** Those whose addresses came by a server link. */
  get ownServers(): readonly OwnServer[] {
    return this.#options.settings.value.ownServers;
  }

  async add(server: IceServer): Promise<void> {
    await this.#options.change(
      { iceServers: [...this.servers, server] },
      text('optionsServerAdded', serverName(server)),
    );
  }

  async replace(old: IceServer, server: IceServer): Promise<void> {
    const iceServers = this.servers.map((one) => (one.urls === old.urls ? server : one));
    this.edited.value = undefined;
    await this.#options.change({ iceServers }, text('optionsServerSaved', serverName(server)));
  }

  async remove(server: IceServer): Promise<void> {
    const iceServers = this.servers.filter(({ urls }) => urls !== server.urls);
    this.#note(server, undefined);
    await this.#options.change({ iceServers }, text('optionsServerRemoved', serverName(server)));
  }

  /** Of this server as it is now: what was found out before it was changed is not said of it. */
  testOf(server: IceServer): ServerTest | undefined {
    const tested = this.#tests.value.get(server.urls);
    return tested && isSame(tested.server, server) ? tested.test : undefined;
  }

  async test(server: IceServer): Promise<ServerVerdict | undefined> {
    if (this.testOf(server) === 'testing') return undefined;
    const running = this.#note(server, 'testing');
    const verdict = await this.#ask(server);
    // Not when it was removed meanwhile, or changed and tested anew.
    if (this.#tests.value.get(server.urls) === running) this.#note(server, verdict);
    return verdict;
  }

  /** Tests every server at once, each by itself, and says how many work. */
  async testAll(): Promise<void> {
    if (this.servers.some((server) => this.testOf(server) === 'testing')) return;
    const servers = this.servers.filter(({ urls }) => !('refused' in readIceAddress(urls)));
    const verdicts = await Promise.all(servers.map((server) => this.test(server)));
    const working = verdicts.filter((verdict) => verdict && isGood(verdict)).length;
    announce(plural('optionsServersWork', servers.length, String(working)));
  }

  #note(server: IceServer, test: ServerTest | undefined): Tested | undefined {
    const tested = test && { server, test };
    const tests = new Map(this.#tests.value);
    if (tested) tests.set(server.urls, tested);
    else tests.delete(server.urls);
    this.#tests.value = tests;
    return tested;
  }
}

/** Whether a server does what it is there for. */
export const isGood = ({ verdict }: ServerVerdict): boolean => verdict === 'works' || verdict === 'untranslated';
