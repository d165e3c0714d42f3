// Runs the call machine: keeps its state, its timers, and hands each effect to whoever can do it. Knows no media and no relay.

import type { Clock } from '../../core/base/ports.ts';
import {
  type CallEffect,
  type CallEvent,
  type CallState,
  type CallStep,
  stepCall,
} from '../../core/call/call-machine.ts';
import { type CallTimer, callTimerMs } from '../../core/call/call-timers.ts';

/** Effects that are not the runner's own. */
export type OutsideEffect = Exclude<CallEffect, { effect: 'set-timer' | 'clear-timer' }>;

export class CallRunner {
  readonly #clock: Clock;
  readonly #act: (effect: OutsideEffect) => void;
  readonly #onState: (state: CallState) => void;
  readonly #timers = new Map<CallTimer, () => void>();
  #state: CallState | undefined;

  constructor(clock: Clock, act: (effect: OutsideEffect) => void, onState: (state: CallState) => void) {
    this.#clock = clock;
    this.#act = act;
    this.#onState = onState;
  }

  /** Undefined until the call has begun. */
  get state(): CallState | undefined {
    return this.#state;
  }

  /** Begins with the machine's first step, or begins anew in another role. */
  begin(step: CallStep): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#take(step);
  }

  readonly dispatch = (event: CallEvent): void => {
    if (this.#state) this.#take(stepCall(this.#state, event));
  };

  #take({ state, effects }: CallStep): void {
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.#onState(state);
    for (const effect of effects) {
      if (effect.effect === 'set-timer') {
        this.#timers.get(effect.timer)?.();
        this.#timers.set(
          effect.timer,
          this.#clock.after(callTimerMs[effect.timer], () => this.dispatch({ event: 'timer', timer: effect.timer })),
        );
      } else if (effect.effect === 'clear-timer') {
        this.#timers.get(effect.timer)?.();
        this.#timers.delete(effect.timer);
      } else this.#act(effect);
    }
  }
}
