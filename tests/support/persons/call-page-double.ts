// One call page of a scenario: everything that the product makes on a call page, in the world of a person, without views.
import '../drivers/extension-texts.ts';
import './silent-connection.ts';
import type { ChatSession } from '../../../src/call/chat/chat-session.ts';
import { emptyGroupModel } from '../../../src/call/model/group-model.ts';
import { emptyOwnModel } from '../../../src/call/model/own-model.ts';
import { type CallPhase, emptyPersonModel } from '../../../src/call/model/person-model.ts';
import type { WhyFailed } from '../../../src/call/model/why-failed.ts';
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import { loadFlows } from '../../../src/call/page/load-flows.ts';
import { type OpenedCall, openCall } from '../../../src/call/page/open-call.ts';
import type { Holding } from '../../../src/call/page/page-hold.ts';
import type { EndReason } from '../../../src/core/call/end-reason.ts';
import type { TakenCall } from '../../../src/core/call/requests.ts';

/** Where a call stands that has begun. */
type PageState =
  | { readonly state: 'dialing' | 'ringing' | 'connecting' | 'connected' | 'reconnecting' }
  | { readonly state: 'ended'; readonly reason: EndReason };

function begun(phase: CallPhase): PageState | undefined {
  switch (phase.phase) {
    case 'ended':
      return { state: 'ended', reason: phase.reason };
    case 'dialing':
    case 'ringing':
    case 'connecting':
    case 'connected':
    case 'reconnecting':
      return { state: phase.phase };
    case 'loading':
    case 'unavailable':
    case 'door':
    case 'before':
    case 'incoming':
      return undefined;
  }
}

/** The chat of a page on which nobody writes. */
export const nobodyChats = {
  load: async () => undefined,
  attach: () => undefined,
  prove: () => undefined,
  part: () => undefined,
  detour: () => undefined,
  heardByDetour: () => undefined,
} as unknown as ChatSession;

export class Page {
  /** Every state that was shown. */
  readonly states: PageState[] = [];
  readonly #model = emptyPersonModel();
  readonly #contactIds: readonly string[];
  readonly #world: CallWorld;
  #opened: OpenedCall | undefined;
  #callId = '';
  #begun: () => void = () => undefined;

  constructor(contactIds: readonly string[], world: CallWorld) {
    this.#contactIds = contactIds;
    this.#world = world;
    this.#model.phase.subscribe((phase) => {
      const state = begun(phase);
      if (state) this.states.push(state);
    });
  }

  get callId(): string {
    return this.#callId;
  }

  /** @throws while the call has not begun. */
  state(): PageState {
    const state = begun(this.#model.phase.value);
    if (!state) throw new Error('not begun');
    return state;
  }

  /** What the page knows of the reason of a failed call. */
  get why(): WhyFailed {
    return this.#model.whyFailed.value;
  }

  get emoji(): string {
    const { value } = this.#model.security;
    return value.state === 'ready' ? value.emoji.map(({ emoji }) => emoji).join('') : '';
  }

  /** What the security card says of quantum computers, once it is there. */
  get isQuantumSafe(): boolean | undefined {
    const { value } = this.#model.security;
    return value.state === 'ready' ? value.isQuantumSafe : undefined;
  }

  get clockSkewMs(): number {
    return this.#model.clockSkewMs.value;
  }

  /** The background hears which call this page is in; undefined when it is in none any more. */
  held(holding: Holding | undefined): void {
    if (!holding) return;
    this.#callId = holding.callId;
    this.#begun();
  }

  /** Calls, and resolves when the call is on its way. */
  async start(): Promise<void> {
    const begun = new Promise<void>((resolve) => {
      this.#begun = resolve;
    });
    const opened = await this.#open();
    opened.sit(true);
    opened.offerOutgoing('video');
    opened.actions.startCall('video');
    await begun;
  }

  /** The page of a ring: everything is made ready, nothing is sent. */
  async prepare(call: TakenCall): Promise<OpenedCall> {
    this.#callId = call.callId;
    const opened = await this.#open();
    opened.sit(false);
    opened.session.prepareIncoming(call);
    return opened;
  }

  /** The ring was answered outside of its page. */
  async accept(call: TakenCall): Promise<void> {
    (await this.prepare(call)).session.accept('video');
  }

  /** The person accepts in the page, which tells the background. */
  async answer(call: TakenCall): Promise<void> {
    (await this.prepare(call)).session.answer('video');
  }

  /** Glare: the background asks to go on as the callee of the crossing call. */
  crossOver(outgoingId: string, call: TakenCall): void {
    if (outgoingId !== this.#callId) return;
    this.#callId = call.callId;
    this.#opened?.group.invitations.crossOver(outgoingId, call);
  }

  /** The ring that this page shows, or had answered, was taken by another device. */
  answeredElsewhere(): void {
    this.#opened?.session.ringOver('answered-elsewhere');
  }

  hangUp(): void {
    this.#opened?.actions.leave();
  }

  async #open(): Promise<OpenedCall> {
    // Simulated time does not wait for files.
    await loadFlows();
    const parts = { model: this.#model, own: emptyOwnModel(), group: emptyGroupModel(), chat: nobodyChats };
    const opened = await openCall({ contactIds: this.#contactIds }, this.#world, parts);
    if ('why' in opened) throw new Error(`no call: ${opened.why}`);
    this.#opened = opened;
    return opened;
  }
}
