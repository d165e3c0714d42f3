// What a call page is made of, and when it does not come about: the product's own wiring in the world of a person, before and after a click.
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyGroupModel } from '../../../src/call/model/group-model.ts';
import { emptyOwnModel } from '../../../src/call/model/own-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import type { CallCarriers, CallWorld } from '../../../src/call/page/call-world.ts';
import { loadFlows } from '../../../src/call/page/load-flows.ts';
import { openCall } from '../../../src/call/page/open-call.ts';
import { formatGuestLink } from '../../../src/core/identity/contact-link.ts';
import { FakeLinks } from '../../support/doubles/fake-links.ts';
import { nobodyChats } from '../../support/persons/call-page-double.ts';
import { setBlocked } from '../../support/persons/contact-steps.ts';
import { Person } from '../../support/persons/person.ts';
import { personWorld } from '../../support/persons/person-world.ts';
import { SimulatedWorld } from '../../support/worlds/simulated-world.ts';

const turn = [{ urls: 'turn:turn.example:3478', username: 'u', credential: 'p' }];

let simulated: SimulatedWorld;
let [alice, bob, carol]: Person[] = [];
let world: CallWorld;
/** What was asked of the carriers. */
let made: { readonly relayOnly: boolean }[];
let pools: number;
/** How often making ready has begun. */
let begun: number;

// Simulated time does not wait for files.
beforeAll(() => loadFlows());

beforeEach(async () => {
  simulated = new SimulatedWorld(3);
  const links = new FakeLinks(simulated.clock);
  const people = await Promise.all(['Alice', 'Bob', 'Carol'].map((name) => Person.make(simulated, links, name)));
  [alice, bob, carol] = people;
  const [person] = people;
  if (!person || !bob || !carol) throw new Error('nobody');
  person.knows(bob);
  person.knows(carol);
  [made, begun, pools] = [[], 0, 0];
  const of = personWorld({ person, world: simulated, links, toldAfterMs: 0, onHeld: () => undefined });
  world = { ...of, carriers: async () => watched(await of.carriers()) };
});

function watched(carriers: CallCarriers): CallCarriers {
  return {
    ...carriers,
    prepareMaterial: async (sealer, ice) => {
      begun += 1;
      made.push({ relayOnly: (await ice).relayOnly });
      return carriers.prepareMaterial(sealer, ice);
    },
    relaysOf: (...asked) => {
      pools += 1;
      return carriers.relaysOf(...asked);
    },
  };
}

const known = (person: Person | undefined): string => person?.id ?? '';

/** Opens a page for these people or this link. */
async function open(whom: Parameters<typeof openCall>[0], change: Partial<CallWorld> = {}) {
  const models = { model: emptyPersonModel(), own: emptyOwnModel(), group: emptyGroupModel() };
  const opened = await openCall(whom, { ...world, ...change }, { ...models, chat: nobodyChats });
  return { ...models, opened };
}

/** As the page of a call to make does it. */
async function offer(...contactIds: readonly string[]) {
  const { model, group, opened } = await open({ contactIds });
  if ('why' in opened) throw new Error(opened.why);
  opened.sit(true);
  opened.offerOutgoing('video');
  await simulated.settle();
  return { model, group, opened };
}

describe('there is no call', () => {
  test('while nobody has an identity here', async () => {
    const { opened } = await open({ contactIds: [known(bob)] }, { own: async () => undefined });
    expect(opened).toEqual({ why: 'no-identity' });
  });

  test('with somebody whom the phone book does not have', async () => {
    expect((await open({ contactIds: ['ab'.repeat(32)] })).opened).toEqual({ why: 'unknown-contact' });
    expect((await open({ contactIds: [] })).opened).toEqual({ why: 'unknown-contact' });
  });

  test('by a link that is none', async () => {
    expect((await open({ guestLink: 'ffc:1:nonsense' })).opened).toEqual({ why: 'unknown-contact' });
  });

  test('with somebody who is blocked', async () => {
    if (alice && bob) await setBlocked(alice, bob, true);
    expect((await open({ contactIds: [known(bob)] })).opened).toEqual({ why: 'blocked-contact' });
  });
});

test('of several, whoever is blocked is left out', async () => {
  if (alice && bob) await setBlocked(alice, bob, true);
  const { group } = await offer(known(bob), known(carol));
  expect(group.participants.value.map(({ id }) => id)).toEqual([known(carol)]);
});

// README.md#protects-pages. Seen to fail with `prepareOutgoing(media)` in offerOutgoing.
test('a page that was only opened makes nothing ready and comes to no relay; a click does both', async () => {
  const { model, opened } = await offer(known(bob), known(carol));
  await simulated.pass(5_000);
  expect([made.length, pools, simulated.frames.length]).toEqual([0, 0, 0]);
  expect(model.phase.value).toEqual({ phase: 'before' });
  opened.actions.startCall('video');
  await simulated.pass(1_000);
  expect([made.length, pools]).toEqual([2, 2]);
  expect(simulated.frames.length).toBeGreaterThan(0);
});

// Seen to fail with the servers read before the material is made.
test('keys and certificate are made while it is found out which servers to ask', async () => {
  const { read } = world.settings;
  let wait = Promise.resolve();
  let goOn: () => void = () => undefined;
  world = { ...world, settings: { ...world.settings, read: () => wait.then(read) } };
  const { opened } = await offer(known(bob));
  wait = new Promise((resolve) => {
    goOn = resolve;
  });
  opened.actions.startCall('video');
  await simulated.settle();
  expect([begun, made.length, pools]).toEqual([1, 0, 0]);
  goOn();
  await simulated.pass(1_000);
  expect([begun, made.length, pools]).toEqual([1, 1, 1]);
});

describe('where the address is to be hidden', () => {
  test('and there is no server to hide behind, nobody is called', async () => {
    await alice?.change({ hideAddress: true });
    const { model, opened } = await offer(known(bob));
    expect(model.addressHiding.value).toBe('impossible');
    opened.actions.startCall('video');
    await simulated.pass(1_000);
    expect(model.phase.value).toMatchObject({ phase: 'ended', reason: 'cannot-hide-address' });
    expect(simulated.frames).toEqual([]);
  });

  // Seen to fail with addressHiding left out of openCall.
  test('only servers that hide it carry the call', async () => {
    await alice?.change({ hideAddress: true, iceServers: turn });
    const { model, opened } = await offer(known(bob));
    expect(model.addressHiding.value).toBe('on');
    opened.actions.startCall('video');
    await simulated.pass(1_000);
    expect(made).toEqual([{ relayOnly: true }]);
  });
});

describe('a guest link', () => {
  /** A link of Bob to a call of his. */
  async function linkOfBob(): Promise<string> {
    if (!bob) throw new Error('nobody');
    const [ed25519, x25519] = [bob.signer.publicKey, bob.opener.publicKey];
    const link = {
      ed25519,
      x25519,
      inboxSecret: new Uint8Array(16).fill(9),
      relays: bob.relays,
      name: 'Bob',
      madeAt: 1,
    };
    return formatGuestLink(link, { sealer: simulated.sealer, signer: bob.signer });
  }

  test.each(['a contact', 'a stranger'])('of %s leads to the inbox of that call', async (who) => {
    if (who === 'a stranger') alice?.contacts.delete(known(bob));
    else if (alice && bob) alice.knows(bob, { theirInbox: new Uint8Array(16).fill(1) });
    const { model, opened } = await open({ guestLink: await linkOfBob() });
    if ('why' in opened) throw new Error(opened.why);
    expect([model.contactId.value, model.contactName.value]).toEqual([known(bob), 'Bob']);
    opened.sit(false);
    opened.offerOutgoing('video');
    opened.actions.startCall('video');
    const rings = bob?.rings.length;
    await simulated.pass(3_000);
    expect(simulated.frames.length).toBeGreaterThan(0);
    expect(bob?.rings.length).toBe(rings);
  });

  test('is made on a page without a background too', async () => {
    const { request: _request, ...alone } = world;
    const models = { model: emptyPersonModel(), own: emptyOwnModel(), group: emptyGroupModel() };
    const opened = await openCall({ contactIds: [known(bob)] }, alone, { ...models, chat: nobodyChats });
    if ('why' in opened) throw new Error(opened.why);
    opened.shownGroup.actions.makeGuestLink();
    await vi.waitFor(() => expect(models.group.guestLink.value).toMatch(/^ffc:1:/));
  });
});
