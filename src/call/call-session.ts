// The one stateful object of a call page: joins the call machine, the flow of this side's role, the devices and the model that the
// views show. Every way in and out of a call passes here.

import { assertNever } from '../core/assert-never.ts';
import { type CallEvent, type CallState, startIncoming, startOutgoing } from '../core/call-machine.ts';
import type { CallMedia, Contact } from '../core/contact.ts';
import type { EndReason } from '../core/end-reason.ts';
import type { Clock } from '../core/ports.ts';
import type { TakenCall } from '../core/requests.ts';
import type { SasEmoji } from '../core/sas-emoji.ts';
import type { TonePlayer } from '../ui/tone-player.ts';
import type { CallFlow } from './call-flow.ts';
import type { CallActions, CallModel, ChosenDevices } from './call-model.ts';
import { CallRunner, type OutsideEffect } from './call-runner.ts';
import type { CallSupplies } from './call-supplies.ts';
import type { CalleeFlow } from './callee-flow.ts';
import type { CallerFlow } from './caller-flow.ts';
import type { LocalDevices } from './local-devices.ts';
import { RemoteMedia } from './remote-media.ts';

export interface SessionParts {
  readonly model: CallModel;
  readonly clock: Clock;
  readonly contact: Contact;
  readonly devices: LocalDevices;
  readonly tones: TonePlayer;
  readonly supplies: CallSupplies;
}

/** After the last word is handed to the relays they get this long to take it. */
const lastWordMs = 2_000;

export class CallSession implements CallActions {
  readonly #parts: SessionParts;
  readonly #runner: CallRunner;
  readonly #remote: RemoteMedia;
  #caller: Promise<CallerFlow> | undefined;
  #callee: Promise<CalleeFlow> | undefined;
  #readyCallee: CalleeFlow | undefined;
  #flow: CallFlow | undefined;
  #direction: 'incoming' | 'outgoing' = 'outgoing';
  #startedAt = 0;
  #connectedAt: number | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#remote = new RemoteMedia(parts.model);
    this.#runner = new CallRunner(
      parts.clock,
      (effect) => this.#act(effect),
      (state) => this.#show(state),
    );
    parts.devices.onMedia((microphone, camera) => this.#flow?.tellMedia(microphone, camera));
  }

  /** The caller's page: everything is made ready while the person looks at the preview. */
  prepareOutgoing(media: CallMedia): void {
    this.#direction = 'outgoing';
    this.#parts.devices.wish(media);
    this.#parts.model.phase.value = { phase: 'before' };
    this.#caller = this.#parts.supplies.caller((event) => this.#dispatch(event), this.#flowEvents());
    this.#caller.catch((error: unknown) => this.#parts.supplies.fault('prepare', error));
  }

  /** The callee's page: a ring is shown, everything is made ready, nothing is sent. */
  prepareIncoming(call: TakenCall): void {
    this.#direction = 'incoming';
    this.#parts.model.media.value = call.media;
    this.#parts.model.phase.value = { phase: 'incoming' };
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
    model.media.value = media;
    model.phase.value = { phase: 'dialing' };
    devices.wish(media);
    this.#startedAt = this.#parts.clock.now();
    void this.#caller.then((flow) => {
      if (model.phase.value.phase !== 'dialing') return;
      this.#flow = flow;
      this.#parts.supplies.hold(flow.callId, 'outgoing', false);
      this.#runner.begin(startOutgoing());
    });
  }

  /** The person accepted, here or on the notification. */
  accept(media: CallMedia): void {
    const { model, devices } = this.#parts;
    if (!this.#callee || model.phase.value.phase !== 'incoming') return;
    this.#startedAt = this.#parts.clock.now();
    const begin = (flow: CalleeFlow): void => {
      // First what the other side waits for, then what is shown here.
      flow.accept();
      devices.wish(media);
      this.#flow = flow;
      this.#runner.begin(startIncoming());
    };
    if (this.#readyCallee) begin(this.#readyCallee);
    else
      void this.#callee.then((flow) => {
        if (model.phase.value.phase === 'connecting') begin(flow);
      });
    model.media.value = media;
    model.phase.value = { phase: 'connecting' };
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
    if (model.phase.value.phase === 'incoming') {
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
    void this.#callee?.then(async (flow) => {
      if (!(await this.#parts.supplies.answerRing(flow.callId, media)))
        this.#dispatch({ event: 'cancelled-by-caller' });
    });
  }

  decline(): void {
    if (this.#parts.model.phase.value.phase !== 'incoming') return;
    void this.#callee?.then((flow) => this.#parts.supplies.declineRing(flow.callId));
    this.ringOver('declined');
    this.close();
  }

  cancelCall(): void {
    if (this.#runner.state) this.#dispatch({ event: 'hang-up' });
    else {
      this.#parts.model.phase.value = { phase: 'ended', reason: 'cancelled', durationMs: 0 };
      this.#parts.devices.stop();
    }
  }

  leave(): void {
    this.#dispatch({ event: 'hang-up' });
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

  chooseDevices(chosen: Partial<ChosenDevices>): void {
    this.#parts.devices.choose(chosen);
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

  openSettings(): void {
    this.#parts.supplies.openSettings();
  }

  get isRunning(): boolean {
    const state = this.#runner.state?.state;
    return state === 'connected' || state === 'reconnecting' || state === 'connecting';
  }

  #dispatch(event: CallEvent): void {
    if (event.event === 'security-failed') this.#parts.supplies.note('security check failed', { check: event.check });
    this.#runner.dispatch(event);
  }

  #flowEvents() {
    const { model, supplies, contact, devices } = this.#parts;
    return {
      ownMedia: () => devices.sent,
      onTrack: (track: MediaStreamTrack) => this.#remote.add(track),
      onRemoteMedia: (microphoneOn: boolean, cameraOn: boolean) => this.#remote.tell(microphoneOn, cameraOn),
      onEmoji: (emoji: readonly SasEmoji[]) => {
        model.security.value = { state: 'ready', emoji, verification: contact.verification };
      },
      onProven: (theirLink: string) => {
        void supplies.learnLink(contact, theirLink);
        // Everything from here on goes over the data channel: all relays may die.
        this.#flow?.leaveRelays();
      },
    };
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
        else
          this.#parts.tones.play(effect.sound, {
            loop: effect.sound === 'ringback',
            speakerId: this.#parts.model.chosen.value.speakerId,
          });
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
    switch (state.state) {
      case 'dialing':
      case 'ringing':
        model.phase.value = { phase: state.state };
        return;
      case 'connecting':
        model.phase.value = { phase: state.state };
        if (this.#flow) supplies.hold(this.#flow.callId, this.#direction, true);
        return;
      case 'connected':
        this.#connectedAt ??= state.since;
        devices.listenTo(this.#remote.show());
        model.phase.value = { phase: 'connected', sinceMs: state.since };
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
    const { model, devices, supplies, clock, contact } = this.#parts;
    const now = clock.now();
    const durationMs = this.#connectedAt === undefined ? 0 : now - this.#connectedAt;
    model.phase.value = { phase: 'ended', reason, durationMs };
    model.remoteStream.value = undefined;
    devices.stop();
    const flow = this.#flow;
    // A goodbye over the data channel leaves with the connection's own buffers; one over a relay needs a moment.
    clock.after(this.#connectedAt === undefined ? 0 : 250, () => flow?.close());
    clock.after(lastWordMs, () => flow?.leaveRelays());
    supplies.release();
    if (flow)
      void supplies.record({
        callId: flow.callId,
        contactId: contact.id,
        contactName: contact.name,
        direction: this.#direction,
        media: model.media.value,
        reason,
        at: this.#startedAt,
        durationMs,
      });
  }

  #remember(state: 'verified' | 'different'): void {
    const { model, supplies, contact, clock } = this.#parts;
    const verification = { state, at: clock.now() } as const;
    if (model.security.value.state === 'ready') model.security.value = { ...model.security.value, verification };
    void supplies.remember(contact.id, verification);
  }
}
