// The one stateful object of a call page: joins the call machine, the flow of this side's role, the devices and the model that the
// views show. Every way in and out of a call passes here.

import { assertNever } from '../core/assert-never.ts';
import { type CallEvent, type CallState, startIncoming, startOutgoing } from '../core/call-machine.ts';
import type { CallQuality } from '../core/call-quality.ts';
import type { CallMedia, Contact } from '../core/contact.ts';
import { type EndReason, isConnectionTrouble } from '../core/end-reason.ts';
import type { Clock } from '../core/ports.ts';
import type { TakenCall } from '../core/requests.ts';
import type { Tone } from '../platform/tones.ts';
import type { TonePlayer } from '../ui/tone-player.ts';
import type { CallFlow } from './call-flow.ts';
import { CallLog } from './call-log.ts';
import type { CallActions, CallModel, ChosenDevices } from './call-model.ts';
import { CallRunner, type OutsideEffect } from './call-runner.ts';
import type { CallSupplies, FlowEvents } from './call-supplies.ts';
import type { CalleeFlow } from './callee-flow.ts';
import type { CallerFlow } from './caller-flow.ts';
import type { SessionDevices } from './device-share.ts';
import { FailureFindings } from './failure-findings.ts';
import { type FlowEventsParts, flowEvents } from './flow-events.ts';
import type { QualityControl } from './quality-control.ts';
import { RemoteMedia } from './remote-media.ts';

export interface SessionParts {
  readonly model: CallModel;
  readonly clock: Clock;
  readonly contact: Contact;
  readonly devices: SessionDevices;
  readonly quality: QualityControl;
  readonly tones: Pick<TonePlayer, 'play' | 'stop'>;
  readonly supplies: CallSupplies;
  /** What is said beside the media: heard once the link is proven. */
  readonly beside: FlowEventsParts['beside'];
}

/** A yes shows on the screen after this time at the latest, even if it is not on its way yet. */
const longestUnseenMs = 80;
/** The own picture of someone who accepted shows after this time at the latest, if the call is not up sooner. */
const longestHeldPreviewMs = 1_500;
/** Pictures have this long to appear before anything else is done for a call that is up. */
const pictureMs = 400;
/** After the last word is handed to the relays they get this long to take it. */
const lastWordMs = 2_000;

export class CallSession implements CallActions {
  readonly #parts: SessionParts;
  readonly #runner: CallRunner;
  readonly #remote: RemoteMedia;
  #caller: Promise<CallerFlow> | undefined;
  #callee: Promise<CalleeFlow> | undefined;
  #readyCallee: CalleeFlow | undefined;
  #accepting = false;
  /** A yes is on its way: what is shown of it waits for that. */
  #mayShow = Promise.resolve();
  #flow: CallFlow | undefined;
  #stopListening: (() => void) | undefined;
  readonly #log: CallLog;
  readonly #failure: FailureFindings;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#remote = new RemoteMedia(parts.model);
    const { clock, contact, supplies } = parts;
    this.#log = new CallLog({
      clock,
      contact,
      record: (call) => supplies.record(call),
      leaveNote: (callId, media, at) => supplies.leaveNote(callId, media, at),
    });
    this.#failure = new FailureFindings({
      clock,
      steps: supplies.checkSteps,
      findOut: (onStep) => supplies.findOut(onStep),
      show: (why) => {
        parts.model.whyFailed.value = why;
      },
      fault: (error) => supplies.fault('find out', error),
    });
    this.#runner = new CallRunner(
      parts.clock,
      (effect) => this.#act(effect),
      (state) => this.#show(state),
    );
    parts.devices.onMedia((media) => this.#flow?.tellMedia(media));
    parts.quality.onTellView((size) => this.#flow?.tellView(size) ?? false);
    parts.quality.onTell((report) => this.#flow?.tellQuality(report) ?? false);
  }

  /** The caller's page: everything is made ready while the person looks at the preview. */
  prepareOutgoing(media: CallMedia): void {
    this.#parts.devices.wish(media);
    this.#parts.model.phase.value = { phase: 'before' };
    this.#caller = this.#parts.supplies.caller((event) => this.#dispatch(event), this.#flowEvents());
    this.#caller.catch((error: unknown) => this.#parts.supplies.fault('prepare', error));
  }

  /** The callee's page: a ring is shown, everything is made ready, nothing is sent. */
  prepareIncoming(call: TakenCall): void {
    this.#parts.model.media.value = call.media;
    this.#parts.model.others.value = call.others ?? 0;
    this.#parts.model.phase.value = { phase: 'incoming' };
    this.#accepting = false;
    this.#callee = this.#parts.supplies.callee(call, (event) => this.#dispatch(event), this.#flowEvents());
    this.#callee.then(
      (flow) => {
        this.#readyCallee = flow;
      },
      (error: unknown) => this.#parts.supplies.fault('prepare', error),
    );
  }

  startCall(media: CallMedia): void {
    const { model, devices } = this.#parts;
    if (!this.#caller || model.phase.value.phase !== 'before') return;
    if (model.addressHiding.value === 'impossible') {
      this.#endUnbegun('cannot-hide-address');
      return;
    }
    model.media.value = media;
    model.phase.value = { phase: 'dialing' };
    devices.wish(media);
    this.#log.begin('outgoing');
    void this.#caller.then((flow) => {
      if (model.phase.value.phase !== 'dialing') return;
      this.#flow = flow;
      this.#parts.supplies.hold(flow.callId, 'outgoing', false);
      this.#runner.begin(startOutgoing());
    });
  }

  /** The person accepted, here or on the notification. */
  accept(media: CallMedia): void {
    const { model, devices, clock } = this.#parts;
    if (!this.#callee || this.#accepting || model.phase.value.phase !== 'incoming') return;
    this.#accepting = true;
    this.#log.begin('incoming');
    if (model.addressHiding.value === 'impossible') {
      void this.#callee.then((flow) => this.#refuse(flow, media));
      this.#endUnbegun('cannot-hide-address');
      return;
    }
    const begin = (flow: CalleeFlow): void => {
      // First what the other side waits for, then what is shown here.
      this.#flow = flow;
      const late = new Promise<void>((resolve) => clock.after(longestUnseenMs, resolve));
      this.#mayShow = Promise.race([flow.accept(), late]);
      devices.holdPreview();
      clock.after(longestHeldPreviewMs, () => devices.releasePreview());
      devices.wish(media);
      this.#runner.begin(startIncoming());
    };
    if (this.#readyCallee) begin(this.#readyCallee);
    else
      void this.#callee.then((flow) => {
        if (model.phase.value.phase === 'connecting') begin(flow);
      });
    model.media.value = media;
    if (!this.#readyCallee) model.phase.value = { phase: 'connecting' };
  }

  /** Glare: both called. The own invites stop without a word and this page goes on as the callee of their call. */
  crossOver(outgoingId: string, call: TakenCall): void {
    const state = this.#runner.state?.state;
    if (this.#flow?.callId !== outgoingId || (state !== 'dialing' && state !== 'ringing')) return;
    const { media } = this.#parts.model;
    const chosen = media.value;
    this.#flow.leaveRelays();
    this.#flow.close();
    this.#parts.tones.stop();
    this.prepareIncoming(call);
    this.accept(chosen);
  }

  /** The ring ended before anyone here said yes. */
  ringOver(reason: EndReason): void {
    const { model } = this.#parts;
    if (model.phase.value.phase === 'incoming' && !this.#accepting) {
      void this.#callee?.then((flow) => {
        flow.leaveRelays();
        flow.close();
      });
      model.phase.value = { phase: 'ended', reason, durationMs: 0 };
      this.#parts.devices.stop();
    } else if (reason === 'answered-elsewhere') this.#dispatch({ event: 'answered-elsewhere' });
  }

  answer(media: CallMedia): void {
    this.accept(media);
    if (this.#parts.model.phase.value.phase === 'ended') return;
    void Promise.all([this.#callee, this.#mayShow]).then(async ([flow]) => {
      if (flow && !(await this.#parts.supplies.answerRing(flow.callId, media)))
        this.#dispatch({ event: 'cancelled-by-caller' });
    });
  }

  decline(): void {
    if (this.#accepting || this.#parts.model.phase.value.phase !== 'incoming') return;
    void this.#callee?.then((flow) => this.#parts.supplies.declineRing(flow.callId));
    this.ringOver('declined');
    this.close();
  }

  /** The ring is told no from here: it was never the background's. */
  turnAway(): void {
    void this.#callee?.then((flow) => {
      flow.decline();
      flow.close();
      this.#parts.clock.after(lastWordMs, () => flow.leaveRelays());
    });
    this.#endUnbegun('declined');
  }

  cancelCall(): void {
    if (this.#runner.state) this.#dispatch({ event: 'hang-up' });
    else this.#endUnbegun('cancelled');
  }

  leave(): void {
    // Called off while it was still being made ready.
    if (!this.#runner.state && this.#parts.model.phase.value.phase === 'dialing') this.#endUnbegun('cancelled');
    else this.#dispatch({ event: 'hang-up' });
  }

  /** The page goes away: the other side is told while there is still time. */
  pageGoes(): void {
    const state = this.#runner.state?.state;
    if (state && state !== 'ended') this.#dispatch({ event: 'hang-up' });
  }

  toggleMicrophone(): void {
    this.#parts.devices.toggleMicrophone();
  }

  toggleCamera(): void {
    this.#parts.devices.toggleCamera();
  }

  /** Also before the call: what is chosen then is shown from the first moment. */
  toggleScreen(): void {
    const { phase } = this.#parts.model.phase.value;
    const isOnTheWay = phase === 'before' || phase === 'dialing' || phase === 'ringing';
    if (this.isRunning || isOnTheWay) this.#parts.devices.toggleScreen();
  }

  setScreenKind(kind: 'text' | 'motion'): void {
    this.#parts.devices.setScreenKind(kind);
  }

  chooseDevices(chosen: Partial<ChosenDevices>): void {
    this.#parts.devices.choose(chosen);
  }

  chooseQuality(quality: CallQuality): void {
    this.#parts.devices.chooseQuality(quality);
  }

  insistOnPicture(): void {
    this.#parts.quality.insist();
  }

  wordsMatch(): void {
    this.#remember('verified');
  }

  wordsDiffer(): void {
    this.#remember('different');
    this.#dispatch({ event: 'words-differ' });
  }

  callAgain(): void {
    this.#parts.supplies.callAgain(this.#parts.contact.id, this.#parts.model.media.value);
  }

  close(): void {
    this.#parts.supplies.closePage();
  }

  openSettings(part?: 'network'): void {
    this.#parts.supplies.openSettings(part);
  }

  get isRunning(): boolean {
    const state = this.#runner.state?.state;
    return state === 'connected' || state === 'reconnecting' || state === 'connecting';
  }

  /** Over before the machine began: nothing was sent. */
  #endUnbegun(reason: EndReason): void {
    this.#parts.model.phase.value = { phase: 'ended', reason, durationMs: 0 };
    this.#parts.devices.stop();
  }

  /** A call that was accepted but cannot be made: the ring is declined, by the background or, where that has let go of it, from here. */
  async #refuse(flow: CalleeFlow, media: CallMedia): Promise<void> {
    const { supplies, clock } = this.#parts;
    if (!(await supplies.declineRing(flow.callId))) {
      flow.decline();
      await supplies.forgetRing(flow.callId);
    }
    this.#log.finish(flow.callId, media, 'cannot-hide-address');
    flow.close();
    clock.after(lastWordMs, () => flow.leaveRelays());
  }

  #dispatch(event: CallEvent): void {
    if (event.event === 'security-failed') this.#parts.supplies.note('security check failed', { check: event.check });
    this.#runner.dispatch(event);
  }

  #flowEvents(): FlowEvents {
    return flowEvents({
      ...this.#parts,
      remote: this.#remote,
      afterPicture: (run) => this.#afterPicture(run),
      leaveRelays: () => this.#flow?.leaveRelays(),
      failure: this.#failure,
    });
  }

  #act(effect: OutsideEffect): void {
    const flow = this.#flow;
    switch (effect.effect) {
      case 'send-invite':
        flow?.sendInvite(this.#parts.model.media.value);
        return;
      case 'send-alive':
        flow?.sendAlive();
        return;
      case 'send-cancel':
        flow?.sendCancel(effect.why);
        return;
      case 'send-taken':
        flow?.sendTaken(effect.how);
        return;
      case 'send-bye':
        flow?.sendBye(effect.why);
        return;
      case 'sound':
        if (effect.sound === 'none') this.#parts.tones.stop();
        else if (effect.sound === 'connected') this.#afterPicture(() => this.#play('connected'));
        else this.#play(effect.sound);
        return;
      case 'close':
        this.#finish(effect.reason);
        return;
      case 'ignored':
        this.#parts.supplies.note('ignored', { why: effect.why });
        return;
      default:
        assertNever(effect);
    }
  }

  #show(state: CallState): void {
    const { model, devices, supplies } = this.#parts;
    supplies.note('state', { state: state.state });
    this.#log.entered(state);
    switch (state.state) {
      case 'dialing':
      case 'ringing':
        model.phase.value = { phase: state.state };
        return;
      case 'connecting':
        void this.#mayShow.then(() => {
          if (this.#runner.state?.state === 'ended') return;
          if (this.#flow) supplies.hold(this.#flow.callId, this.#log.direction, true);
          if (this.#runner.state === state) model.phase.value = { phase: state.state };
        });
        return;
      case 'connected':
        this.#stopListening?.();
        this.#stopListening = devices.listenTo(this.#remote.stream, (isSpeaking) => {
          model.remoteSpeaking.value = isSpeaking;
        });
        this.#afterPicture(() => devices.releasePreview());
        model.phase.value = {
          phase: 'connected',
          sinceMs: state.since,
          isBack: model.phase.value.phase === 'reconnecting',
        };
        return;
      case 'reconnecting':
        model.phase.value = { phase: 'reconnecting', sinceMs: state.since };
        return;
      case 'ended':
        return;
      default:
        assertNever(state);
    }
  }

  #finish(reason: EndReason): void {
    const { model, devices, quality, supplies, clock } = this.#parts;
    const flow = this.#flow;
    const noteLeft = flow !== undefined && this.#log.finish(flow.callId, model.media.value, reason);
    model.phase.value = { phase: 'ended', reason, durationMs: this.#log.durationMs(), noteLeft };
    model.remoteStream.value = undefined;
    model.remoteScreen.value = undefined;
    model.remoteSpeaking.value = false;
    this.#stopListening?.();
    devices.stop();
    quality.stop();
    // A goodbye over the data channel leaves with the connection's own buffers; one over a relay needs a moment.
    clock.after(this.#log.wasConnected ? 250 : 0, () => flow?.close());
    const leave = () => flow?.leaveRelays();
    if (flow && supplies.isOwnCall && isConnectionTrouble(reason))
      void this.#failure.exchange((own) => flow.sendFindings(own)).then(leave);
    else clock.after(lastWordMs, leave);
    if (flow) supplies.release(flow.callId);
  }

  #play(tone: Tone): void {
    const { tones, model } = this.#parts;
    tones.play(tone, { loop: tone === 'ringback', speakerId: model.chosen.value.speakerId });
  }

  /** What can wait until the first pictures are there, on slow machines above all; nothing of it matters to a call that is over. */
  #afterPicture(run: () => void): void {
    this.#parts.clock.after(pictureMs, () => {
      if (this.#runner.state?.state !== 'ended') run();
    });
  }

  #remember(state: 'verified' | 'different'): void {
    const { model, supplies, contact, clock } = this.#parts;
    const verification = { state, at: clock.now() } as const;
    if (model.security.value.state === 'ready') model.security.value = { ...model.security.value, verification };
    void supplies.remember(contact.id, verification);
  }
}
