// Guests at the door: who is shown, who is let in, who is not heard again.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { Lobby } from '../../../src/call/group/lobby.ts';
import type { PairCall, Seat } from '../../../src/call/group/seat.ts';
import { emptyGroupModel } from '../../../src/call/model/group-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import { toBase64url, toHex } from '../../../src/core/base/bytes.ts';
import type { Lookalike } from '../../../src/core/base/lookalike-name.ts';
import type { KnockView } from '../../../src/core/call/requests.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { formatContactLink } from '../../../src/core/identity/contact-link.ts';
import type { AddressHiding } from '../../../src/core/network/hidden-address.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { sealer, testIdentity } from '../../support/samples/test-identity.ts';

const model = emptyGroupModel();
let clock: ManualClock;
let lobby: Lobby;
let events: string[];
let told: string[];
let isFull: boolean;
let hiding: AddressHiding;
let lookalike: Lookalike | undefined;
let made: Contact[];
/** Of the inbox where guests of this call ask, as the lobby has said it. */
let ownDoor: string;

beforeEach(() => {
  clock = new ManualClock();
  events = [];
  told = [];
  isFull = false;
  hiding = 'off';
  lookalike = undefined;
  made = [];
  Object.assign(model, emptyGroupModel());
  lobby = new Lobby({
    model,
    group: {
      people: {
        get isFull() {
          return isFull;
        },
      },
      seatOf: () => undefined,
      admission: { lookalike: () => lookalike, hiding: { toward: async () => hiding } },
      sit: (call) => {
        events.push(`${call.contact.name} sits`);
        return undefined as unknown as Seat;
      },
    },
    clock,
    sealer,
    contact: async () => undefined,
    makeCall: (contact) => {
      made.push(contact);
      return doubleCall(contact);
    },
    onGone: () => void events.push('let go'),
    openDoor: async (secret) => {
      ownDoor = toBase64url(secret);
      return `link of ${secret.length}`;
    },
    door: () => ownDoor,
    tell: (call, _name, says) => void told.push(`${call.callId}: ${says}`),
    onTaken: () => undefined,
    fault: (what) => void events.push(`fault: ${what}`),
  });
  lobby.makeGuestLink();
});

function doubleCall(contact: Contact): PairCall {
  const session = {
    prepareIncoming: () => void events.push('prepared'),
    accept: () => void events.push('accepted'),
    turnAway: () => void events.push('turned away'),
  };
  return {
    contact,
    route: 'relays',
    model: emptyPersonModel(),
    session: session as unknown as PairCall['session'],
    cards: { state: signal('contact'), addToContacts: () => undefined },
    show: () => undefined,
    link: undefined,
    shown: new Map(),
  };
}

async function knockOf(seed: number, callId = `call ${seed}`, linkSeed = seed, door = ownDoor): Promise<KnockView> {
  const [sender, link] = await Promise.all([testIdentity(seed), testIdentity(linkSeed)]);
  const { ed25519, x25519 } = link;
  return {
    call: {
      callId,
      contactId: toHex(sender.ed25519),
      media: 'video',
      st: toBase64url(new Uint8Array(32)),
      ek: toBase64url(sender.x25519),
      cm: toBase64url(new Uint8Array(32)),
      nextN: 1,
      callerDev: 'dev',
      expiresAt: clock.now() + 60_000,
    },
    door,
    link: await formatContactLink(
      { ed25519, x25519, inboxSecret: new Uint8Array(16), relays: [], name: `Guest ${seed}`, madeAt: 1 },
      { sealer, signer: link.signer },
    ),
  };
}

const idOf = ({ call }: KnockView) => call.contactId;
const shown = () => model.knocks.value.map(({ name }) => name);

describe('somebody who knocks', () => {
  test('is shown by the name in their link, as nobody we know', async () => {
    await lobby.heard([await knockOf(1)]);
    expect(model.knocks.value).toMatchObject([{ name: 'Guest 1', isContact: false }]);
  });

  test('with the link of somebody else is not shown', async () => {
    await lobby.heard([await knockOf(1, 'call', 2)]);
    expect(shown()).toEqual([]);
  });

  // docs/hostile-cases.md#e81. Seen to fail with the door not compared: two calls of one browser hear of the same knocks.
  test('at the door of another call of this browser is neither shown nor let in here', async () => {
    const theirs = await knockOf(1, 'call', 1, 'the door of another call');
    await lobby.heard([theirs]);
    expect(shown()).toEqual([]);
    lobby.admit(idOf(theirs));
    expect(events).toEqual([]);
    // Who is seen here is not taken down by news of the other door.
    const ours = await knockOf(2);
    await lobby.heard([theirs, ours]);
    await lobby.heard([ours]);
    expect(shown()).toEqual(['Guest 2']);
  });

  test('goes away with the invite, and when it is too old', async () => {
    const [one, two] = [await knockOf(1), await knockOf(2)];
    await lobby.heard([one, two]);
    await lobby.heard([two]);
    expect(shown()).toEqual(['Guest 2']);
    await clock.advance(60_000);
    expect(shown()).toEqual([]);
  });

  test('is let in once', async () => {
    const knock = await knockOf(1);
    await lobby.heard([knock]);
    lobby.admit(idOf(knock));
    lobby.admit(idOf(knock));
    await lobby.heard([knock]);
    expect(events).toEqual(['Guest 1 sits', 'prepared', 'accepted']);
    expect(shown()).toEqual([]);
  });

  test('is not let in where there is no place', async () => {
    const knock = await knockOf(1);
    await lobby.heard([knock]);
    isFull = true;
    lobby.admit(idOf(knock));
    await clock.advance(1);
    expect(events).toEqual([]);
    expect(told).toEqual(['call 1: shown', 'call 1: full']);
  });

  // Seen to fail with 'shown' told before the question whether there is a place.
  test('hears that the call is full or locked instead of waiting for nobody, and may ask again', async () => {
    isFull = true;
    await lobby.heard([await knockOf(1)]);
    isFull = false;
    model.isLocked.value = true;
    await lobby.heard([await knockOf(2)]);
    expect(shown()).toEqual([]);
    model.isLocked.value = false;
    await lobby.heard([await knockOf(1, 'again')]);
    expect(shown()).toEqual(['Guest 1']);
    model.isLocked.value = true;
    expect(shown()).toEqual([]);
    expect(told).toEqual(['call 1: full', 'call 2: locked', 'again: shown', 'again: locked']);
  });

  // Seen to fail with whoever asks anew taken off the list first.
  test('stays on the screen while they ask anew: nobody is told twice that they came', async () => {
    await lobby.heard([await knockOf(1, 'first')]);
    const seen: number[] = [];
    model.knocks.subscribe((knocks) => void seen.push(knocks.length));
    await lobby.heard([await knockOf(1, 'second')]);
    expect(seen.every((count) => count === 1)).toBe(true);
    expect(told).toEqual(['first: shown', 'second: shown']);
  });

  test('is answered on the notification, by the knock that is there now', async () => {
    const knock = await knockOf(1, 'now');
    await lobby.heard([knock]);
    lobby.answered({ callId: 'of another page', admits: true });
    expect(events).toEqual([]);
    lobby.answered({ callId: 'now', admits: true });
    await clock.advance(1);
    expect(events).toEqual(['Guest 1 sits', 'prepared', 'accepted']);
  });

  test('at a door for later is let in by the decision that has opened the page, and is not told of once more', async () => {
    lobby.answered({ callId: 'now', admits: true });
    await lobby.heard([await knockOf(1, 'another'), await knockOf(2, 'now')]);
    await clock.advance(1);
    expect(events).toEqual(['Guest 2 sits', 'prepared', 'accepted']);
    expect(told).toEqual(['another: shown']);
  });

  test('hears nothing where they are not shown: blocked, refused twice, or with the link of somebody else', async () => {
    await lobby.heard([await knockOf(1, 'call', 2)]);
    for (const call of ['first', 'second', 'third']) {
      const knock = await knockOf(3, call);
      await lobby.heard([knock]);
      lobby.refuse(idOf(knock));
    }
    expect(told).toEqual(['first: shown', 'second: shown']);
  });

  test('hears a no, may ask once more, and not a third time', async () => {
    for (const call of ['first', 'second', 'third']) {
      const knock = await knockOf(1, call);
      await lobby.heard([knock]);
      lobby.refuse(idOf(knock));
    }
    expect(events).toEqual(['prepared', 'turned away', 'let go', 'prepared', 'turned away', 'let go']);
  });

  // docs/hostile-cases.md#e61
  test('is let in with a hidden address where the call hides it from anybody (E.61, H2)', async () => {
    const knock = await knockOf(1);
    await lobby.heard([knock]);
    hiding = 'on';
    lobby.admit(idOf(knock));
    await clock.advance(1);
    expect(made.map(({ hideAddress }) => hideAddress)).toEqual([true]);
    expect(events).toEqual(['Guest 1 sits', 'prepared', 'accepted']);
  });

  test('is not let in where the address cannot be hidden from them, and the page says why (E.61, H2)', async () => {
    const knock = await knockOf(1);
    await lobby.heard([knock]);
    expect(model.knocks.value).toMatchObject([{ hiding: 'off' }]);
    hiding = 'impossible';
    lobby.admit(idOf(knock));
    await clock.advance(1);
    expect(events).toEqual([]);
    expect(model.knocks.value).toMatchObject([{ name: 'Guest 1', hiding: 'impossible' }]);
  });

  test('is not let in past a lock that came after the knock (E.61, M2)', async () => {
    const knock = await knockOf(1);
    await lobby.heard([knock]);
    model.isLocked.value = true;
    expect(shown()).toEqual([]);
    lobby.admit(idOf(knock));
    await clock.advance(1);
    expect(events).toEqual([]);
  });

  test('with the name of a contact is shown as somebody else (E.66, F6)', async () => {
    lookalike = { of: 'contact', name: 'Mum' };
    await lobby.heard([await knockOf(1)]);
    expect(model.knocks.value).toMatchObject([{ isContact: false, lookalike }]);
  });

  test('is not shown while the call is locked', async () => {
    model.isLocked.value = true;
    await lobby.heard([await knockOf(1)]);
    expect(shown()).toEqual([]);
  });
});

// README.md#protects-guest
test('one link is made for a call, with a secret of its own', async () => {
  lobby.makeGuestLink();
  lobby.makeGuestLink();
  await clock.advance(1);
  expect(model.guestLink.value).toBe('link of 16');
});
