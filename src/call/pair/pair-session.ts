// One call of a page: joins the call machine, the flow of this side's role, the devices and the model that the views show. Every way in
// and out of a call passes here.

import { assertNever } from '../../core/base/assert-never.ts';
import type { CallEvent, CallState } from '../../core/call/call-machine.ts';
import { type EndReason, isConnectionTrouble } from '../../core/call/end-reason.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { CallFlow } from '../../link/signaling/call-flow.ts';
import type { Tone } from '../../platform/tones.ts';
import type { CallActions } from '../model/person-model.ts';
import { CallLog } from './call-log.ts';
import { CallOpening, lastWordMs } from './call-opening.ts';
import { CallRunner, type OutsideEffect } from './call-runner.ts';
import type { FlowEvents } from './call-supplies.ts';
import { FailureFindings } from './failure-findings.ts';
import { flowEvents } from './flow-events.ts';
import { rememberWords } from './remember-words.ts';
import type { RunningCall, SessionParts } from './session-parts.ts';
import { SilenceWatch } from './silence-watch.ts';
import { isSpoken, speak } from './spoken-effect.ts';

/** Pictures have this long to appear before anything else is done for a call that is up. */
const pictureMs = 400;

export class PairSession implements CallActions {
  readonly #parts: SessionParts;
  readonly #runner: CallRunner;
  readonly #opening: CallOpening;
  #flow: CallFlow | undefined;
  #log: CallLog;
  /** When the call began that this one goes on with, ms since the epoch. */
  #since: number | undefined;
  /** Another call with the same person has taken the place of this one. */
  #isSucceeded = false;
  /** The other side goes on with the call at another device of theirs. */
  onMoved: () => void = () => undefined;
  readonly #silence: SilenceWatch;
  readonly #failure: FailureFindings;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#log = new CallLog(parts);
    this.#silence = new SilenceWatch(parts);
    this.#failure = FailureFindings.of(parts);
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
      makeCaller: () => parts.supplies.caller(dispatch, this.#flowEvents()),
      makeCallee: (call) => parts.supplies.callee(call, dispatch, this.#flowEvents()),
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
    rememberWords(this.#parts, 'verified');
  }

  wordsDiffer(): void {
    rememberWords(this.#parts, 'different');
    this.#dispatch({ event: 'words-differ' });
  }

  callAgain(): void {
    this.#parts.supplies.callAgain(this.#parts.contact.id, this.#parts.model.media.value);
  }

  get callId(): string | undefined {
    return this.#flow?.callId;
  }

  /** Another device of the person here goes on with the call. */
  handOver(): void {
    this.#runner.dispatch({ event: 'hand-over' });
  }

  /** This device goes on with a call of another one. @param lasts how long it has been up, in ms. */
  goOnWith({ callId, direction, lasts }: RunningCall): void {
    this.#since = this.#parts.clock.now() - lasts;
    this.#log.goesOnAs(callId, direction);
    this.#parts.model.isCallee.value = direction === 'incoming';
  }

  /** Takes the place of a call with another device of the same person: what that was goes on. */
  succeed(former: PairSession): void {
    const { model } = this.#parts;
    if (former.callId !== undefined) former.#log.goesOnAs(former.callId, former.#log.direction);
    this.#log = former.#log;
    former.#isSucceeded = true;
    const before = former.#parts.model;
    model.isCallee.value = before.isCallee.value;
    this.#since = 'sinceMs' in before.phase.value ? before.phase.value.sinceMs : undefined;
    const { value: phase } = model.phase;
    if (phase.phase === 'connected') model.phase.value = { ...phase, sinceMs: this.#since ?? phase.sinceMs };
  }

  get isRunning(): boolean {
    const state = this.#runner.state?.state;
    return state === 'connected' || state === 'reconnecting' || state === 'connecting';
  }

  #dispatch(event: CallEvent): void {
    if (event.event === 'security-failed') this.#parts.supplies.note('security check failed', { check: event.check });
    if (event.event === 'bye' && event.moved) this.onMoved();
    this.#runner.dispatch(event);
  }

  #flowEvents(): FlowEvents {
    return flowEvents({
      ...this.#parts,
      later: (run) => this.afterPicture(run),
      onFindings: (theirs) => this.#failure.hear(theirs),
      leaveRelays: () => this.#flow?.leaveRelays(),
    });
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
          sinceMs: this.#since ?? state.since,
          isBack: model.phase.value.phase === 'reconnecting',
        };
        return;
      case 'reconnecting':
        // Their next word about it may be long in coming.
        model.remoteSpeaking.value = false;
        model.phase.value = { phase: 'reconnecting', sinceMs: this.#since ?? state.since };
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
    const isOver = flow !== undefined && !this.#isSucceeded;
    const left = isOver ? this.#log.finish(flow.callId, model.media.value, reason) : { noteLeft: false };
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
}
