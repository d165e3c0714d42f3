// What tests of STUN and TURN servers gave, while the list of servers changes under them.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ServerVerdict } from '../../../src/connectivity/server-verdict.ts';
import { defaultSettings, type Settings } from '../../../src/core/data/settings.ts';
import type { IceServer } from '../../../src/core/network/ice-server.ts';
import { IceServersModel } from '../../../src/options/model/ice-servers-model.ts';
import type { Drafts } from '../../../src/ui/drafts.ts';

// The extension's polyfill looks for the extension when it is loaded.
vi.hoisted(() => Object.assign(globalThis, { chrome: { runtime: { id: 'test' } } }));

const server: IceServer = { urls: 'turn:192.0.2.1:3478', username: 'alice', credential: 'wrong' };
const works: ServerVerdict = { verdict: 'works', publicAddresses: [], relays: [] };
const unauthorized: ServerVerdict = { verdict: 'unauthorized' };

describe('tests of servers', () => {
  const settings = signal<Settings>(defaultSettings);
  /** Each test that runs: what it was asked of, and how it is answered. */
  let asked: { readonly of: IceServer; answer(verdict: ServerVerdict): void }[];
  let servers: IceServersModel;

  /** As after every change of a setting: the page reads what it has just written. */
  const readAgain = (): void => {
    settings.value = structuredClone(settings.value);
  };
  const only = (): IceServer => {
    const [first] = servers.servers;
    if (!first) throw new Error('There is no server');
    return first;
  };

  beforeEach(() => {
    settings.value = { ...defaultSettings, iceServers: [server] };
    asked = [];
    const change = async (changed: Partial<Settings>): Promise<void> => {
      settings.value = { ...settings.value, ...changed };
    };
    const drafts = {} as Drafts;
    servers = new IceServersModel(
      { settings, change, drafts },
      (of) => new Promise((answer) => asked.push({ of, answer })),
    );
  });

  test('an outcome is shown although the settings were read again meanwhile', async () => {
    const testing = servers.test(only());
    readAgain();
    expect(servers.testOf(only())).toBe('testing');
    asked[0]?.answer(works);
    await testing;
    expect(servers.testOf(only())).toEqual(works);
    readAgain();
    expect(servers.testOf(only())).toEqual(works);
  });

  test('nothing that was found out of a server is said of it once it is changed', async () => {
    const testing = servers.test(only());
    asked[0]?.answer(unauthorized);
    await testing;
    await servers.replace(only(), { ...server, credential: 'right' });
    expect(servers.testOf(only())).toBeUndefined();
  });

  test('a test of what was there before the change neither shows its outcome nor holds up the next', async () => {
    const first = servers.test(only());
    await servers.replace(only(), { ...server, credential: 'right' });
    const second = servers.test(only());
    expect(asked.map(({ of }) => of.credential)).toEqual(['wrong', 'right']);
    asked[1]?.answer(works);
    await second;
    asked[0]?.answer(unauthorized);
    await first;
    expect(servers.testOf(only())).toEqual(works);
  });

  test('a server that was removed and added again was not tested yet', async () => {
    const testing = servers.test(only());
    await servers.remove(only());
    asked[0]?.answer(works);
    await testing;
    await servers.add(server);
    expect(servers.testOf(only())).toBeUndefined();
  });

  test('one test of a server runs at a time', async () => {
    void servers.test(only());
    void servers.test(only());
    void servers.testAll();
    expect(asked).toHaveLength(1);
  });
});
