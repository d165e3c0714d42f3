// A server link in the settings: read, tested, added, renewed and removed as one thing, while people type and networks are slow.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ServerVerdict } from '../../../src/connectivity/server-verdict.ts';
import { defaultSettings, type Settings } from '../../../src/core/data/settings.ts';
import { formatServerLink, type ServerLink } from '../../../src/core/network/server-link.ts';
import { OwnServersModel } from '../../../src/options/model/own-servers-model.ts';
import type { RelayReport } from '../../../src/platform/relay/test-relay.ts';
import { sealer } from '../../support/samples/test-identity.ts';

// The extension's polyfill looks for the extension when it is loaded.
vi.hoisted(() => Object.assign(globalThis, { chrome: { runtime: { id: 'test' } } }));

const turn = { urls: 'turn:call.example.org:3478', username: '1:a', credential: 'p' };
const link: ServerLink = {
  name: 'call.example.org',
  relays: ['mqtt+wss://call.example.org/mqtt'],
  iceServers: [turn],
  endsAt: 1_800_000_000_000,
};
const works: ServerVerdict = { verdict: 'works', publicAddresses: [], relays: [] };
const up: RelayReport = {
  url: 'mqtt+wss://call.example.org/mqtt',
  dialect: 'mqtt',
  roundTripMs: 5,
  acked: true,
  holds: false,
  maxBytes: 32_818,
};

describe('own servers', () => {
  const settings = signal<Settings>(defaultSettings);
  let said: string[];
  /** What was asked, and how it is answered. */
  let askedRelays: { readonly url: string; answer(report: RelayReport): void }[];
  let askedServers: { readonly urls: string; answer(verdict: ServerVerdict): void }[];
  let model: OwnServersModel;
  const soon = 1_700_000_000_000;

  beforeEach(() => {
    settings.value = { ...defaultSettings, relays: ['wss://relay.example'] };
    [said, askedRelays, askedServers] = [[], [], []];
    model = new OwnServersModel(
      {
        settings,
        change: async (changed, words) => {
          settings.value = { ...settings.value, ...changed };
          said.push(words);
        },
        test: (url) => new Promise((answer) => askedRelays.push({ url, answer })),
      },
      ({ urls }) => new Promise((answer) => askedServers.push({ urls, answer })),
    );
  });

  /** Types a link and waits until its test has begun. */
  async function look(of: ServerLink, now = soon): Promise<{ over: Promise<void> }> {
    model.type(`Hello, ${await formatServerLink(of, sealer)}`);
    const count = askedRelays.length + askedServers.length;
    const over = model.look(now);
    await vi.waitFor(() =>
      expect(askedRelays.length + askedServers.length).toBe(count + of.relays.length + of.iceServers.length),
    );
    return { over };
  }

  test('typing asks nobody; testing asks exactly what the link names', async () => {
    model.type(await formatServerLink(link, sealer));
    expect([askedRelays, askedServers]).toEqual([[], []]);
    const { over } = await look(link);
    expect(askedRelays.map(({ url }) => url)).toEqual(link.relays);
    expect(askedServers.map(({ urls }) => urls)).toEqual([turn.urls]);
    expect(model.found.value).toMatchObject({ name: 'call.example.org', renews: false, hasEnded: false });
    expect(model.found.value?.relays.get(up.url)).toBe('testing');
    askedServers[0]?.answer(works);
    await vi.waitFor(() => expect(model.found.value?.iceServers.get(turn.urls)).toEqual(works));
    askedRelays[0]?.answer(up);
    await over;
    expect(model.found.value?.relays.get(up.url)).toEqual(up);
  });

  test('adds all of it in one change, and empties the field', async () => {
    await look(link);
    await model.add();
    expect(settings.value.relays).toEqual([...link.relays, 'wss://relay.example']);
    expect(settings.value.iceServers).toEqual([turn]);
    expect(model.servers).toHaveLength(1);
    expect(said).toEqual(['optionsOwnServerAdded call.example.org']);
    expect([model.typed.value, model.found.value]).toEqual(['', undefined]);
  });

  test('knows a server again: renews it, and removes it as one thing', async () => {
    await look(link);
    await model.add();
    await look({ ...link, iceServers: [{ ...turn, credential: 'newer' }] }, 1_900_000_000_000);
    expect(model.found.value).toMatchObject({ renews: true, hasEnded: true });
    await model.add();
    expect(settings.value.iceServers).toEqual([{ ...turn, credential: 'newer' }]);
    const [server] = model.servers;
    if (!server) throw new Error('no server');
    await model.remove(server);
    expect(settings.value).toMatchObject({ relays: ['wss://relay.example'], iceServers: [], ownServers: [] });
    expect(said).toEqual([
      'optionsOwnServerAdded call.example.org',
      'optionsOwnServerRenewed call.example.org',
      'optionsOwnServerRemoved call.example.org',
    ]);
  });

  test('says why a link is none, and forgets it when something else is typed', async () => {
    model.type('ffc-server:1:AAAA');
    await model.look();
    expect(model.refusal.value).toBe('damaged');
    model.type('ffc-server:1:AAAB');
    expect(model.refusal.value).toBeUndefined();
    await model.add();
    expect(settings.value.ownServers).toEqual([]);
  });

  test('an answer that comes after another link was typed is not said of that one', async () => {
    const { over } = await look(link);
    const other: ServerLink = { ...link, name: 'other' };
    await look(other);
    askedRelays[0]?.answer({ url: up.url, failed: 'unreachable' });
    askedServers[0]?.answer({ verdict: 'unauthorized' });
    await over;
    expect(model.found.value?.name).toBe('other');
    expect(model.found.value?.relays.get(up.url)).toBe('testing');
    expect(model.found.value?.iceServers.get(turn.urls)).toBe('testing');
    model.type('');
    askedRelays[1]?.answer(up);
    expect(model.found.value).toBeUndefined();
  });
});
