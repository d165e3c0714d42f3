// Somebody in the call goes on with it at another device (docs/protocol.md#moving): a second call with them is made beside the one of their seat,
// and takes its place in one step, once the other device says that it is left. Until then nothing of the first is different.
import { equalBytes, fromBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import { handOverMs, type SeatMoveEvent, type SeatMoveState, stepSeatMove } from '../../core/call/hand-over.ts';
import type { TakenCall } from '../../core/call/requests.ts';
import { takenCall } from '../../core/call/taken-call.ts';
import { moveProof } from '../../core/identity/call-security.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';
import type { PairCall, Seat } from '../group/seat.ts';
import type { MoveState } from '../pair/move-word.ts';

/** A call that may take the place of another one. */
export interface Successor {
  readonly call: PairCall;
  /** What was beside the first call, and what was chosen in it, goes with this one from now on. */
  takeOver(): void;
  say(state: MoveState): void;
  /** Calls back with what the other side says of the move. */
  onMove(hear: (state: MoveState) => void): void;
}

export interface SuccessorsParts {
  readonly clock: Clock;
  readonly sealer: Pick<Sealer, 'sha256'>;
  readonly seatOf: (id: string) => Seat | undefined;
  /** Makes a second call with whom the first is with. */
  readonly makeSuccessor: (former: PairCall) => Successor;
  /** The call takes the seat. */
  readonly sit: (call: PairCall) => void;
}

/** Nobody changes devices more often than this in a minute: there, back at once, and once more of both. */
const maxMoves = 4;
const minuteMs = 60_000;
/** So long a new device is waited for to be heard or seen: it may be muted. */
const silentMs = 1_500;
const lookMs = 100;
/** The former device says goodbye by itself; this long it is waited for. */
const formerMs = 5_000;

export class Successors {
  readonly #parts: SuccessorsParts;
  /** When each moved in the last minute, and who does now. */
  readonly #movedAt = new Map<string, readonly number[]>();
  readonly #moving = new Set<string>();

  constructor(parts: SuccessorsParts) {
    this.#parts = parts;
  }

  /**
   * Whoever sits here invites from another device. Nobody is asked: it is the same person, and only the two ends of the call know what the
   * invite names (docs/hostile-cases.md#e106).
   */
  async take(seat: Seat, invite: SignalOf<'invite'>, isQuantumSafe?: true): Promise<void> {
    const { sealer, clock, seatOf } = this.#parts;
    const { id, call } = seat;
    const { moves } = invite;
    const { link } = call;
    if (!moves || !link || moves.id !== link.callId || this.#isTooSoon(id)) return;
    const named = fromBase64url(moves.h);
    if (!named || !equalBytes(named, await moveProof(sealer, link.transcript))) return;
    if (seatOf(id) !== seat || !seat.isUp || this.#isTooSoon(id)) return;
    this.#movedAt.set(id, [...this.#lately(id), clock.now()]);
    this.#moving.add(id);
    this.#begin(seat, takenCall(id, invite, 1, isQuantumSafe), () => this.#moving.delete(id));
  }

  #isTooSoon(id: string): boolean {
    return this.#moving.has(id) || this.#lately(id).length >= maxMoves;
  }

  #lately(id: string): readonly number[] {
    const since = this.#parts.clock.now() - minuteMs;
    return (this.#movedAt.get(id) ?? []).filter((at) => at > since);
  }

  #begin({ call: former }: Seat, taken: TakenCall, over: () => void): void {
    const { clock, makeSuccessor, sit } = this.#parts;
    const next = makeSuccessor(former);
    const { session, model } = next.call;
    let state: SeatMoveState = 'making';
    const ends: (() => void)[] = [];
    const step = (event: SeatMoveEvent): void => {
      const { state: after, effects } = stepSeatMove(state, event);
      state = after;
      for (const effect of effects)
        switch (effect) {
          case 'say-ready':
            next.say('ready');
            break;
          case 'wait':
            clock.after(handOverMs.cut, () => step({ event: 'waited' }));
            break;
          case 'swap':
            next.takeOver();
            sit(next.call);
            clock.after(formerMs, () => former.session.leave());
            break;
          case 'say-shown':
            next.say('shown');
            break;
          case 'hang-up':
            session.leave();
        }
      if (state !== 'shown' && state !== 'dropped') return;
      for (const end of ends.splice(0)) end();
      over();
    };
    const isCut = () => former.model.phase.value.phase === 'reconnecting';
    const lookFor = (leftMs: number): void => {
      if (state !== 'making') return;
      const isHeard = model.remoteStream.value?.getTracks().some(({ muted }) => !muted) === true;
      if (model.phase.value.phase === 'connected' && (isHeard || leftMs <= 0)) step({ event: 'heard' });
      else clock.after(lookMs, () => lookFor(leftMs - lookMs));
    };
    next.onMove((said) => {
      if (said === 'commit') step({ event: 'asked', isCut: isCut() });
    });
    former.session.onMoved = () => step({ event: 'moved' });
    session.prepareIncoming({ ...taken, media: model.media.value });
    session.accept(model.media.value);
    let isFound = false;
    ends.push(
      clock.after(handOverMs.seat, () => step({ event: 'late' })),
      model.phase.subscribe(({ phase }) => {
        if (phase === 'ended') step({ event: 'over' });
        if (phase !== 'connected' || isFound) return;
        isFound = true;
        lookFor(silentMs);
      }),
      former.model.phase.subscribe(({ phase }) => {
        if (phase === 'reconnecting') step({ event: 'former-cut' });
        if (phase === 'connected') step({ event: 'former-back' });
        if (phase === 'ended') step({ event: 'former-over' });
      }),
    );
  }
}
