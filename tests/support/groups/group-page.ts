// The call page of somebody in a call of several: the product's group session, with calls between two that tests connect and cut.
import { GroupSession } from '../../../src/call/group/group-session.ts';
import type { GroupSessionParts } from '../../../src/call/group/group-session-parts.ts';
import { emptyGroupModel, type Participant } from '../../../src/call/model/group-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import type { Clock, Sealer } from '../../../src/core/base/ports.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import type { ChannelMaker } from '../../../src/link/connection/negotiated-channel.ts';
import type { GroupPerson } from './group-person.ts';
import type { GroupWorld } from './group-world.ts';
import { PairEnd } from './pair-end.ts';

const crashMs = 1_000;

/** The chat of a page, as far as links and people are its business. */
export type PageChat = GroupSessionParts['chat'] & {
  attach(id: string, name: string, connection: ChannelMaker): void;
  prove(id: string): void;
  part(id: string): void;
};

function withSlowChecks(sealer: Sealer, clock: Clock, checkMs: number): Sealer {
  const verify: Sealer['verify'] = async (...signed) => {
    await new Promise<void>((resolve) => clock.after(checkMs, resolve));
    return sealer.verify(...signed);
  };
  // Its methods are those of a class: they are found where they were.
  return Object.assign(Object.create(sealer) as Sealer, { verify });
}

export class GroupPage {
  readonly world: GroupWorld;
  readonly person: GroupPerson;
  readonly model = emptyGroupModel();
  readonly chat: PageChat;
  readonly group: GroupSession;
  #isGone = false;

  constructor(world: GroupWorld, person: GroupPerson) {
    this.world = world;
    this.person = person;
    const { identity, id, name, contacts } = person;
    this.chat = world.chatOf(person);
    this.group = new GroupSession(
      {
        model: this.model,
        clock: world.clock,
        sealer: person.checkMs > 0 ? withSlowChecks(world.sealer, world.clock, person.checkMs) : world.sealer,
        signer: world.signer(identity),
        opener: world.inner.countOpener(identity.opener),
        self: { id, ed25519: identity.ed25519, x25519: identity.x25519, name, relays: [] },
        contact: async (one) => contacts.get(one),
        contacts: async () => [...contacts.values()],
        settings: async () => person.settings,
        ownWord: 'You',
        fault: (what, error) => {
          throw new Error(what, { cause: error });
        },
        makeCall: (contact, route) => this.make(contact, route).pair,
        loadSuccessors: () => Promise.reject(new Error('nobody changes devices here')),
        chat: this.chat,
        onGone: () => undefined,
        onParted: (one) => {
          for (const plug of [this.chat, this.group]) plug.part(one);
        },
        onHides: () => undefined,
        openRelays: async () => world.inner.pool(),
      },
      emptyPersonModel(),
    );
  }

  make(contact: Contact, route: 'relays' | 'people'): PairEnd {
    const end = new PairEnd(this, contact, route);
    this.world.ends.push(end);
    return end;
  }

  /** The call that this page was opened for. */
  first(contact: Contact, direction: 'incoming' | 'outgoing'): PairEnd {
    const end = this.make(contact, 'relays');
    this.group.sit(end.pair, direction === 'outgoing');
    return end;
  }

  begin(end: PairEnd): void {
    end.phase({ phase: 'before' });
    end.start();
  }

  leave(): void {
    this.group.leave();
    this.#isGone = true;
    if (this.person.page === this) this.person.page = undefined;
  }

  /** The ends of this page fall silent; the others notice after a while. */
  crash(): void {
    this.#isGone = true;
    for (const end of this.world.endsOf(this)) {
      const { other, wire } = end;
      end.other = undefined;
      wire?.break();
      end.wire = undefined;
      if (other) this.world.clock.after(crashMs, () => other.end('remote-hung-up'));
    }
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Names of those who are in, as this page shows them. */
  get names(): readonly string[] {
    const { participants } = this.model;
    return participants.value
      .filter(({ presence }) => presence.value === 'in')
      .map(({ model }) => model.contactName.value)
      .sort();
  }

  participant({ id }: GroupPerson): Participant | undefined {
    return this.model.participants.value.find((one) => one.id === id);
  }

  presence(person: GroupPerson): string | undefined {
    return this.participant(person)?.presence.value;
  }

  /** Whose picture is shown in this person's place. */
  picture(person: GroupPerson): string | undefined {
    return this.participant(person)?.model.remoteStream.value?.getVideoTracks()[0]?.label;
  }

  /** Who sends whom to whom from here: `Bob to Carol`. */
  get forwards(): readonly string[] {
    const ends = this.world.endsOf(this);
    return ends
      .flatMap(({ media, contact }) => media?.forwards.map((name) => `${name} to ${contact.name}`) ?? [])
      .sort();
  }
}
