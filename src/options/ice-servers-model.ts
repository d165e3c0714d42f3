// The list of STUN and TURN servers as the Network region works on it: adding, changing, removing, and what tests of each gave.
import { signal } from '@preact/signals';
import type { ServerVerdict } from '../connectivity/server-verdict.ts';
import { testIceServer } from '../connectivity/test-server.ts';
import { type IceServer, readIceAddress } from '../core/ice-server.ts';
import { text } from '../platform/text.ts';
import { announce } from '../ui/live-region.tsx';
import type { OptionsModel } from './options-model.ts';

/** How the test of a server went: running, or what it gave. */
export type ServerTest = 'testing' | ServerVerdict;

/** What a server is called on the page and in button names: its kind, the way to it, and where it is. */
export function serverName(server: Pick<IceServer, 'urls'>): string {
  const address = readIceAddress(server.urls);
  if ('refused' in address) return server.urls;
  const kind = address.kind === 'stun' ? 'STUN' : `TURN/${address.transport.toUpperCase()}`;
  return `${kind} ${address.host}:${address.port}`;
}

export class IceServersModel {
  /** By the server's address. */
  readonly tests = signal<ReadonlyMap<string, ServerTest>>(new Map());
  /** The address of the server that is being changed. */
  readonly edited = signal<string | undefined>(undefined);
  readonly #options: OptionsModel;

  constructor(options: OptionsModel) {
    this.#options = options;
  }

  get servers(): readonly IceServer[] {
    return this.#options.settings.value.iceServers;
  }

  async add(server: IceServer): Promise<void> {
    await this.#options.change(
      { iceServers: [...this.servers, server] },
      text('optionsServerAdded', serverName(server)),
    );
  }

  async replace(old: IceServer, server: IceServer): Promise<void> {
    const iceServers = this.servers.map((one) => (one.urls === old.urls ? server : one));
    this.#forget(old.urls);
    this.edited.value = undefined;
    await this.#options.change({ iceServers }, text('optionsServerSaved', serverName(server)));
  }

  async remove(server: IceServer): Promise<void> {
    const iceServers = this.servers.filter(({ urls }) => urls !== server.urls);
    this.#forget(server.urls);
    await this.#options.change({ iceServers }, text('optionsServerRemoved', serverName(server)));
  }

  async test(server: IceServer): Promise<ServerVerdict | undefined> {
    if (this.tests.value.get(server.urls) === 'testing') return undefined;
    this.#note(server.urls, 'testing');
    const verdict = await testIceServer(server);
    // It may have been changed or removed meanwhile.
    if (verdict && this.servers.includes(server)) this.#note(server.urls, verdict);
    else this.#forget(server.urls);
    return verdict;
  }

  /** Tests every server at once, each by itself, and says how many work. */
  async testAll(): Promise<void> {
    if ([...this.tests.value.values()].includes('testing')) return;
    const servers = this.servers.filter(({ urls }) => !('refused' in readIceAddress(urls)));
    const verdicts = await Promise.all(servers.map((server) => this.test(server)));
    const working = verdicts.filter((verdict) => verdict && isGood(verdict)).length;
    announce(text('optionsServersWork', String(working), String(servers.length)));
  }

  #note(urls: string, test: ServerTest): void {
    this.tests.value = new Map(this.tests.value).set(urls, test);
  }

  #forget(urls: string): void {
    const tests = new Map(this.tests.value);
    tests.delete(urls);
    this.tests.value = tests;
  }
}

/** Whether a server does what it is there for. */
export const isGood = ({ verdict }: ServerVerdict): boolean => verdict === 'works' || verdict === 'untranslated';
