// One side of a call between two people of a group: it rings, connects and ends as real ones do, without media and relays.
import { signal } from '@preact/signals';
import type { PairCall } from '../../../src/call/group/seat.ts';
import { type CallPhase, emptyPersonModel } from '../../../src/call/model/person-model.ts';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import type { EndReason } from '../../../src/core/call/end-reason.ts';
import type { TakenCall } from '../../../src/core/call/requests.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { epochDay, inboxTopic } from '../../../src/core/identity/topics.ts';
import { sealSignal } from '../../../src/core/signaling/mail.ts';
import { PeoplePool, secondWayMs } from '../../../src/link/signaling/people-pool.ts';
import type { FakeConnectionPair } from '../doubles/fake-channels.ts';
import type { FakeForwardingEnd } from '../doubles/fake-forwarding.ts';
import type { GroupPage } from './group-page.ts';

/** What was said takes so long to be heard. */
export const hearMs = 20;
/** Two who find no way to each other give up after this. */
export const failMs = 20_000;
/** So long the channels outlive a goodbye. */
const goodbyeMs = 250;
const repeatInviteMs = 3_000;

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
      link: undefined,
      cards: { state: signal('contact'), addToContacts: () => undefined },
      show: () => undefined,
      shown: new Map(),
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
