// Makes the calls of a page, one for each person: all send from the same devices and talk to the same chat, each has a connection, a
// quality control and a model of its own.

import type { Bytes } from '../../core/base/bytes.ts';
import type { RecordedStretch } from '../../core/data/history-entry.ts';
import type { Settings } from '../../core/data/settings.ts';
import { type Contact, mayNotKnowUs } from '../../core/identity/contact.ts';
import { ContactInboxMaker } from '../../core/identity/inboxes.ts';
import { hiddenSize, type PicturePart } from '../../core/media/shown-size.ts';
import type { CallConnection } from '../../link/connection/call-connection.ts';
import { ControlWords } from '../../link/proven/control-words.ts';
import type { FlowParts } from '../../link/signaling/call-flow.ts';
import type { People } from '../../link/signaling/people-pool.ts';
import type { LocalDevices } from '../devices/local-devices.ts';
import type { CallHiding } from '../group/call-hiding.ts';
import type { PairCall } from '../group/seat.ts';
import type { ShownSize } from '../model/group-model.ts';
import type { OwnModel } from '../model/own-model.ts';
import { emptyPersonModel, type PairModel } from '../model/person-model.ts';
import type { Successor } from '../moving/successors.ts';
import { ContactCards } from '../pair/contact-cards.ts';
import { MoveTalk } from '../pair/move-word.ts';
import { PairSession } from '../pair/pair-session.ts';
import type { PairPortraits } from '../pair/portrait-word.ts';
import { RemoteMedia } from '../pair/remote-media.ts';
import { QualityControl } from '../quality/quality-control.ts';
import type { UploadEconomy } from '../quality/upload-economy.ts';
import type { CallWorld, OwnPerson } from './call-world.ts';
import { loadFlows } from './load-flows.ts';
import type { PageHold } from './page-hold.ts';
import { PageSupplies } from './page-supplies.ts';
import { PageTones } from './page-tones.ts';
import { plugPairWords } from './pair-words.ts';

/** A feature with data channels of its own beside the media to each person. */
export interface BesidePlug {
  /** Loads what it needs for the first connection; rejects when it cannot. */
  load?(): Promise<void>;
  /** This connection carries them from now on. Before its first description, so that nothing is negotiated for them. */
  attach(person: Pick<Contact, 'id' | 'name'>, connection: CallConnection): void;
  /**
   * The connection is proven to be theirs: what came is read, and what waited is sent. @param transcript tells the link from every other one,
   * 32 bytes.
   */
  prove(id: string, transcript: Bytes): void;
  /** They are gone, and nothing waits for them any more. */
  part(id: string): void;
}

export interface PairMakerParts {
  readonly world: CallWorld;
  /** Who calls here. */
  readonly self: OwnPerson;
  /** As they were when the page was opened. */
  readonly settings: Settings;
  /** Of the first call, which the page shows from the beginning. */
  readonly model: PairModel;
  /** What is our own in all of them. */
  readonly own: OwnModel;
  readonly devices: LocalDevices;
  /** No call of this page needs them any longer. */
  readonly onDevicesFree: () => void;
  readonly hold: PageHold;
  readonly people: People;
  readonly hiding: Pick<CallHiding, 'isOn'>;
  /** Whom the page was opened to call, by id. */
  readonly together: readonly string[];
  /** The page asks to be let in by a guest link: whoever is there needs not know us. */
  readonly isGuest: boolean;
  /** Which page this is, for the history. */
  readonly page: string;
  /** Who has recorded in these calls. */
  readonly recorded: () => readonly RecordedStretch[];
  /** Divides what this page can send among all of them. */
  readonly economy: UploadEconomy;
  /** What has channels of its own beside the media. */
  readonly beside: readonly BesidePlug[];
  /** Contacts have changed. */
  readonly reloadBackground: () => void;
}

/** A call with its whole session. */
interface MadeCall extends PairCall, Successor {
  readonly session: PairSession;
}

/** How a call is made. */
interface Making {
  readonly route: 'relays' | 'people';
  readonly isFirst?: boolean;
  readonly moves?: FlowParts['moves'];
  /** The call beside which it is made. */
  readonly former?: PairCall;
}

export class PairMaker {
  readonly #parts: PairMakerParts;
  /** Calls that still need the own devices. */
  readonly #live = new Set<PairSession>();
  /** Of the latest call with each, by id. */
  readonly #supplies = new Map<string, PageSupplies>();
  readonly #made = new WeakMap<PairCall, { readonly session: PairSession; readonly words: ControlWords }>();
  readonly #cards = new Map<string, ContactCards>();
  readonly #inboxes: ContactInboxMaker;
  readonly #tones: PageTones;

  constructor(parts: PairMakerParts) {
    this.#parts = parts;
    this.#inboxes = new ContactInboxMaker(parts.world.sealer, parts.self.signer);
    this.#tones = new PageTones(parts.world.makeTones());
  }

  /** The call that the page was opened for. */
  first(contact: Contact): MadeCall {
    return this.#make(contact, { route: 'relays', isFirst: true });
  }

  /** The call that the page goes on with, in place of another device of the person here. @param moves which call. */
  arriving(contact: Contact, moves: NonNullable<FlowParts['moves']>): MadeCall {
    return this.#make(contact, { route: 'people', isFirst: true, moves });
  }

  /** A second call with whom the first is with, at another device of theirs. */
  successor(former: PairCall): Successor {
    return this.#make(former.contact, { route: 'people', former });
  }

  /** One more person in the same call. */
  another(contact: Contact, route: 'relays' | 'people'): PairCall {
    return this.#make(contact, { route });
  }

  /** Somebody is in the call from whom we hide: nobody who is no contact is told an address any more. */
  hideFromStrangers(): void {
    for (const supplies of this.#supplies.values()) supplies.hideFromStranger();
  }

  #make(contact: Contact, { route, isFirst = false, moves, former }: Making): MadeCall {
    const { world, beside, own, devices, economy } = this.#parts;
    const { clock } = world;
    const model = isFirst ? this.#parts.model : emptyPersonModel(this.#parts.model.media);
    model.contactId.value = contact.id;
    model.contactName.value = contact.name;
    const quality = new QualityControl(model, own);
    const remote = new RemoteMedia(model);
    const cards = this.#cardsFor(contact);
    const words = new ControlWords(clock);
    const move = new MoveTalk(words);
    const before = former && this.#made.get(former);
    /** Until it takes the place of another one, what is beside that one stays there. */
    let isBeside = before !== undefined;
    let current: CallConnection | undefined;
    const tones = this.#tones.of(model.phase);
    const supplies = new PageSupplies({
      ...this.#parts,
      contact,
      words,
      model,
      route,
      moves,
      loadFlows: async () => {
        const [flows] = await Promise.all([loadFlows(), ...beside.map((plug) => plug.load?.())]);
        return flows;
      },
      attach: (connection) => {
        remote.follow(connection);
        quality.follow(connection);
        devices.attach(connection);
        current = connection;
        if (isBeside) connection.holdChannels();
        else for (const plug of beside) plug.attach(contact, connection);
      },
    });
    this.#supplies.set(former ? `${contact.id} next` : contact.id, supplies);
    const session = new PairSession({
      model,
      clock,
      contact,
      devices,
      isFirst,
      mayNotKnowUs: route === 'relays' && !this.#parts.isGuest && mayNotKnowUs(contact),
      onOver: () => {
        unplug();
        if (isBeside && before) cards.goBackTo(before.words);
        if (this.#live.delete(session) && this.#live.size === 0) this.#parts.onDevicesFree();
      },
      quality,
      tones: {
        play: (tone, options) => tones.play(tone, { ...options, speakerId: own.chosen.value.speakerId }),
        stop: () => tones.stop(),
      },
      supplies,
    });
    this.#live.add(session);
    const unplug = plugPairWords(words, {
      devices,
      remote,
      quality,
      cards,
      move,
      portraits: this.#portraitsWith(contact.id),
      messages: world.messages && ((said) => world.messages?.talk(contact.id, said)),
      afterPicture: (run) => session.afterPicture(run),
    });
    const prove = (): void => {
      const { transcript } = words;
      if (transcript && !isBeside) for (const plug of beside) plug.prove(contact.id, transcript);
    };
    words.onGreeted(prove);
    if (!isBeside) economy.join(contact.id, quality);
    const shown = new Map<PicturePart, ShownSize>();
    const call: MadeCall = {
      contact,
      route,
      model,
      session,
      cards,
      shown,
      show: (part, size) => {
        shown.set(part, size);
        quality.sizes.showsAt(part, size ?? hiddenSize);
      },
      get link() {
        const { transcript } = words;
        return transcript && session.callId !== undefined ? { callId: session.callId, transcript } : undefined;
      },
      get call() {
        return call;
      },
      say: (state) => move.say(state),
      takeOver: () => {
        isBeside = false;
        if (before) session.succeed(before.session);
        this.#supplies.set(contact.id, supplies);
        if (current) for (const plug of beside) plug.attach(contact, current);
        prove();
        economy.join(contact.id, quality);
        for (const [part, size] of former?.shown ?? []) call.show(part, size);
      },
      onMove: (hear) => {
        move.onHeard = hear;
      },
    };
    this.#made.set(call, { session, words });
    return call;
  }

  #portraitsWith(id: string): PairPortraits | undefined {
    const { portraits, logger } = this.#parts.world;
    if (!portraits) return undefined;
    const fault = (error: unknown) => logger.fault('portrait', error);
    return {
      own: () =>
        portraits().then(
          (all) => all.own(id),
          (error: unknown) => void fault(error),
        ),
      heard: (said) => void portraits().then((all) => all.heard(id, said), fault),
    };
  }

  /** Contacts or settings have changed: whoever may have more of us now is told, over the call with them. */
  lookAtCards(): void {
    for (const cards of this.#cards.values()) cards.look();
  }

  /** What was given to somebody in this call stays given, whatever becomes of a link. */
  #cardsFor(contact: Contact): ContactCards {
    const { self, reloadBackground } = this.#parts;
    const { contacts, sealer, clock, logger } = this.#parts.world;
    const cards =
      this.#cards.get(contact.id) ??
      new ContactCards({
        contact,
        contacts,
        inboxes: this.#inboxes,
        sealer,
        ownLink: self.contactLink,
        ownQuantumKey: async () => self.opener.quantum?.publicKey(),
        now: () => clock.now(),
        onChange: reloadBackground,
        fault: (what, error) => logger.fault(what, error),
      });
    this.#cards.set(contact.id, cards);
    return cards;
  }
}
