// One call page of a scenario: the product's flows and machine, without devices and views.

import { mediaWord } from '../../../src/call/devices/media-word.ts';
import type { WhyFailed } from '../../../src/call/model/why-failed.ts';
import { CallRunner, type OutsideEffect } from '../../../src/call/pair/call-runner.ts';
import { type Card, cardWord, keptWord } from '../../../src/call/pair/contact-cards.ts';
import { FailureFindings } from '../../../src/call/pair/failure-findings.ts';
import { type Bytes, concat, fromBase64url, toBase64url, utf8 } from '../../../src/core/base/bytes.ts';
import type { Clock, Opener, Signer } from '../../../src/core/base/ports.ts';
import { type CallEvent, type CallState, startIncoming, startOutgoing } from '../../../src/core/call/call-machine.ts';
import { isConnectionTrouble } from '../../../src/core/call/end-reason.ts';
import type { TakenCall } from '../../../src/core/call/requests.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import type { NetworkFindings } from '../../../src/core/network/network-findings.ts';
import { ControlWords } from '../../../src/link/proven/control-words.ts';
import type { CallFlow, FlowParts } from '../../../src/link/signaling/call-flow.ts';
import { CalleeFlow } from '../../../src/link/signaling/callee-flow.ts';
import { CallerFlow } from '../../../src/link/signaling/caller-flow.ts';
import type { SimulatedWorld } from '../worlds/simulated-world.ts';
import type { FakeLinks } from './fake-links.ts';

export interface PageParts {
  readonly world: SimulatedWorld;
  readonly links: FakeLinks;
  readonly contact: Contact;
  readonly signer: Signer;
  readonly identityOpener: Opener;
  readonly dev: string;
  readonly clock: Clock;
  /** What the other side is told of how to reach this person. */
  readonly ownCard: () => Promise<Card | undefined>;
  /** @returns whether it was written down. */
  readonly learnInbox: (secret: Bytes) => boolean;
  readonly kept: (inbox: Bytes) => void;
  /** Where the callee answers; the caller comes to the contact's. */
  readonly ownRelays: readonly string[];
  /** Looks at this side's network after a failed call. */
  readonly findOut: () => Promise<NetworkFindings>;
  /** What a dishonest page brings to the call in place of what it should. */
  readonly bring?: (parts: FlowParts) => FlowParts;
  /** Tells the background which call this page is in. */
  readonly hold: (callId: string, direction: 'incoming' | 'outgoing', linked: boolean) => void;
  readonly release: (callId: string) => void;
}

export class Page {
  readonly runner: CallRunner;
  emoji = '';
  clockSkewMs = 0;
  /** Every state it went through. */
  readonly states: CallState[] = [];
  #direction: 'incoming' | 'outgoing' = 'outgoing';
  #flow: CallFlow | undefined;
  readonly #parts: PageParts;
  readonly failure: FailureFindings;
  /** What the page knows of the reason of a failed call. */
  why: WhyFailed = { state: 'none' };

  constructor(parts: PageParts) {
    this.#parts = parts;
    this.failure = new FailureFindings({
      clock: parts.clock,
      steps: [],
      findOut: () => parts.findOut(),
      show: (why) => {
        this.why = why;
      },
      fault: (error) => {
        throw error;
      },
    });
    this.runner = new CallRunner(
      parts.clock,
      (effect) => this.#act(effect),
      (state) => this.#entered(state),
    );
  }

  get callId(): string {
    return this.#flow?.callId ?? '';
  }

  state(): CallState {
    if (!this.runner.state) throw new Error('not begun');
    return this.runner.state;
  }

  dispatch(event: CallEvent): void {
    this.runner.dispatch(event);
  }

  async start(): Promise<void> {
    this.#flow = await CallerFlow.prepare(await this.#flowParts(this.#parts.contact.relays));
    this.#parts.hold(this.#flow.callId, 'outgoing', false);
    this.runner.begin(startOutgoing());
  }

  /** The page of a ring: everything is made ready, nothing is sent. */
  async prepare(call: TakenCall): Promise<CalleeFlow> {
    this.#direction = 'incoming';
    const flow = await CalleeFlow.prepare(await this.#flowParts(this.#parts.ownRelays), call);
    this.#flow = flow;
    return flow;
  }

  async accept(call: TakenCall): Promise<void> {
    const flow = await this.prepare(call);
    void flow.accept();
    this.runner.begin(startIncoming());
  }

  /** Glare: goes on as the callee of the crossing call. */
  async crossOver(call: TakenCall): Promise<void> {
    const { state } = this.state();
    if (state !== 'dialing' && state !== 'ringing') return;
    this.#flow?.leaveRelays();
    this.#flow?.close();
    await this.accept(call);
  }

  async #flowParts(relays: readonly string[]): Promise<FlowParts> {
    const { world, links, contact, signer, identityOpener, dev, clock, bring } = this.#parts;
    const { sealer } = world;
    const opener = await sealer.generateOpener();
    const fingerprint: Bytes = await sealer.sha256(concat(utf8(dev), sealer.randomBytes(8)));
    const honest: FlowParts = {
      sealer,
      clock,
      signer,
      identityOpener,
      dev,
      ownLink: '',
      contact,
      material: {
        opener,
        random: sealer.randomBytes(32),
        fingerprint,
        connection: { prepareOffer: () => undefined, close: () => undefined },
      },
      openLink: links.opener(fingerprint),
      openPool: () => world.pool(relays),
      words: this.#words(),
      dispatch: (event) => this.dispatch(event),
      onEmoji: (list) => {
        this.emoji = list.map((one) => one.emoji).join('');
      },
      onProven: () => this.#flow?.leaveRelays(),
      onClockSkew: (ms) => {
        this.clockSkewMs = ms;
      },
      onFindings: (theirs) => this.failure.hear(theirs),
    };
    return bring ? bring(honest) : honest;
  }

  /** What call/page/pair-words.ts plugs in, as far as a page without devices and stores has it. */
  #words(): ControlWords {
    const { clock, ownCard, learnInbox, kept } = this.#parts;
    const words = new ControlWords(clock);
    words.sayWithGreeting(mediaWord, () => ({ microphone: true, camera: true, screen: false, speaking: false }));
    words.onGreeted(async () => {
      const card = await ownCard();
      if (card) words.say(cardWord, { link: card.link, ...(card.inbox && { inbox: toBase64url(card.inbox) }) });
    });
    words.on(cardWord, ({ inbox }) => {
      const secret = inbox === undefined ? undefined : fromBase64url(inbox);
      if (inbox !== undefined && secret && learnInbox(secret)) words.say(keptWord, { inbox });
    });
    words.on(keptWord, ({ inbox }) => {
      const secret = fromBase64url(inbox);
      if (secret) kept(secret);
    });
    return words;
  }

  #entered(state: CallState): void {
    this.states.push(state);
    if (state.state === 'connecting' && this.#flow) this.#parts.hold(this.#flow.callId, this.#direction, true);
  }

  #act(effect: OutsideEffect): void {
    const flow = this.#flow;
    if (effect.effect === 'send-invite') flow?.sendInvite('video');
    else if (effect.effect === 'send-alive') flow?.sendAlive();
    else if (effect.effect === 'send-cancel') flow?.sendCancel(effect.why);
    else if (effect.effect === 'send-taken') flow?.sendTaken(effect.how);
    else if (effect.effect === 'send-bye') flow?.sendBye(effect.why);
    else if (effect.effect === 'close') {
      flow?.close();
      this.#parts.release(this.callId);
      const leave = () => flow?.leaveRelays();
      if (flow && isConnectionTrouble(effect.reason))
        void this.failure.exchange((own) => flow.sendFindings(own)).then(leave);
      else this.#parts.clock.after(2_000, leave);
    }
  }
}
