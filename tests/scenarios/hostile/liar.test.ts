// A contact in a call who lies about everything, on every channel and all the time: the page of the other person is the product's own, without views.
import '../../support/drivers/extension-texts.ts';
import '../../support/persons/silent-connection.ts';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { emptyChatModel } from '../../../src/call/chat/chat-model.ts';
import { ChatSession } from '../../../src/call/chat/chat-session.ts';
import { emptyGroupModel } from '../../../src/call/model/group-model.ts';
import { emptyOwnModel } from '../../../src/call/model/own-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import { loadFlows } from '../../../src/call/page/load-flows.ts';
import { openCall } from '../../../src/call/page/open-call.ts';
import { type RosterEntry, signEntry } from '../../../src/core/group/roster.ts';
import type { CallConnection } from '../../../src/link/connection/call-connection.ts';
import { FakeConnectionPair } from '../../support/doubles/fake-channels.ts';
import { type FakeLink, FakeLinks } from '../../support/doubles/fake-links.ts';
import { RememberedOffers } from '../../support/doubles/remembered-offers.ts';
import { Person } from '../../support/persons/person.ts';
import { personWorld } from '../../support/persons/person-world.ts';
import { entryOf, sybils } from '../../support/samples/hostile-entries.ts';
import { liesFor, messagesOf, type WordChannel, wordChannels } from '../../support/samples/lies.ts';
import { Disk } from '../../support/worlds/side-pair.ts';
import { SimulatedWorld } from '../../support/worlds/simulated-world.ts';

// The extension's polyfill looks for the extension when it is loaded.
vi.hoisted(() => Object.assign(globalThis, { chrome: { runtime: { id: 'test' } } }));

const channelNumbers: Readonly<Record<Exclude<WordChannel, 'control'>, number>> = { chat: 16, files: 18, mesh: 22 };

let world: SimulatedWorld;
let links: FakeLinks;
let alice: Person;
let liar: Person;
let carol: Person;
const model = emptyPersonModel();
const group = emptyGroupModel();
const chatModel = emptyChatModel();
/** What the liar's end of Alice's connection heard. */
const heard: string[] = [];
const faults: unknown[] = [];
/** How often Alice's page wrote into her phone book. */
let written: number;
let wire: FakeConnectionPair;
let link: FakeLink;
let page: Exclude<Awaited<ReturnType<typeof openCall>>, { readonly why: unknown }>;

beforeAll(() => loadFlows());

/** Words on numbered channels take a turn of the event loop each way. */
async function pass(ms: number): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await world.settle();
  await world.pass(ms);
}

/** The world of Alice, whose connection has channels that open. */
function listening(of: CallWorld): CallWorld {
  const { change, takeLink, ...contacts } = of.contacts;
  const counted =
    <Args extends unknown[], Result>(write: (...args: Args) => Result) =>
    (...args: Args): Result => {
      written += 1;
      return write(...args);
    };
  return {
    ...of,
    contacts: { ...contacts, change: counted(change), takeLink: counted(takeLink) },
    carriers: async () => {
      const carriers = await of.carriers();
      const withChannels = (connection: CallConnection): CallConnection =>
        Object.assign(connection, {
          createDataChannel: (label: string, options: RTCDataChannelInit) => wire.one.createDataChannel(label, options),
        });
      return {
        ...carriers,
        prepareMaterial: async (...asked) => {
          const made = await carriers.prepareMaterial(...asked);
          return { ...made, connection: withChannels(made.connection) };
        },
      };
    },
  };
}

beforeEach(async () => {
  world = new SimulatedWorld(17);
  links = new FakeLinks(world.clock);
  wire = new FakeConnectionPair();
  written = 0;
  [alice, liar, carol] = (await Promise.all(
    ['Alice', 'Mallory', 'Carol'].map((name) => Person.make(world, links, name)),
  )) as [Person, Person, Person];
  for (const one of [liar, carol]) {
    one.knows(alice);
    alice.knows(one);
  }
  const chat = new ChatSession({
    model: chatModel,
    openDisk: async () => new Disk(),
    clock: world.clock,
    isContact: async () => true,
    offered: new RememberedOffers(),
    fault: (...what) => faults.push(what),
  });
  const parts = { person: alice, world, links, toldAfterMs: 0, onHeld: () => undefined };
  const models = { model, own: emptyOwnModel(), group, chat };
  const opened = await openCall({ contactIds: [liar.id] }, listening(personWorld(parts)), models);
  if ('why' in opened) throw new Error(opened.why);
  page = opened;
  page.sit(true);
  page.offerOutgoing('video');
  page.actions.startCall('video');
  await world.until(() => liar.rings.length > 0, 'it rings');
  const before = links.all.length;
  await liar.accept(alice, liar.rings[0] ?? '');
  await world.until(() => model.phase.value.phase === 'connected', 'they talk');
  link = links.all.slice(before).find(({ opening }) => opening.role === 'offer') as FakeLink;
  for (const [name, id] of Object.entries({ ...channelNumbers, 'file-bytes': 20 }))
    wire.two
      .createDataChannel(name, { negotiated: true, id })
      .addEventListener('message', ({ data }) => heard.push(String(data)));
  wire.connect();
  await pass(1_000);
});

afterEach(() => {
  page.actions.leave();
});

function say(channel: WordChannel, words: readonly string[]): void {
  if (channel === 'control') for (const word of words) link.send(JSON.parse(word));
  else for (const word of words) wire.two.channels.get(channelNumbers[channel])?.send(word);
}

const lieOnAll = (count: number) => {
  for (const channel of wordChannels) say(channel, liesFor(channel, count));
};

/** Entries of people who do not exist, each linked to all the others, with every hand up. */
async function claimPeople(): Promise<void> {
  const names = ['Alice', 'Carol', 'Police', 'Support', 'Mum', 'Bank', 'Bob'];
  const made = await Promise.all(
    names.map((name, at) => {
      const one = sybils[at] as (typeof sybils)[number];
      const change: Partial<RosterEntry> = { name, hand: true, locked: true, links: [liar.id], n: world.clock.now() };
      return signEntry(one.signer, entryOf(one, change));
    }),
  );
  say(
    'mesh',
    made.map((signed) => JSON.stringify({ t: 'entry', ...signed })),
  );
}

const shownTexts = () => chatModel.entries.value.flatMap((one) => (one.kind === 'message' ? [one] : []));

// Seen to fail with 999 files that wait for an answer, with any text as a reaction, with any number of reactions, and with messages that are
// acknowledged before they are shown.
test('a contact who lies about everything: the call stays one of two, nothing is believed, and a friend rings (E.87)', async () => {
  const known = alice.contacts.get(liar.id);
  const first = written;
  lieOnAll(300);
  await claimPeople();
  for (let second = 0; second < 10; second++) {
    await pass(1_000);
    lieOnAll(100);
  }
  const ring = await carol.call(alice);
  await world.until(() => alice.rings.includes(ring.callId), 'a friend rings', 10_000);

  expect(model.phase.value.phase).toBe('connected');
  expect(group.participants.value.map(({ id }) => id)).toEqual([liar.id]);
  expect(group.participants.value[0]?.handRaised.value).toBe(false);
  expect(group.isLocked.value).toBe(false);
  expect(group.bridging.value).toEqual([]);
  expect(group.newcomers.value).toEqual([]);
  expect(group.reactions.value.length).toBeLessThanOrEqual(4);
  expect(group.reactions.value.every(({ emoji }) => emoji === '🎉')).toBe(true);
  // The phone book knows what it knew.
  const { theirInbox: _inbox, ...after } = alice.contacts.get(liar.id) ?? {};
  const { theirInbox: _before, ...before } = known ?? {};
  expect(after).toEqual(before);
  expect(written).toBe(first);
  // What it said to have got is on the screen, and the other way round.
  const got = heard.filter((text) => text.startsWith('{"t":"got"')).flatMap((text) => JSON.parse(text).ids as string[]);
  const shown = new Set(shownTexts().map(({ id }) => id));
  expect(got.length).toBeGreaterThan(0);
  expect(got.filter((id) => !shown.has(id))).toEqual([]);
  // No row of a file that was never offered from here, few of the others, and no byte asked for without a yes.
  const files = [...chatModel.files.value.values()].map(({ value }) => value);
  expect(files.filter(({ direction }) => direction === 'out')).toEqual([]);
  const inState = (state: string) => files.filter((one) => one.state === state).length;
  // As many questions as wait at once, and as many pictures of a contact as come by themselves.
  expect([inState('offered'), inState('moving'), files.length]).toEqual([32, 8, 40]);
  expect(faults).toEqual([]);
});

test('whoever has lied is heard again when they say what is true, and is left as anybody else', async () => {
  lieOnAll(300);
  await pass(30_000);
  say(
    'chat',
    messagesOf('Sorry.', 1).map((text) => text.replace('"n":1,', '"n":400,')),
  );
  await pass(1_000);
  expect(shownTexts().map(({ text }) => text)).toContain('Sorry.');
  page.actions.leave();
  await pass(1_000);
  expect(model.phase.value).toMatchObject({ phase: 'ended', reason: 'hung-up' });
});
