// Makes what carries a call: relays, signaling, the connection and the link around it. Large, and not needed for the first screen: loaded by
// load-flows.ts right after it.

import { connectedRelays } from '../../connectivity/relay-findings.ts';
import { toBase64url } from '../../core/base/bytes.ts';
import type { RelayPool } from '../../core/base/ports.ts';
import type { CallEvent } from '../../core/call/call-machine.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { CheckStep } from '../../core/network/check-steps.ts';
import { askableServers } from '../../core/network/ice-server.ts';
import type { NetworkFindings } from '../../core/network/network-findings.ts';
import type { CallConnection } from '../../link/connection/call-connection.ts';
import type { IceChoice } from '../../link/connection/call-material.ts';
import { watchForTurn } from '../../link/connection/turn-watch.ts';
import type { ControlWords } from '../../link/proven/control-words.ts';
import type { FlowParts } from '../../link/signaling/call-flow.ts';
import { CalleeFlow } from '../../link/signaling/callee-flow.ts';
import { CallerFlow } from '../../link/signaling/caller-flow.ts';
import { type People, PeoplePool, secondWayMs } from '../../link/signaling/people-pool.ts';
import { passingLink } from '../../platform/crypto/own-link.ts';
import { readyServers } from '../../platform/crypto/turn-password.ts';
import type { CallHiding } from '../group/call-hiding.ts';
import type { PersonModel } from '../model/person-model.ts';
import type { FlowEvents } from '../pair/call-supplies.ts';
import type { CallCarriers, CallWorld, OwnPerson } from './call-world.ts';

/** After a failed call both sides wait for each other's findings: this has to be over well before. */
const findOutMs = 5_000;

/** Our address in one call. */
export interface CallAddress {
  /** It stays hidden, as far as it was decided. */
  isHidden: boolean;
  /** Of somebody who is no contact: begins to hide in mid-call. */
  hideNow: (() => void) | undefined;
}

export interface FlowMakerParts {
  readonly world: Pick<CallWorld, 'contacts' | 'settings' | 'sealer' | 'clock'>;
  readonly carriers: CallCarriers;
  /** Who calls here. */
  readonly self: OwnPerson;
  readonly contact: Contact;
  /** As they were when the page was opened. */
  readonly settings: Settings;
  readonly model: PersonModel;
  /** Those who are in the call already. */
  readonly people: People;
  /** Whether this call hides our address from anybody. */
  readonly hiding: Pick<CallHiding, 'isOn'>;
  /** How the first words get there: over relays, or through people who are linked to both of us. */
  readonly route: 'relays' | 'people';
  /** The call that this one takes the place of. */
  readonly moves?: FlowParts['moves'];
  /** What features say over the link. */
  readonly words: ControlWords;
  /** The connection that will carry the call: devices put their tracks on it. */
  readonly attach: (connection: CallConnection) => void;
  readonly address: CallAddress;
}

export class FlowMaker {
  readonly #parts: FlowMakerParts;

  constructor(parts: FlowMakerParts) {
    this.#parts = parts;
  }

  /** A caller comes to the relays where the contact listens. */
  async caller(dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CallerFlow> {
    const { contact, settings, route, address } = this.#parts;
    // Whom others brought here may name a relay of their own, which would see the address.
    const isSafe = (relay: string) => route === 'relays' || !address.isHidden || settings.relays.includes(relay);
    return CallerFlow.prepare(await this.#flowParts(contact.relays.filter(isSafe), dispatch, events));
  }

  /** A callee answers over its own relays only: never connects to an address that a caller supplied. */
  async callee(call: TakenCall, dispatch: (event: CallEvent) => void, events: FlowEvents): Promise<CalleeFlow> {
    return CalleeFlow.prepare(await this.#flowParts('own', dispatch, events), call);
  }

  /** Looks at the own network: asks the own relays and the servers of the call, nobody else. */
  async findOut(onStep: (step: CheckStep) => void): Promise<NetworkFindings> {
    const { settings, carriers, address, world } = this.#parts;
    return carriers.findOut({
      servers: (await this.#iceChoice(address.isHidden)).servers,
      hidesAddress: address.isHidden,
      withinMs: findOutMs,
      relays: connectedRelays(settings.relays, (urls) => carriers.ownRelays(urls), world.clock, findOutMs),
      onStep,
    });
  }

  async #flowParts(
    theirs: readonly string[] | 'own',
    dispatch: (event: CallEvent) => void,
    events: FlowEvents,
  ): Promise<FlowParts> {
    const { world, carriers, self, contact, words, attach, hiding, address } = this.#parts;
    const { contacts, sealer, clock } = world;
    let isFirst = true;
    const openPool = () => {
      const pool = this.#openPool(theirs, isFirst);
      isFirst = false;
      return pool;
    };
    const choice = Promise.all([this.#iceChoice(false), this.#iceChoice(true), contacts.get(contact.id)]).then(
      ([open, hidden, known]) => {
        // Whoever is no contact is hidden from as soon as anybody in this call is.
        if (!known && hiding.isOn) address.isHidden = true;
        return { known, hidden, ice: () => (address.isHidden ? hidden : open) };
      },
    );
    const [{ known, hidden, ice }, link, material] = await Promise.all([
      choice,
      this.#linkInInvites(),
      carriers.prepareMaterial(
        sealer,
        choice.then(({ ice }) => ice()),
      ),
    ]);
    let current = material.connection;
    if (!known)
      address.hideNow = () => {
        address.isHidden = true;
        current.hideAddress(hidden.servers);
      };
    // While the material was made, somebody may have come from whom we hide.
    if (!known && hiding.isOn) address.hideNow?.();
    attach(material.connection);
    const noRelay = { event: 'no-relay-address' } as const;
    const hasNoRelay = address.isHidden
      ? watchForTurn(material.connection, clock, () => dispatch(noRelay))
      : () => false;
    return {
      ...events,
      dispatch: (event) => dispatch(event.event === 'link-failed' && hasNoRelay() ? noRelay : event),
      sealer,
      clock,
      signer: self.signer,
      identityOpener: self.opener,
      dev: toBase64url(self.dev),
      ownLink: link,
      words,
      contact,
      others: () => this.#parts.people.countBeside(contact.id),
      ...(this.#parts.moves ? { moves: this.#parts.moves } : {}),
      material,
      openLink: (opening, events) => {
        const connection = opening.isFresh ? material.renew(ice()) : material.connection;
        current = connection;
        if (opening.isFresh) {
          attach(connection);
          if (opening.role === 'offer') connection.prepareOffer();
        }
        return carriers.openLink({ connection, opening, sealer, clock, events });
      },
      openPool,
    };
  }

  /** Whoever is no contact gets no lasting way to reach us by an invite either; in a running call everybody knows everybody's keys. */
  async #linkInInvites(): Promise<string> {
    const { self, settings, contact, route } = this.#parts;
    const { contacts, sealer, clock } = this.#parts.world;
    if (route === 'people') return '';
    const known = await contacts.get(contact.id);
    if (known && !known.blocked) return self.contactLink();
    return passingLink(self, settings, sealer, clock.now());
  }

  async #iceChoice(relayOnly: boolean): Promise<IceChoice> {
    const { settings, clock } = this.#parts.world;
    const { iceServers } = await settings.read();
    const servers = askableServers(iceServers, relayOnly);
    return { servers: await readyServers(servers, clock.now()), relayOnly };
  }

  /**
   * A call that has lost its way is helped by everybody who may know one: people and relays. A new one between two who are in the call goes
   * through people first, and over relays as well when that takes long.
   */
  #openPool(theirs: readonly string[] | 'own', isFirst: boolean): RelayPool {
    const { people, contact, route, model, settings, carriers, world } = this.#parts;
    const open = (): RelayPool => {
      const pool =
        theirs === 'own' ? carriers.ownRelays(settings.relays) : carriers.relaysOf({ relays: theirs }, settings.relays);
      pool.onState((states) => {
        if (states.some(({ phase }) => phase === 'up')) model.relaysUp.value = true;
        else model.relaysUp.value = people.canReach(contact.id) && route === 'people';
      });
      return pool;
    };
    if (isFirst && route === 'relays') return open();
    const mesh = new PeoplePool(people, contact.id);
    if (!isFirst || !people.canReach(contact.id) || people.needsRelays(contact.id)) mesh.widen(open());
    else {
      model.relaysUp.value = true;
      // Whoever hands over may keep to themselves what they are given.
      world.clock.after(secondWayMs, () => {
        if (!mesh.isClosed) mesh.widen(open());
      });
    }
    return mesh;
  }
}
