// One call of a page: joins the call machine, the flow of this side's role, the devices and the model that the views show. Every way in
// and out of a call passes here.

import { assertNever } from '../../core/base/assert-never.ts';
import type { CallEvent, CallState } from '../../core/call/call-machine.ts';
import { type EndReason, isConnectionTrouble } from '../../core/call/end-reason.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import type { CallMedia, Contact } from '../../core/identity/contact.ts';
import type { CallFlow } from '../../link/signaling/call-flow.ts';
import type { Tone } from '../../platform/tones.ts';
import type { TonePlayer } from '../../ui/sound/tone-player.ts';
import type { LocalDevices } from '../devices/local-devices.ts';
import type { CallActions, PairModel } from '../model/person-model.ts';
import type { QualityControl } from '../quality/quality-control.ts';
import { CallLog } from './call-log.ts';
import { CallOpening, lastWordMs, type OpeningDevices } from './call-opening.ts';
import { CallRunner, type OutsideEffect } from './call-runner.ts';
import type { CallSupplies, FlowEvents } from './call-supplies.ts';
import { FailureFindings } from './failure-findings.ts';
import { type SilenceParts, SilenceWatch } from './silence-watch.ts';
import { isSpoken, speak } from './spoken-effect.ts';

export interface SessionParts extends SilenceParts {
  readonly model: PairModel;
  readonly contact: Contact;
  readonly devices: Pick<LocalDevices, 'measureMicrophone' | keyof OpeningDevices>;
  /** The call that the page was opened for: its kind decides whether the camera is opened. */
  readonly isFirst: boolean;
  /** It has ended: the own devices are not needed for it any more. */
  readonly onOver: () => void;
  readonly quality: QualityControl;
  /** They play where the person wants to hear them. */
  readonly tones: Pick<TonePlayer, 'play' | 'stop'>;
  readonly supplies: CallSupplies;
}

/** Pictures have this long to appear before anything else is done for a call that is up. */
const pictureMs = 400;

export class PairSession implements CallActions {
  readonly #parts: SessionParts;
  readonly #runner: CallRunner;
  readonly #opening: CallOpening;
  #flow: CallFlow | undefined;
  readonly #log: CallLog;
  readonly #silence: SilenceWatch;
  readonly #failure: FailureFindings;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { clock, contact, supplies } = parts;
    this.#log = new CallLog({ clock, contact, supplies });
    this.#silence = new SilenceWatch(parts);
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
    const dispatch = (event: CallEvent): void => this.#dispatch(event);
    this.#opening = new CallOpening({
      ...parts,
      devices: parts.isFirst ? parts.devices : undefined,
      log: this.#log,
      makeCaller: () => supplies.caller(dispatch, this.#flowEvents()),
      makeCallee: (call) => supplies.callee(call, dispatch, this.#flowEvents()),
      onFlow: (flow) => {
        this.#flow = flow;
      },
      begin: (step) => this.#runner.begin(step),
      dispatch,
    });
  }

  prepareOutgoing(media: CallMedia, when?: 'now' | 'after-click'): void {
    this.#opening.prepareOutgoing(media, when);
  }

  /** A click on a page that waited for one. */
  makeReady(): void {
    const { phase, awaitsClick, media } = this.#parts.model;
    if (phase.value.phase === 'before' && awaitsClick.value) this.prepareOutgoing(media.value);
  }

  prepareIncoming(call: TakenCall): void {
    this.#opening.prepareIncoming(call);
  }

  startCall(media: CallMedia): void {
    this.#opening.startCall(media);
  }

  accept(media: CallMedia): void {
    this.#opening.accept(media);
  }

  answer(media: CallMedia): void {
    this.#opening.answer(media);
  }

  turnAway(): void {
    this.#opening.turnAway();
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

  /** The ring ended: before anyone here said yes, or because another device of ours did. */
  ringOver(reason: EndReason): void {
    if (!this.#opening.ringOver(reason) && reason === 'answered-elsewhere')
      this.#dispatch({ event: 'answered-elsewhere' });
  }

  /** Another page of this device has the call, or it is this one. */
  takenByAnotherPage(): void {
    if (this.#opening.ringOver('answered-elsewhere')) this.#parts.supplies.closePage();
  }

  decline(): void {
    if (this.#opening.decline()) this.#parts.supplies.closePage();
  }

  cancelCall(): void {
    if (this.#runner.state) this.#dispatch({ event: 'hang-up' });
    else this.#opening.end('cancelled');
  }

  leave(): void {
    // Called off while it was still being made ready.
    if (!this.#runner.state && this.#parts.model.phase.value.phase === 'dialing') this.#opening.end('cancelled');
    else this.#dispatch({ event: 'hang-up' });
  }

  /** The page goes away: the other side is told while there is still time. */
  pageGoes(): void {
    const state = this.#runner.state?.state;
    if (state && state !== 'ended') this.#dispatch({ event: 'hang-up' });
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

  get isRunning(): boolean {
    const state = this.#runner.state?.state;
    return state === 'connected' || state === 'reconnecting' || state === 'connecting';
  }

  #dispatch(event: CallEvent): void {
    if (event.event === 'security-failed') this.#parts.supplies.note('security check failed', { check: event.check });
    this.#runner.dispatch(event);
  }

  #flowEvents(): FlowEvents {
    const { model, contact } = this.#parts;
    return {
      onEmoji: (emoji) =>
        this.afterPicture(() => {
          model.security.value = { state: 'ready', emoji, verification: contact.verification };
        }),
      onClockSkew: (ms) => {
        model.clockSkewMs.value = ms;
      },
      onFindings: (theirs) => this.#failure.hear(theirs),
      // Everything from here on goes over the data channel: all relays may die.
      onProven: () => this.afterPicture(() => this.#flow?.leaveRelays()),
    };
  }

  #act(effect: OutsideEffect): void {
    if (isSpoken(effect)) {
      if (this.#flow) speak(effect, this.#flow, this.#parts.model.media.value);
      return;
    }
    switch (effect.effect) {
      case 'sound':
        if (effect.sound === 'none') this.#parts.tones.stop();
        else if (effect.sound === 'connected') this.afterPicture(() => this.#play('connected'));
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
    const { model, devices, isFirst, supplies } = this.#parts;
    supplies.note('state', { state: state.state });
    this.#log.entered(state);
    this.#silence.entered(state);
    switch (state.state) {
      case 'dialing':
      case 'ringing':
        model.phase.value = { phase: state.state };
        return;
      case 'connecting':
        // What is up and not proven yet looks no different.
        if (state.isUp) return;
        void this.#opening.mayShow.then(() => {
          if (this.#runner.state?.state === 'ended') return;
          if (this.#flow) supplies.hold(this.#flow.callId, this.#log.direction, true);
          if (this.#runner.state?.state === 'connecting') model.phase.value = { phase: state.state };
        });
        return;
      case 'connected':
        devices.measureMicrophone();
        this.afterPicture(() => isFirst && devices.releasePreview());
        model.phase.value = {
          phase: 'connected',
          sinceMs: state.since,
          isBack: model.phase.value.phase === 'reconnecting',
        };
        return;
      case 'reconnecting':
        // Their next word about it may be long in coming.
        model.remoteSpeaking.value = false;
        model.phase.value = { phase: 'reconnecting', sinceMs: state.since };
        return;
      case 'ended':
        return;
      default:
        assertNever(state);
    }
  }

  #finish(reason: EndReason): void {
    const { model, onOver, quality, supplies, clock } = this.#parts;
    const flow = this.#flow;
    const left = flow ? this.#log.finish(flow.callId, model.media.value, reason) : { noteLeft: false };
    model.phase.value = { phase: 'ended', reason, durationMs: this.#log.durationMs(), ...left };
    model.remoteStream.value = undefined;
    model.remoteScreen.value = undefined;
    model.remoteSpeaking.value = false;
    onOver();
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
    this.#parts.tones.play(tone, { loop: tone === 'ringback' });
  }

  /** What can wait until the first pictures are there, on slow machines above all; nothing of it matters to a call that is over. */
  afterPicture(run: () => void): void {
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
