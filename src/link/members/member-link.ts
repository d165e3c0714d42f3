// A link without media to one member of a room: the flow of a call (docs/protocol.md#ringing), without a ring, a person's yes and devices.
import type { Clock, Opener, RelayPool, Sealer, Signer } from '../../core/base/ports.ts';
import type { CallEvent } from '../../core/call/call-machine.ts';
import { ringMs } from '../../core/call/ring-machine.ts';
import type { CallConnection } from '../connection/call-connection.ts';
import type { PreparedMaterial } from '../connection/call-material.ts';
import { ControlWords } from '../proven/control-words.ts';
import type { LinkEvents, LinkOpening, RawLink } from '../proven/raw-link.ts';
import type { MeetingChannels } from '../rooms/meeting-channel.ts';
import type { FlowParts } from '../signaling/call-flow.ts';
import { type AcceptedCall, CalleeFlow } from '../signaling/callee-flow.ts';
import { CallerFlow } from '../signaling/caller-flow.ts';
import { asCalled, type Member } from './member.ts';

/** What a link is asked for with: the first word. */
type Ask = (flow: CallerFlow) => void;

const meet: Ask = (flow) => flow.sendMeet();

/** Whoever is there answers a knock at once; so long it may be on its way, and a link may take to come up, or to come back. */
const patience = { knockMs: ringMs, linkMs: 45_000 };

/** What a link that somebody asks for begins with, out of the word that asked. */
export type AskedLink = Pick<AcceptedCall, 'callId' | 'st' | 'ek' | 'cm' | 'callerDev'>;

export interface MemberWorld {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly opener: Opener;
  /** The own device, base64url. */
  readonly dev: string;
  /** What this side brings to a link. @param hides the own address is told to nobody: relay candidates only. */
  readonly prepareMaterial: (hides: boolean) => Promise<PreparedMaterial>;
  readonly openLink: (connection: CallConnection, opening: LinkOpening, events: LinkEvents) => RawLink;
  /** The relays, for one link. */
  readonly openPool: () => RelayPool;
  readonly channels: Pick<MeetingChannels, 'attach' | 'prove' | 'part'>;
}

export interface MemberLinkEvents {
  /** Up and proven, or not any more. */
  readonly onUp: (isUp: boolean) => void;
  readonly onOver: () => void;
}

export class MemberLink {
  readonly #world: MemberWorld;
  readonly #member: Member;
  readonly #events: MemberLinkEvents;
  #flow: CallerFlow | CalleeFlow | undefined;
  readonly #ask: Ask;
  #isAttached = false;
  #phase: 'knocking' | 'linking' | 'up' | 'over' = 'knocking';
  #cancelDeadline: (() => void) | undefined;

  private constructor(world: MemberWorld, member: Member, events: MemberLinkEvents, ask: Ask = meet) {
    this.#world = world;
    this.#member = member;
    this.#events = events;
    this.#ask = ask;
  }

  /** Asks for a link: one message to the inbox that the member has in the room. @param ask with another word than `meet`. */
  static knock(world: MemberWorld, member: Member, hides: boolean, events: MemberLinkEvents, ask?: Ask): MemberLink {
    const link = new MemberLink(world, member, events, ask);
    link.#within(patience.knockMs);
    void link.#begin(hides, async (parts) => {
      const flow = await CallerFlow.prepare(parts);
      return { flow, go: () => link.#ask(flow) };
    });
    return link;
  }

  /** Yes to a member who asks. */
  static answer(
    world: MemberWorld,
    member: Member,
    meet: AskedLink,
    hides: boolean,
    events: MemberLinkEvents,
  ): MemberLink {
    const link = new MemberLink(world, member, events);
    link.#phase = 'linking';
    link.#within(patience.linkMs);
    const { callId, st, ek, cm, callerDev } = meet;
    void link.#begin(hides, async (parts) => {
      const flow = await CalleeFlow.prepare(parts, { callId, st, ek, cm, callerDev, nextN: 1 });
      return { flow, go: () => void flow.accept() };
    });
    return link;
  }

  /** Nobody has answered yet. */
  get isKnocking(): boolean {
    return this.#phase === 'knocking';
  }

  get isUp(): boolean {
    return this.#phase === 'up';
  }

  /** Asks once more: they are there now, and may not have been before. */
  knockAgain(): void {
    if (this.#phase === 'knocking' && this.#flow instanceof CallerFlow) this.#ask(this.#flow);
  }

  /** @param says goodbye, if there is somebody to hear it. */
  close(says = true): void {
    if (this.#phase === 'over') return;
    const wasLinked = this.#phase !== 'knocking';
    this.#phase = 'over';
    this.#cancelDeadline?.();
    if (says && wasLinked) this.#flow?.sendBye('hung-up');
    if (this.#flow) this.#end(this.#flow);
    this.#events.onOver();
  }

  #end(flow: CallerFlow | CalleeFlow): void {
    // Another link to the same person may have taken the channel's place by now.
    if (this.#isAttached) this.#world.channels.part(this.#member.id);
    flow.close();
    flow.leaveRelays();
  }

  async #begin(
    hides: boolean,
    make: (parts: FlowParts) => Promise<{ readonly flow: CallerFlow | CalleeFlow; readonly go: () => void }>,
  ): Promise<void> {
    try {
      const { flow, go } = await make(await this.#flowParts(hides));
      this.#flow = flow;
      if (this.#phase === 'over') this.#end(flow);
      else go();
    } catch {
      // It is over by now, or the browser makes no connection: there is nobody to tell.
      this.close(false);
    }
  }

  async #flowParts(hides: boolean): Promise<FlowParts> {
    const { sealer, clock, signer, opener, dev, channels, openLink, openPool, prepareMaterial } = this.#world;
    const material = await prepareMaterial(hides);
    // Another link to the same person may have begun meanwhile: its channel is not to be taken away.
    if (this.#phase === 'over') {
      material.connection.close();
      throw new Error('over before it began');
    }
    const { id } = this.#member;
    const attach = (connection: CallConnection) => {
      this.#isAttached = true;
      channels.attach(id, connection);
    };
    attach(material.connection);
    const words = new ControlWords(clock);
    words.onGreeted(() => {
      if (words.transcript) void channels.prove(id, words.transcript);
    });
    return {
      sealer,
      clock,
      signer,
      identityOpener: opener,
      dev,
      ownLink: '',
      contact: asCalled(this.#member),
      material,
      words,
      openLink: (opening, events) => {
        const connection = opening.isFresh ? material.renew() : material.connection;
        if (opening.isFresh) {
          attach(connection);
          if (opening.role === 'offer') connection.prepareOffer();
        }
        return openLink(connection, opening, events);
      },
      openPool,
      dispatch: (event) => this.#happened(event),
      onEmoji: () => undefined,
      onProven: () => this.#flow?.leaveRelays(),
      onClockSkew: () => undefined,
      onFindings: () => undefined,
    };
  }

  #happened({ event }: CallEvent): void {
    if (this.#phase === 'over') return;
    switch (event) {
      case 'accepted':
        this.#phase = 'linking';
        this.#within(patience.linkMs);
        return;
      case 'link-connected':
        this.#phase = 'up';
        this.#cancelDeadline?.();
        this.#events.onUp(true);
        return;
      case 'link-interrupted':
        this.#phase = 'linking';
        this.#within(patience.linkMs);
        this.#events.onUp(false);
        return;
      case 'link-failed':
      case 'no-relay-address':
      case 'relays-lost':
      case 'bye':
      case 'declined':
      case 'busy':
      case 'answered-elsewhere':
        this.close(false);
        return;
      case 'security-failed':
        this.#flow?.sendBye('security');
        this.close(false);
        return;
      case 'ringing':
      case 'link-up':
      case 'cancelled-by-caller':
      case 'words-differ':
      case 'hang-up':
      case 'hand-over':
      case 'timer':
        return;
    }
  }

  #within(ms: number): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = this.#world.clock.after(ms, () => this.close());
  }
}
