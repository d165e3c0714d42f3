// How a call begins: what is made ready while a person looks at the page, and the yes or no to it. From then on it is the call machine's;
// before that nothing has been sent.

import type { Clock } from '../../core/base/ports.ts';
import { type CallEvent, type CallStep, startIncoming, startOutgoing } from '../../core/call/call-machine.ts';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { CallFlow } from '../../link/signaling/call-flow.ts';
import type { CalleeFlow } from '../../link/signaling/callee-flow.ts';
import type { CallerFlow } from '../../link/signaling/caller-flow.ts';
import type { LocalDevices } from '../devices/local-devices.ts';
import type { PairModel } from '../model/person-model.ts';
import type { CallLog } from './call-log.ts';
import type { CallSupplies } from './call-supplies.ts';

/** What the call that a page was opened for asks of the own devices. */
export type OpeningDevices = Pick<LocalDevices, 'wish' | 'holdPreview' | 'releasePreview'>;

export interface CallOpeningParts {
  readonly model: PairModel;
  readonly clock: Clock;
  /** The own devices, where this call is the one that opens them. */
  readonly devices: OpeningDevices | undefined;
  /** Over before it began. */
  readonly onOver: () => void;
  readonly supplies: CallSupplies;
  readonly log: CallLog;
  readonly makeCaller: () => Promise<CallerFlow>;
  readonly makeCallee: (call: TakenCall) => Promise<CalleeFlow>;
  /** The flow that carries the call from here on. */
  readonly onFlow: (flow: CallFlow) => void;
  /** The machine takes over. */
  readonly begin: (step: CallStep) => void;
  readonly dispatch: (event: CallEvent) => void;
}

/** How long the page may wait for `accept` to leave before it shows *connecting*. */
const acceptShownAfterMs = 80;
/** How long the callee's own preview is held back while the call comes up. */
const longestHeldPreviewMs = 1_500;
/** After the last word is handed to the relays they get this long to take it. */
export const lastWordMs = 2_000;

export class CallOpening {
  readonly #parts: CallOpeningParts;
  /** Without a flow where it could not be made. */
  #caller: Promise<CallerFlow | undefined> | undefined;
  #callee: Promise<CalleeFlow | undefined> | undefined;
  #readyCallee: CalleeFlow | undefined;
  #accepting = false;
  #mayShow = Promise.resolve();

  constructor(parts: CallOpeningParts) {
    this.#parts = parts;
  }

  /** A yes is on its way: what is shown of it waits for that. */
  get mayShow(): Promise<void> {
    return this.#mayShow;
  }

  /**
   * The caller's page: everything is made ready while the person looks at the preview.
   * @param when `after-click`: nothing is opened and nobody is asked before a person clicks on the page.
   */
  prepareOutgoing(media: CallMedia, when: 'now' | 'after-click' = 'now'): void {
    const { devices, model, makeCaller } = this.#parts;
    model.phase.value = { phase: 'before' };
    model.media.value = media;
    model.awaitsClick.value = when === 'after-click';
    if (when === 'after-click') return;
    devices?.wish(media);
    this.#caller = this.#made(makeCaller(), () => {
      if (model.phase.value.phase === 'before' || model.phase.value.phase === 'dialing') this.end('not-ready');
    });
  }

  /** The callee's page: a ring is shown, everything is made ready, nothing is sent. */
  prepareIncoming(call: TakenCall): void {
    const { model, makeCallee } = this.#parts;
    model.media.value = call.media;
    model.isCallee.value = true;
    model.others.value = call.others ?? 0;
    model.phase.value = { phase: 'incoming' };
    this.#accepting = false;
    this.#callee = this.#made(makeCallee(call), () => this.#cannotTake(call));
    void this.#callee.then((flow) => {
      this.#readyCallee = flow;
    });
  }

  startCall(media: CallMedia): void {
    const { model, devices, log, supplies, onFlow, begin } = this.#parts;
    if (model.phase.value.phase !== 'before') return;
    if (model.awaitsClick.value) this.prepareOutgoing(media);
    if (!this.#caller) return;
    if (model.addressHiding.value === 'impossible') {
      this.end('cannot-hide-address');
      return;
    }
    model.media.value = media;
    model.phase.value = { phase: 'dialing' };
    devices?.wish(media);
    log.begin('outgoing');
    void this.#caller.then((flow) => {
      if (!flow || model.phase.value.phase !== 'dialing') return;
      onFlow(flow);
      supplies.hold(flow.callId, 'outgoing', false);
      begin(startOutgoing());
    });
  }

  /** The person accepted, here or on the notification. */
  accept(media: CallMedia): void {
    const { model, log } = this.#parts;
    if (!this.#callee || this.#accepting || model.phase.value.phase !== 'incoming') return;
    this.#accepting = true;
    log.begin('incoming');
    if (model.addressHiding.value === 'impossible') {
      void this.#callee.then((flow) => flow && this.#refuse(flow, media));
      this.end('cannot-hide-address');
      return;
    }
    if (this.#readyCallee) this.#beginAccepted(this.#readyCallee, media);
    else
      void this.#callee.then((flow) => {
        if (flow && model.phase.value.phase === 'connecting') this.#beginAccepted(flow, media);
      });
    model.media.value = media;
    if (!this.#readyCallee) model.phase.value = { phase: 'connecting' };
  }

  /** The ring ended before anyone here said yes. @returns false when somebody had. */
  ringOver(reason: EndReason): boolean {
    if (this.#parts.model.phase.value.phase !== 'incoming' || this.#accepting) return false;
    void this.#callee?.then((flow) => {
      flow?.leaveRelays();
      flow?.close();
    });
    this.end(reason);
    return true;
  }

  /** As accept, for the person at this page: the background is told, and may know that it is too late. */
  answer(media: CallMedia): void {
    this.accept(media);
    const { model, supplies, dispatch } = this.#parts;
    if (model.phase.value.phase === 'ended') return;
    void Promise.all([this.#callee, this.#mayShow]).then(async ([flow]) => {
      if (flow && !(await supplies.answerRing(flow.callId, media))) dispatch({ event: 'cancelled-by-caller' });
    });
  }

  /** @returns false when it was accepted or has ended. */
  decline(): boolean {
    if (this.#accepting || this.#parts.model.phase.value.phase !== 'incoming') return false;
    void this.#callee?.then((flow) => flow && this.#parts.supplies.declineRing(flow.callId));
    return this.ringOver('declined');
  }

  /** The ring is told no from here: it was never the background's. */
  turnAway(): void {
    void this.#callee?.then((flow) => {
      flow?.decline();
      flow?.close();
      this.#parts.clock.after(lastWordMs, () => flow?.leaveRelays());
    });
    this.end('declined');
  }

  /** Over before the machine began: nothing was sent. */
  end(reason: EndReason): void {
    this.#parts.model.phase.value = { phase: 'ended', reason, durationMs: 0 };
    this.#parts.onOver();
  }

  /** @param failed it cannot be made: nothing was sent, and nobody is left waiting for it here. */
  async #made<Flow>(making: Promise<Flow>, failed: () => void): Promise<Flow | undefined> {
    try {
      return await making;
    } catch (error) {
      this.#parts.supplies.fault('prepare', error);
      failed();
      return undefined;
    }
  }

  /** A ring that cannot be answered here: until somebody said yes to it, it may still be answered elsewhere. */
  #cannotTake({ callId, media }: TakenCall): void {
    const { model, supplies, log } = this.#parts;
    const { phase } = model.phase.value;
    if (phase !== 'incoming' && !(this.#accepting && phase === 'connecting')) return;
    this.end('not-ready');
    if (!this.#accepting) return;
    log.finish(callId, media, 'not-ready');
    void supplies
      .declineRing(callId)
      .then((wasThere) => (wasThere ? undefined : supplies.forgetRing(callId)))
      .catch((error: unknown) => supplies.fault('ring', error));
  }

  #beginAccepted(flow: CalleeFlow, media: CallMedia): void {
    const { clock, devices, onFlow, begin } = this.#parts;
    // First what the other side waits for, then what is shown here.
    onFlow(flow);
    const late = new Promise<void>((resolve) => clock.after(acceptShownAfterMs, resolve));
    this.#mayShow = Promise.race([flow.accept(), late]);
    devices?.holdPreview();
    clock.after(longestHeldPreviewMs, () => devices?.releasePreview());
    devices?.wish(media);
    begin(startIncoming());
  }

  /** A call that was accepted but cannot be made: the ring is declined, by the background or, where that has let go of it, from here. */
  async #refuse(flow: CalleeFlow, media: CallMedia): Promise<void> {
    const { supplies, clock, log } = this.#parts;
    if (!(await supplies.declineRing(flow.callId))) {
      flow.decline();
      await supplies.forgetRing(flow.callId);
    }
    log.finish(flow.callId, media, 'cannot-hide-address');
    flow.close();
    clock.after(lastWordMs, () => flow.leaveRelays());
  }
}
