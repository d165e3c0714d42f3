// A call that goes on at another device of the person here comes to this page (docs/protocol.md#moving): asks that device, calls the other person
// by way of it, and enters once the other person's device shows us and ours has left.
import type { Clock } from '../../core/base/ports.ts';
import {
  handOverMs,
  type StayReason,
  startTaking,
  stepTaking,
  type TakingEffect,
  type TakingEvent,
  type TakingState,
} from '../../core/call/hand-over.ts';
import type { HandOverWord, OwnState } from '../../core/call/hand-over-word.ts';
import type { ChatMessage } from '../../core/transfer/chat.ts';
import type { OwnLink, OwnLinkEvents } from '../../link/members/own-link.ts';
import type { MoveState } from '../pair/move-word.ts';
import type { OwnPeople } from './own-people.ts';

/** The call with the other person, as it is made here. */
export interface ArrivingCall {
  /** Calls back when their device has us beside our other one, and when it shows us. */
  onMove(hear: (state: MoveState) => void): void;
  /** Tells their device that our other one was asked to leave. */
  sayCommit(): void;
  /** It has ended. */
  onOver(tell: () => void): void;
  leave(): void;
}

export interface TakingParts {
  readonly clock: Clock;
  readonly people: Pick<OwnPeople, 'way' | 'heard'>;
  /** The link to the device that has the call. */
  readonly openLink: (events: OwnLinkEvents) => OwnLink;
  /** Calls the other person. Undefined where that cannot be done. */
  readonly call: (state: OwnState) => Promise<ArrivingCall | undefined>;
  readonly heardChat: (messages: readonly ChatMessage[]) => void;
  readonly onHere: () => void;
  readonly onOff: (why: StayReason) => void;
}

export class TakingCall {
  readonly #parts: TakingParts;
  readonly #link: OwnLink;
  #state: TakingState = startTaking.state;
  #told: OwnState | undefined;
  #call: ArrivingCall | undefined;
  #cancelWait: (() => void) | undefined;

  private constructor(parts: TakingParts) {
    this.#parts = parts;
    this.#link = parts.openLink({
      onUp: () => {
        parts.people.way = (word) => this.#link.say(word);
      },
      onWord: (word) => this.#heard(word),
      onCut: () => {
        parts.people.way = undefined;
        this.#step({ event: 'cut' });
      },
    });
  }

  static begin(parts: TakingParts): TakingCall {
    const taking = new TakingCall(parts);
    for (const effect of startTaking.effects) taking.#act(effect);
    return taking;
  }

  /** The person has thought better of it. */
  cancel(): void {
    this.#step({ event: 'cancel' });
  }

  #step(event: TakingEvent): void {
    const { state, effects } = stepTaking(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#act(effect);
    if (state.state === 'off' && effects.length > 0) this.#parts.onOff(state.why);
  }

  #act(effect: TakingEffect): void {
    switch (effect.effect) {
      case 'call':
        void this.#begin().catch(() => this.#step({ event: 'call-over' }));
        return;
      case 'say-commit':
        this.#link.say({ t: 'commit' });
        this.#call?.sayCommit();
        return;
      case 'say-stay':
        this.#link.say({ t: 'stay', why: effect.why });
        return;
      case 'enter':
        this.#parts.onHere();
        return;
      case 'hang-up':
        this.#call?.leave();
        return;
      case 'wait':
        this.#cancelWait?.();
        this.#cancelWait = this.#parts.clock.after(handOverMs[effect.timer], () => this.#step({ event: 'late' }));
        return;
      case 'close':
        this.#cancelWait?.();
        this.#parts.people.way = undefined;
        this.#link.close();
    }
  }

  async #begin(): Promise<void> {
    const call = this.#told && (await this.#parts.call(this.#told));
    this.#call = call;
    // Meanwhile somebody may have thought better of it.
    if (!call || this.#state.state === 'off') {
      call?.leave();
      this.#step({ event: 'call-over' });
      return;
    }
    call.onMove((state) => {
      if (state !== 'commit') this.#step({ event: state });
    });
    call.onOver(() => this.#step({ event: 'call-over' }));
  }

  #heard(word: HandOverWord): void {
    switch (word.t) {
      case 'state':
        this.#told ??= word;
        this.#step({ event: 'state' });
        return;
      case 'chat':
        this.#parts.heardChat(word.messages.map(({ by: author, ...message }) => ({ ...message, author })));
        return;
      case 'pass':
        this.#parts.people.heard(word);
        return;
      case 'done':
        this.#step({ event: 'done' });
        return;
      case 'stay':
        this.#step({ event: 'stay', why: word.why });
        return;
      // What this device tells the other one.
      case 'listen':
      case 'commit':
        return;
    }
  }
}
