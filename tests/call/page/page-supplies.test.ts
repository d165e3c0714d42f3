// What a call page gives one call: which connections may tell our address, to whom it does not begin in the open, and at which relays the call
// is helped. The product's own object; the browser's connections and sockets are doubles that keep what they were asked for.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import type { SuppliesParts } from '../../../src/call/page/page-supplies.ts';
import type { FlowEvents } from '../../../src/call/pair/call-supplies.ts';
import type { Settings } from '../../../src/core/data/settings.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { ControlWords } from '../../../src/link/proven/control-words.ts';
import type { CallFlow } from '../../../src/link/signaling/call-flow.ts';
import { type People, secondWayMs } from '../../../src/link/signaling/people-pool.ts';
import { systemClock } from '../../../src/platform/system-clock.ts';
import { until } from '../../support/runner/condition.ts';

const noEvent = { addListener: () => undefined };
vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: { sendMessage: async () => undefined, getURL: () => 'chrome-extension://test/' },
    permissions: { onAdded: noEvent, onRemoved: noEvent },
  },
}));

const print = Array.from({ length: 32 }, () => 'AB').join(':');
const offer = `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:abcd\r\na=fingerprint:sha-256 ${print}\r\n`;

class KeptConnection extends EventTarget {
  static made: KeptConnection[] = [];
  static generateCertificate = async () => ({});
  signalingState = 'stable';
  configuration: RTCConfiguration;
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription = null;
  constructor(configuration: RTCConfiguration) {
    super();
    this.configuration = configuration;
    KeptConnection.made.push(this);
  }
  getConfiguration = () => this.configuration;
  setConfiguration = (configuration: RTCConfiguration) => {
    this.configuration = configuration;
  };
  addTransceiver = () => ({ sender: { track: null }, receiver: {}, setCodecPreferences: () => undefined });
  createDataChannel = () => Object.assign(new EventTarget(), { readyState: 'connecting', label: 'control' });
  createOffer = async () => ({ type: 'offer', sdp: offer });
  getTransceivers = () => [];
  close = () => {
    this.signalingState = 'closed';
  };
}

class KeptSocket extends EventTarget {
  static opened: string[] = [];
  readyState = 0;
  constructor(url: string) {
    super();
    KeptSocket.opened.push(url);
  }
  send(): void {}
  close(): void {}
}

vi.stubGlobal('RTCPeerConnection', KeptConnection);
vi.stubGlobal('WebSocket', KeptSocket);
vi.stubGlobal('addEventListener', () => undefined);
vi.stubGlobal('navigator', { languages: ['en'] });

const { PageSupplies } = await import('../../../src/call/page/page-supplies.ts');
const { loadFlows } = await import('../../../src/call/page/load-flows.ts');
const { emptyPersonModel } = await import('../../../src/call/model/person-model.ts');
const { extensionWorld } = await import('../../../src/call/page/extension-world.ts');
const { ownPorts } = await import('../../../src/platform/crypto/own-ports.ts');
const { deriveIdentityKeys } = await import('../../../src/platform/crypto/identity-keys.ts');
const { makeLogger } = await import('../../../src/platform/logger.ts');
const { defaultSettings } = await import('../../../src/core/data/settings.ts');

const turn = [{ urls: 'turn:turn.example:3478', username: 'u', credential: 'p' }] as const;
/** Of one test: a socket of an earlier one may still be opened. */
let [ownRelay, theirRelay] = ['', ''];
let tests = 0;
const opened = () => [ownRelay, theirRelay].filter((url) => KeptSocket.opened.includes(`${url}/`));
let stranger: Contact = {
  id: 'ab'.repeat(32),
  name: 'Sybil',
  ed25519: new Uint8Array(32).fill(1),
  x25519: new Uint8Array(32).fill(9),
  inboxSecret: new Uint8Array(16),
  relays: [],
  addedAt: 0,
  addedFrom: 'call',
  blocked: false,
  verification: { state: 'unverified' },
};

const hiding = { isOn: false };
let reaches: boolean;
let needsRelays: boolean;
let settings: Settings;
let world: CallWorld;
let parts: SuppliesParts;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  vi.useRealTimers();
  KeptConnection.made = [];
  KeptSocket.opened = [];
  tests += 1;
  [ownRelay, theirRelay] = [`wss://own-${tests}.example`, `wss://theirs-${tests}.example`];
  stranger = { ...stranger, relays: [theirRelay, ownRelay] };
  hiding.isOn = false;
  [reaches, needsRelays] = [true, false];
  settings = { ...defaultSettings, relays: [ownRelay], iceServers: turn };
  world = await extensionWorld(makeLogger('call'));
  await world.settings.change(settings);
  const people: People = {
    needsRelays: () => needsRelays,
    pass: () => true,
    listen: () => () => undefined,
    canReach: () => reaches,
    countBeside: () => 0,
    namesBeside: () => [],
    onChange: () => () => undefined,
  };
  parts = {
    world,
    isGuest: false,
    self: {
      ...ownPorts({ keys: await deriveIdentityKeys(new Uint8Array(32).fill(3)) }),
      name: 'Alice',
      dev: new Uint8Array(8),
      contactLink: async () => 'ffc:1:alice',
    },
    contact: stranger,
    settings,
    model: emptyPersonModel(),
    hold: { hold: () => undefined, release: () => undefined } as unknown as SuppliesParts['hold'],
    people,
    hiding,
    together: [],
    page: 'page',
    recorded: () => [],
    route: 'people',
    loadFlows,
    attach: () => undefined,
    words: new ControlWords(systemClock),
  };
});

const flows: CallFlow[] = [];
afterEach(() => {
  for (const flow of flows.splice(0)) flow.leaveRelays();
});

const call = (more: Partial<SuppliesParts> = {}): Promise<CallFlow> => caller(supplies(more));
async function caller(made: InstanceType<typeof PageSupplies>): Promise<CallFlow> {
  const flow = await made.caller(() => undefined, {} as FlowEvents);
  flows.push(flow);
  return flow;
}
const supplies = (more: Partial<SuppliesParts> = {}) => new PageSupplies({ ...parts, ...more });
/** Those that carry calls: another one reads a certificate and gathers nothing. */
const connections = () => KeptConnection.made.filter(({ configuration }) => configuration.iceTransportPolicy);
const policies = () => connections().map(({ configuration }) => configuration.iceTransportPolicy);

describe('E.57 H2 the address in a call with somebody whom others brought', () => {
  test('is told where nobody is hidden from', async () => {
    await call();
    expect(policies()).toEqual(['all']);
  });

  test('is hidden where the contact that was handed over says so', async () => {
    await call({ contact: { ...stranger, hideAddress: true } });
    expect(policies()).toEqual(['relay']);
    expect(connections()[0]?.configuration.iceServers).toMatchObject([{ urls: 'turn:turn.example:3478' }]);
  });

  test('is hidden where the call hides from anybody by then, whatever was handed over', async () => {
    hiding.isOn = true;
    await call();
    expect(policies()).toEqual(['relay']);
  });

  test('is told to a contact from whom nothing is hidden, in the same call', async () => {
    hiding.isOn = true;
    await world.contacts.add(stranger);
    const made = supplies();
    await caller(made);
    made.hideFromStranger();
    expect(policies()).toEqual(['all']);
  });

  test('is told no more from the moment on when somebody comes from whom we hide', async () => {
    const made = supplies();
    await caller(made);
    expect(policies()).toEqual(['all']);
    made.hideFromStranger();
    expect(policies()).toEqual(['relay']);
    expect(connections()[0]?.configuration.iceServers).toMatchObject([{ urls: 'turn:turn.example:3478' }]);
  });

  test('a connection that cannot begin to hide is given up', async () => {
    const made = supplies();
    await caller(made);
    const [connection] = connections();
    if (!connection) throw new Error('no connection');
    connection.setConfiguration = () => {
      throw new DOMException('no', 'InvalidModificationError');
    };
    made.hideFromStranger();
    expect(connection.signalingState).toBe('closed');
  });

  test('servers are those of the settings as they are now', async () => {
    await world.settings.change({ iceServers: [] });
    await call({ contact: { ...stranger, hideAddress: true } });
    expect(connections()[0]?.configuration).toMatchObject({ iceServers: [], iceTransportPolicy: 'relay' });
  });
});

describe('the relays of a call that people help to make', () => {
  const untilOpened = (...urls: readonly string[]) =>
    until(() => urls.every((url) => opened().includes(url)), { what: 'sockets', everyMs: 5 });

  test('are left alone at first, and asked when it takes long (E.68, M4)', async () => {
    await call();
    expect(opened()).toEqual([]);
    await untilOpened(theirRelay, ownRelay);
  });

  test('are left alone for good where the call was made in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const flow = await call();
    flow.leaveRelays();
    vi.advanceTimersByTime(60_000);
    expect(opened()).toEqual([]);
  });

  test.each([
    ['after people have failed', true, true],
    ['where nobody reaches them', false, false],
  ])('are asked at once %s', async (_when, needs, can) => {
    [needsRelays, reaches] = [needs, can];
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await call();
    await vi.advanceTimersByTimeAsync(secondWayMs - 100);
    expect(opened()).toEqual([ownRelay, theirRelay]);
  });

  test('are none that only they know while the address is hidden (E.63)', async () => {
    needsRelays = true;
    await call({ contact: { ...stranger, hideAddress: true } });
    await untilOpened(ownRelay);
    expect(opened()).toEqual([ownRelay]);
  });

  test('are those of a contact whom we call ourselves, hidden or not: that was chosen', async () => {
    await world.contacts.add({ ...stranger, hideAddress: true });
    await call({ contact: { ...stranger, hideAddress: true }, route: 'relays' });
    await untilOpened(theirRelay);
  });
});

describe('what is kept of the other side', () => {
  test('is nothing of somebody who is no contact', async () => {
    await supplies().remember(stranger.id, { state: 'verified', at: 1 });
    expect(await world.contacts.all()).toEqual([]);
  });
});

describe('what carries a call', () => {
  test('is loaded with the first call, and whoever waits for it hears that it cannot be', async () => {
    let loads = 0;
    const made = supplies({
      loadFlows: () => {
        loads += 1;
        return loads > 1 ? loadFlows() : Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
      },
    });
    expect(loads).toBe(0);
    await expect(caller(made)).rejects.toThrow('Failed to fetch');
    await caller(supplies());
  });
});
