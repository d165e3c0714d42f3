// The world of a person's call pages in a scenario: the phone book and the background of that person, over simulated relays, with links that
// connect when offer and answer have met. Everything else of a call is the product's own.
import type { CallCarriers, CallWorld } from '../../../src/call/page/call-world.ts';
import { concat, fromBase64url, toBase64url, utf8 } from '../../../src/core/base/bytes.ts';
import type { BackgroundRequests, HeldCall, RequestName } from '../../../src/core/call/requests.ts';
import { formatContactLink } from '../../../src/core/identity/contact-link.ts';
import { linkInboxSecret } from '../../../src/core/identity/inboxes.ts';
import { linkRelays } from '../../../src/platform/crypto/own-link.ts';
import type { FakeLinks } from '../doubles/fake-links.ts';
import type { SimulatedWorld } from '../worlds/simulated-world.ts';
import { MemoryContacts } from './memory-contacts.ts';
import type { Person } from './person.ts';
import { fingerprintOf, silentConnection } from './silent-connection.ts';

type Answers = {
  readonly [Name in RequestName]?: (argument: BackgroundRequests[Name][0]) => Promise<BackgroundRequests[Name][1]>;
};

interface PersonWorldParts {
  readonly person: Person;
  readonly world: SimulatedWorld;
  readonly links: FakeLinks;
  /** What the page says of an answered ring takes so long to reach the background. */
  readonly toldAfterMs: number;
  /** The page says which call it is in, or that it is in none any more. */
  readonly onHeld: (holding: Omit<HeldCall, 'tabId'> | undefined) => void;
}

/** What the background does for a page, as background/request-handlers.ts has it. */
function answersOf({ person, world, toldAfterMs, onHeld }: PersonWorldParts): Answers {
  const hear = (holding: HeldCall | undefined): void => {
    const before = person.held;
    person.held = holding;
    if (holding) void person.ask((runner) => runner.held());
    else if (before) void person.ask((runner) => runner.settle(before.callId));
  };
  return {
    holdCall: async (holding) => {
      onHeld(holding);
      const lateMs = holding ? world.chance(person.holdDelayMs + 1) : 0;
      world.clock.after(lateMs, () => hear(holding && { ...holding, tabId: 1 }));
      return undefined;
    },
    answerRing: async ({ callId, media, inPage }) => {
      await new Promise<void>((resolve) => world.clock.after(toldAfterMs, resolve));
      return { answered: await person.ask((runner) => runner.answer(callId, media, { inPage })) };
    },
    declineRing: async ({ callId }) => ({ declined: await person.decline(callId) }),
    leaveNote: async ({ callId, contactId, media, at }) => {
      const st = toBase64url(world.sealer.randomBytes(32));
      person.notes.all.set(callId, { callId, contactId, media, at, st, triedAt: world.clock.now() });
      return undefined;
    },
    reload: async () => {
      await person.reload();
      return undefined;
    },
  };
}

export function personWorld(parts: PersonWorldParts): CallWorld {
  const { person, world, links } = parts;
  const answers = answersOf(parts);
  const { sealer } = world;
  const { signer, opener, keys, name } = person;
  const carriers: CallCarriers = {
    prepareMaterial: async () => {
      const fingerprint = await sealer.sha256(concat(utf8(person.dev), sealer.randomBytes(8)));
      const connect = () => silentConnection(fingerprint);
      return {
        opener: await sealer.generateOpener(),
        random: sealer.randomBytes(32),
        fingerprint,
        connection: connect(),
        renew: connect,
      };
    },
    openLink: ({ connection, opening, events }) => links.opener(fingerprintOf(connection))(opening, events),
    ownRelays: (urls) => world.pool(urls),
    relaysOf: ({ relays }) => world.pool(relays),
    findOut: () => person.findOut(),
  };
  return {
    own: async () => ({
      name,
      dev: fromBase64url(person.dev) ?? new Uint8Array(8),
      signer,
      opener,
      contactLink: async () => {
        const { linkGeneration, linkMadeAt: madeAt } = person.settings;
        const inboxSecret = await linkInboxSecret(sealer, signer, keys.inboxSecret, linkGeneration);
        const [ed25519, x25519, relays] = [signer.publicKey, opener.publicKey, linkRelays(person.relays)];
        return formatContactLink({ ed25519, x25519, inboxSecret, relays, name, madeAt }, { sealer, signer });
      },
    }),
    contacts: new MemoryContacts(person.contacts).store,
    settings: {
      read: async () => ({ ...person.settings, relays: person.relays }),
      change: (change) => person.change(change),
    },
    onStored: (tell) => void person.watchers.push(tell),
    sealer,
    clock: person.clock,
    makeTones: () => ({ play: () => undefined, stop: () => undefined }),
    logger: {
      info: () => undefined,
      fault: (what, error) => {
        throw new Error(what, { cause: error });
      },
    },
    carriers: async () => carriers,
    page: { close: () => undefined },
    callAgain: async () => undefined,
    request: async (request, argument) => (await answers[request]?.(argument)) as never,
  };
}
