// People and their call pages without media and relays: the product's group session, with calls between two that ring, connect and end as
// real ones do, over data channels in memory. Who can be linked to whom is the test's to say.
import { signal } from '@preact/signals';
import { GroupSession, type GroupSessionParts } from '../../../src/call/group/group-session.ts';
import type { PairCall } from '../../../src/call/group/seat.ts';
import { emptyGroupModel, type Participant } from '../../../src/call/model/group-model.ts';
import type { CallPhase } from '../../../src/call/model/person-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import { toBase64url, toHex } from '../../../src/core/base/bytes.ts';
import type { Clock, Sealer, Signer } from '../../../src/core/base/ports.ts';
import type { EndReason } from '../../../src/core/call/end-reason.ts';
import type { TakenCall } from '../../../src/core/call/requests.ts';
import type { Settings } from '../../../src/core/data/settings.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { epochDay, inboxTopic } from '../../../src/core/identity/topics.ts';
import { sealSignal } from '../../../src/core/signaling/mail.ts';
import type { ChannelMaker } from '../../../src/link/connection/negotiated-channel.ts';
import { PeoplePool, secondWayMs } from '../../../src/link/signaling/people-pool.ts';
import { FakeConnectionPair, messagesUnderWay } from '../doubles/fake-channels.ts';
import { FakeForwardingEnd, streamOf } from '../doubles/fake-forwarding.ts';
import { quickSigner, withQuickSignatures } from '../doubles/quick-signatures.ts';
import { type TestIdentity, testIdentity } from '../samples/test-identity.ts';
import { SimulatedWorld } from './simulated-world.ts';

const ringMs = 300;
const linkMs = 100;
const hearMs = 20;
const failMs = 20_000;
const crashMs = 1_000;
/** So long the channels outlive a goodbye. */
const goodbyeMs = 250;
const repeatInviteMs = 3_000;
const noAnswerMs = 45_000;

/** The chat of a page, as far as links and people are its business. */
export type PageChat = GroupSessionParts['chat'] & {
  attach(id: string, name: string, connection: ChannelMaker): void;
  prove(id: string): void;
  part(id: string): void;
};

const noChat: PageChat = {
  attach: () => undefined,
  prove: () => undefined,
  part: () => undefined,
  detour: () => undefined,
  heardByDetour: () => undefined,
};

function withSlowChecks(sealer: Sealer, clock: Clock, checkMs: number): Sealer {
  const verify: Sealer['verify'] = async (...signed) => {
    await new Promise<void>((resolve) => clock.after(checkMs, resolve));
    return sealer.verify(...signed);
  };
  // Its methods are those of a class: they are found where they were.
  return Object.assign(Object.create(sealer) as Sealer, { verify });
}

export class GroupPerson {
  readonly name: string;
  readonly identity: TestIdentity;
  readonly id: string;
  readonly contacts = new Map<string, Contact>();
  readonly #world: GroupWorld;
  /** The call page, while this person is in a call. */
  page: GroupPage | undefined;
  settings: Pick<Settings, 'hideAddress' | 'iceServers'> = { hideAddress: false, iceServers: [] };
  declines = false;
  /** Lets it ring. */
  isAway = false;
  /** Hands over nothing that others have sealed for each other. */
  withholds = false;
  /** The computer takes so long to check a signature. */
  checkMs = 0;

  constructor(world: GroupWorld, name: string, identity: TestIdentity) {
    this.#world = world;
    this.name = name;
    this.identity = identity;
    this.id = toHex(identity.ed25519);
  }

  knows(...others: readonly GroupPerson[]): void {
    for (const { id, name, identity } of others)
      this.contacts.set(id, {
        id,
        name,
        ed25519: identity.ed25519,
        x25519: identity.x25519,
        inboxSecret: new Uint8Array(16),
        relays: [],
        addedAt: 0,
        addedFrom: 'link',
        blocked: false,
        verification: { state: 'unverified' },
      });
  }

  /** Opens a page and calls; resolves at once. */
  call(other: GroupPerson): GroupPage {
    const page = new GroupPage(this.#world, this);
    this.page = page;
    page.begin(page.first(this.#contact(other), 'outgoing'));
    return page;
  }

  /** Opens one page for several people, and calls them all at once. */
  callTogether(...others: readonly GroupPerson[]): GroupPage {
    const page = this.prepareTogether(...others);
    page.group.invitations.startCall('video');
    return page;
  }

  /** The same up to the click. */
  prepareTogether(...others: readonly GroupPerson[]): GroupPage {
    const page = new GroupPage(this.#world, this);
    this.page = page;
    const [first, ...rest] = others.map((other) => this.#contact(other));
    if (!first) throw new Error('nobody to call');
    page.first(first, 'outgoing').phase({ phase: 'before' });
    page.group.invitations.gather(rest, 'video');
    return page;
  }

  answer(from: PairEnd): void {
    const page = new GroupPage(this.#world, this);
    this.page = page;
    const end = page.first(this.#contact(from.page.person), 'incoming');
    end.phase({ phase: 'connecting' });
    this.#world.connect(from, end);
  }

  /** The browser dies: nobody is told. */
  crash(): void {
    this.page?.crash();
    this.page = undefined;
  }

  #contact(other: GroupPerson): Contact {
    const contact = this.contacts.get(other.id);
    if (!contact) throw new Error(`${this.name} does not know ${other.name}`);
    return contact;
  }
}

/** One side of a call between two. */
export class PairEnd {
  readonly page: GroupPage;
  readonly contact: Contact;
  readonly route: 'relays' | 'people';
  readonly model = emptyPersonModel();
  readonly callId = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  takenId: string | undefined;
  other: PairEnd | undefined;
  wire: FakeConnectionPair | undefined;
  media: FakeForwardingEnd | undefined;
  readonly pair: PairCall;

  constructor(page: GroupPage, contact: Contact, route: 'relays' | 'people') {
    this.page = page;
    this.contact = contact;
    this.route = route;
    this.model.contactName.value = contact.name;
    const session = {
      prepareOutgoing: () => this.phase({ phase: 'before' }),
      prepareIncoming: ({ callId }: TakenCall) => {
        this.takenId = callId;
        this.phase({ phase: 'incoming' });
      },
      startCall: () => this.start(),
      accept: () => this.#accept(),
      leave: () => this.hangUp(),
      cancelCall: () => this.end('cancelled'),
      pageGoes: () => this.hangUp(),
    };
    this.pair = {
      contact,
      route,
      model: this.model,
      session: session as unknown as PairCall['session'],
      cards: { state: signal('contact'), addToContacts: () => undefined },
      show: () => undefined,
    };
  }

  phase(phase: CallPhase): void {
    this.model.phase.value = phase;
  }

  get isOver(): boolean {
    return this.model.phase.value.phase === 'ended';
  }

  end(reason: EndReason): void {
    if (this.isOver) return;
    const { wire } = this;
    if (reason === 'hung-up') this.page.world.clock.after(goodbyeMs, () => wire?.break());
    else wire?.break();
    this.phase({ phase: 'ended', reason, durationMs: 0 });
    this.model.remoteStream.value = undefined;
  }

  start(): void {
    this.phase({ phase: 'dialing' });
    if (this.route === 'relays') this.page.world.ring(this);
    else this.#invitePeople();
  }

  hangUp(): void {
    const { other, page } = this;
    this.end('hung-up');
    if (other) page.world.clock.after(hearMs, () => other.end('remote-hung-up'));
  }

  /** The first words through people, as a caller's flow says them. */
  #invitePeople(): void {
    const { page, contact } = this;
    const pool = new PeoplePool(page.group.people, contact.id);
    const widen = () => pool.isClosed || pool.widen(page.world.inner.pool());
    if (page.group.people.needsRelays(contact.id)) widen();
    else page.world.clock.after(secondWayMs, widen);
    this.model.phase.subscribe(({ phase }) => phase !== 'dialing' && pool.close());
    this.#invite(pool);
  }

  #invite(pool: PeoplePool): void {
    if (this.model.phase.value.phase !== 'dialing') return;
    void this.#sealInvite().then(({ topicHex, message }) => pool.publish(topicHex, message, 6).catch(() => undefined));
    this.page.world.clock.after(repeatInviteMs, () => this.#invite(pool));
  }

  async #sealInvite() {
    const { page, contact, callId } = this;
    const { person, world } = page;
    const { inboxSecret, ed25519 } = contact;
    const topicHex = await inboxTopic(world.sealer, inboxSecret, ed25519, epochDay(world.clock.now()));
    const key = await world.inner.sealer.generateOpener();
    const text = (length: number) => toBase64url(crypto.getRandomValues(new Uint8Array(length)));
    const message = await sealSignal({
      sealer: world.sealer,
      signer: world.signer(person.identity),
      to: contact,
      topicHex,
      signal: {
        v: 1,
        t: 'invite',
        id: callId,
        dev: text(8),
        n: 1,
        ts: world.clock.now(),
        exp: world.clock.now() + 60_000,
        st: text(32),
        ek: toBase64url(key.publicKey),
        cm: text(32),
        media: 'video',
        link: '',
      },
    });
    return { topicHex, message };
  }

  #accept(): void {
    this.phase({ phase: 'connecting' });
    const { world } = this.page;
    const from = world.ends.find((end) => end.callId === this.takenId && !end.isOver);
    if (from) world.connect(from, this);
    else world.clock.after(failMs, () => this.end('connection-failed'));
  }
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

export class GroupWorld {
  readonly inner = new SimulatedWorld();
  readonly clock = this.inner.clock;
  readonly sealer: Sealer;
  readonly signer: (identity: TestIdentity) => Signer;
  ends: PairEnd[] = [];
  /** Pairs that no way leads between, as sorted ids. */
  readonly #cut = new Set<string>();

  readonly chatOf: (person: GroupPerson) => PageChat;

  /** @param isQuick signatures cost nothing, and prove nothing. @param chatOf a chat for each page; without it nobody chats. */
  constructor(isQuick = false, chatOf: (person: GroupPerson) => PageChat = () => noChat) {
    const { sealer } = this.inner;
    this.sealer = isQuick ? withQuickSignatures(sealer) : sealer;
    this.signer = isQuick ? quickSigner : ({ signer }) => this.inner.countSigner(signer);
    this.chatOf = chatOf;
  }

  /** Lets `ms` pass; all that one timer causes has happened before the next one runs. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    while (this.clock.runNext(end)) await this.settle();
  }

  async settle(): Promise<void> {
    do await this.inner.settle();
    while (messagesUnderWay.count > 0);
  }

  /** People who all know each other. */
  async people(...names: readonly string[]): Promise<GroupPerson[]> {
    const all = await Promise.all(
      names.map(async (name, i) => new GroupPerson(this, name, await testIdentity(7_000 + i))),
    );
    for (const one of all) one.knows(...all.filter((other) => other !== one));
    return all;
  }

  cut(a: GroupPerson, b: GroupPerson, isCut: boolean): void {
    const key = [a.id, b.id].sort().join();
    if (isCut) this.#cut.add(key);
    else this.#cut.delete(key);
  }

  endsOf(page: GroupPage): PairEnd[] {
    return this.ends.filter((end) => end.page === page && !end.isOver);
  }

  ring(from: PairEnd): void {
    this.clock.after(hearMs, () => {
      const to = this.#people.get(from.contact.id);
      if (from.isOver || !to) return;
      if (to.page && !to.page.isGone) {
        from.end('busy');
        return;
      }
      from.phase({ phase: 'ringing' });
      if (to.isAway) {
        this.clock.after(noAnswerMs, () => from.end('no-answer'));
        return;
      }
      this.clock.after(ringMs, () => {
        if (from.isOver || from.page.isGone) return;
        if (to.declines) from.end('declined');
        else if (to.page && !to.page.isGone) from.end('busy');
        else to.answer(from);
      });
    });
  }

  connect(from: PairEnd, to: PairEnd): void {
    const isCut = this.#cut.has([from.page.person.id, to.page.person.id].sort().join());
    from.phase({ phase: 'connecting' });
    if (isCut) {
      for (const end of [from, to]) this.clock.after(failMs, () => end.end('connection-failed'));
      return;
    }
    from.other = to;
    to.other = from;
    this.clock.after(linkMs, () => {
      if (from.isOver || to.isOver || from.page.isGone || to.page.isGone) {
        for (const end of [from, to]) end.end('remote-hung-up');
        return;
      }
      const wire = new FakeConnectionPair();
      wire.swallow = (message) =>
        [from, to].some(({ page }) => page.person.withholds) && /^\{"t":"pass"/.test(String(message));
      const [one, two] = [wire.one, wire.two].map((side) => new FakeForwardingEnd(side, this.clock)) as [
        FakeForwardingEnd,
        FakeForwardingEnd,
      ];
      one.other = two;
      two.other = one;
      for (const [end, side, other] of [
        [from, one, to],
        [to, two, from],
      ] as const) {
        end.wire = wire;
        end.media = side;
        end.model.remoteStream.value = streamOf(other.page.person.name);
        end.model.remoteCameraOn.value = true;
        end.page.chat.attach(end.contact.id, end.contact.name, side);
        end.page.group.attach(end.contact, side);
      }
      wire.connect();
      for (const end of [from, to]) {
        end.phase({ phase: 'connected', sinceMs: this.clock.now(), isBack: false });
        end.page.chat.prove(end.contact.id);
        end.page.group.prove(end.contact.id);
      }
    });
  }

  /** A page knows people by their id. */
  readonly #people = new Map<string, GroupPerson>();

  introduce(...people: readonly GroupPerson[]): void {
    for (const person of people) this.#people.set(person.id, person);
  }

  /** Forgets calls that are over. */
  tidy(): void {
    this.ends = this.ends.filter((end) => !end.isOver);
  }
}
