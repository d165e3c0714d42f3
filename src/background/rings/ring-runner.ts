// Runs rings: feeds authentic signals and people's decisions to the ring machine, stores its state before acting, and acts.
// Knows no browser API: alerts, pages and mail come in as ports.

import { toBase64url } from '../../core/base/bytes.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import type { RingView, TakenCall } from '../../core/call/requests.ts';
import {
  type RingEffect,
  type RingEvent,
  type RingRecord,
  ringDeadline,
  ringMs,
  stepRing,
} from '../../core/call/ring-machine.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import { CallCounters } from '../../core/signaling/call-counters.ts';
import type { Signal, SignalOf } from '../../core/signaling/signal.ts';
import { type Crossing, crossingOf } from './crossing.ts';
import { InviteAdmission } from './invite-admission.ts';
import { RingBook } from './ring-book.ts';
import { RingMail } from './ring-mail.ts';
import type { RingParts } from './ring-parts.ts';
import { outcomeView, ringView, takenCall } from './ring-views.ts';

export class RingRunner {
  readonly #parts: RingParts;
  readonly #book: RingBook;
  readonly #counters = new CallCounters((sender, callId) => this.#book.get(callId)?.call.contactId === sender);
  readonly #mail: RingMail;
  readonly #admission = new InviteAdmission();
  #cancelTick: (() => void) | undefined;
  /** Events take effect one after another: each waits until the state of the one before is stored. */
  readonly #tasks = new TaskQueue();

  constructor(parts: RingParts) {
    this.#parts = parts;
    this.#book = new RingBook(parts);
    this.#mail = new RingMail(parts, this.#book);
  }

  /** Takes up the rings that were under way when the worker died. */
  restore(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#book.restore();
      for (const record of this.#book.all()) await this.#takeUp(record);
      await this.#tickAll();
    });
  }

  /** @param isQuantumSafe how it was sealed. */
  receive(senderId: string, signal: Signal, isInbox: boolean, isQuantumSafe?: true): Promise<void> {
    return this.#inTurn(async () => {
      const record = this.#book.get(signal.id);
      // Only the person who called may go on with this call, and spends its counters.
      if (record ? record.call.contactId !== senderId : signal.t !== 'invite') return;
      if (!this.#counters.isNew(senderId, signal)) return;
      if (signal.t === 'invite') {
        if (isInbox) await this.#invited(senderId, signal, isQuantumSafe);
        return;
      }
      if (!record) return;
      if (signal.t === 'alive') await this.#step(record, { event: 'alive', nonce: signal.nonce });
      else if (signal.t === 'cancel') await this.#step(record, { event: 'cancelled' });
      else if (signal.t === 'taken')
        await this.#step(record, {
          event: 'taken',
          byThisDevice: signal.winner === this.#parts.ownDev,
          how: signal.how,
        });
    });
  }

  /** A person accepted, in a page of the ring or elsewhere. False when the ring was over already. */
  answer(callId: string, media: CallMedia, { inPage }: { inPage: boolean }): Promise<boolean> {
    return this.#inTurn(async () => {
      const record = this.#book.get(callId);
      if (record?.ring.state === 'answered') return true;
      if (!record) return false;
      await this.#step(record, { event: 'answer', media, inPage });
      return this.#book.get(callId)?.ring.state === 'answered';
    });
  }

  decline(callId: string): Promise<boolean> {
    return this.#inTurn(async () => {
      const record = this.#book.get(callId);
      if (!record) return false;
      await this.#step(record, { event: 'decline' });
      return !this.#book.get(callId);
    });
  }

  /** What a page needs to go on with a ring; undefined when it is over. */
  take(callId: string): Promise<TakenCall | undefined> {
    return this.#inTurn(async () => {
      const record = this.#book.get(callId);
      return record && takenCall(record);
    });
  }

  /** The call page has taken the call and it is over or connected: the ring needs nothing more. */
  settle(callId: string): Promise<void> {
    return this.#inTurn(async () => {
      const record = this.#book.get(callId);
      if (record?.ring.state === 'answered') await this.#book.finish(callId);
    });
  }

  /** A call page has taken hold of a call: a ring of the same person may cross it. */
  held(): Promise<void> {
    return this.#inTurn(async () => {
      const held = await this.#parts.heldCalls();
      for (const { callId } of held) {
        const own = this.#book.get(callId);
        if (own && !own.wasHeld) await this.#book.put({ ...own, wasHeld: true });
      }
      for (const record of this.#book.all()) {
        const crossing = crossingOf(held, record.call);
        if (!crossing || record.ring.state === 'answered') continue;
        await this.#resolveGlare(record, crossing, record.ring.state === 'ringing' ? 'shown' : 'unproven');
      }
    });
  }

  /** No page of ours is in a call any more: whoever waited beside it rings as anybody does. */
  freed(): Promise<void> {
    return this.#inTurn(async () => {
      if ((await this.#parts.heldCalls()).length > 0) return;
      const waiting = this.currentRing();
      if (!waiting?.beside) return;
      const { beside: _beside, ...record } = waiting;
      await this.#book.put(record);
      await this.#ring(ringView(record));
    });
  }

  ringFrom(contactId: string): RingRecord | undefined {
    return this.#book.all().find(({ call, ring }) => call.contactId === contactId && ring.state === 'ringing');
  }

  currentRing(): RingRecord | undefined {
    return this.#book.all().find(({ ring }) => ring.state === 'ringing');
  }

  /** Somebody calls, or was answered a moment ago. */
  get hasRings(): boolean {
    return this.#book.all().length > 0;
  }

  /** Looks at all deadlines. Called by the revival alarm, and by the runner's own timer. */
  tick(): Promise<void> {
    return this.#inTurn(() => this.#tickAll());
  }

  async #invited(senderId: string, invite: SignalOf<'invite'>, isQuantumSafe?: true): Promise<void> {
    const { parts, now } = { parts: this.#parts, now: this.#parts.clock.now() };
    const known = this.#book.get(invite.id);
    if (known) {
      if (known.call.contactId === senderId) await this.#step(known, { event: 'invited' });
      return;
    }
    const [isFinished, contact, settings, held] = await Promise.all([
      this.#book.isFinished(invite.id),
      parts.contact(senderId),
      parts.settings(),
      parts.heldCalls(),
    ]);
    const nonce = toBase64url(parts.sealer.randomBytes(16));
    const facts = { now, isFinished, contact, settings, held, rings: this.#book.all(), nonce, isQuantumSafe };
    const admission = this.#admission.admit(senderId, invite, facts);
    if (admission.is === 'silence') return;
    if (admission.is === 'stranger') return parts.strangerCalled(senderId, invite);
    const { call } = admission;
    const record: RingRecord = { callId: call.callId, call, ring: { state: 'verifying' }, nextN: 1 };
    if (admission.is === 'ring') {
      await this.#mail.send(record, { t: 'ringing', nonce }, 'keep');
      this.#schedule();
      return;
    }
    if (admission.is === 'busy') await this.#mail.send(record, { t: 'busy' });
    await this.#book.finish(call.callId);
    // Of somebody whom we are talking to nothing is missed: it is the call that ours has crossed.
    if (!held.some(({ contactId }) => contactId === call.contactId)) await parts.record(call, 'missed');
  }

  /** Both called. The own call goes on and theirs is dropped without a word, or, once theirs is proven alive, its page goes over to theirs. */
  async #resolveGlare(
    record: RingRecord,
    { outgoingId, survivor }: Crossing,
    theirs: 'unproven' | 'proven' | 'shown',
  ): Promise<void> {
    const { parts, call } = { parts: this.#parts, call: record.call };
    if (survivor === 'incoming' && theirs === 'unproven') return;
    if (theirs === 'shown') {
      await parts.alerts.stop(call.callId);
      await this.#act(record, { effect: 'page-has-it' });
    }
    if (survivor === 'outgoing') return this.#book.finish(call.callId);
    const answered: RingRecord = {
      ...(this.#book.get(call.callId) ?? record),
      ring: { state: 'answered', at: parts.clock.now(), media: call.media },
    };
    await this.#book.put(answered);
    await parts.crossOver(outgoingId, takenCall(answered));
  }

  async #step(record: RingRecord, event: RingEvent): Promise<void> {
    const step = stepRing(record.call, record.ring, event, this.#parts.clock.now());
    const wasHeld = step.effects.some(({ effect }) => effect === 'page-has-it');
    const next: RingRecord = { ...record, ring: step.state, ...(wasHeld && { wasHeld }) };
    if (step.state !== record.ring) await this.#book.put(next);
    for (const effect of step.effects) await this.#act(next, effect);
    if (step.state.state === 'over') await this.#book.finish(record.callId);
    this.#schedule();
  }

  /** The worker may have died between storing a state and acting on it. All of this can be done twice without harm. */
  async #takeUp(record: RingRecord): Promise<void> {
    if (record.ring.state === 'answered') {
      await this.#act(record, { effect: 'stop-ringing', outcome: 'answered' });
      const held = await this.#parts.heldCalls();
      const isFresh = this.#parts.clock.now() - record.ring.at < ringMs;
      if (isFresh && !record.wasHeld && !held.some(({ callId }) => callId === record.callId))
        await this.#act(record, { effect: 'open-call', media: record.ring.media });
    }
    if (record.ring.state !== 'over') return;
    const { outcome } = record.ring;
    if (outcome === 'declined') await this.#act(record, { effect: 'send-decline' });
    await this.#act(record, { effect: 'stop-ringing', outcome });
    await this.#act(record, { effect: 'record', outcome });
  }

  async #act(record: RingRecord, effect: RingEffect): Promise<void> {
    const { parts, call } = { parts: this.#parts, call: record.call };
    switch (effect.effect) {
      case 'send-ringing':
        return this.#mail.send(record, { t: 'ringing', nonce: call.nonce });
      case 'send-decline':
        return this.#mail.send(record, { t: 'decline' });
      case 'start-ringing': {
        const held = await parts.heldCalls();
        const crossing = crossingOf(held, call);
        if (crossing) return this.#resolveGlare(record, crossing, 'proven');
        parts.log('ring', { media: call.media });
        if (held.length === 0) return this.#ring(ringView(record));
        await this.#book.put({ ...(this.#book.get(call.callId) ?? record), beside: true });
        return this.#ring({ ...ringView(record), beside: true });
      }
      case 'stop-ringing':
        await parts.alerts.stop(call.callId);
        if (effect.outcome !== 'answered')
          await parts.showView({ ...ringView(record), phase: 'over', outcome: outcomeView[effect.outcome] });
        return;
      case 'open-call':
        return parts.openCall({ ...ringView(record), phase: 'answered', answerMedia: effect.media });
      case 'page-has-it':
        return parts.showView({ ...ringView(record), phase: 'over', outcome: 'answered-here' });
      case 'record':
        await parts.record(call, effect.outcome);
        if (effect.outcome === 'missed' || effect.outcome === 'caller-cancelled') await parts.alerts.missed(call);
        return;
      case 'ignored':
        parts.log('ignored', { why: effect.why });
    }
  }

  async #ring(view: RingView): Promise<void> {
    await Promise.all([this.#parts.showView(view), this.#parts.alerts.start(view)]);
  }

  async #tickAll(): Promise<void> {
    const now = this.#parts.clock.now();
    for (const record of this.#book.all()) {
      await this.#step(record, { event: 'tick' });
      const { ring } = record;
      if (ring.state === 'answered' && now - ring.at > 2 * ringMs) await this.#book.finish(record.callId);
    }
    this.#schedule();
  }

  #schedule(): void {
    this.#cancelTick?.();
    const deadlines = this.#book.all().map(({ call, ring }) => ringDeadline(call, ring) ?? Number.POSITIVE_INFINITY);
    const next = Math.min(...deadlines);
    this.#cancelTick = Number.isFinite(next)
      ? this.#parts.clock.after(Math.max(0, next - this.#parts.clock.now()) + 10, () => void this.tick())
      : undefined;
  }

  #inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.#tasks.run(run);
  }
}
