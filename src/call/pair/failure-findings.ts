// Why a call failed: looks at the own network at once, exchanges findings with the other side over the call's relays, and says when
// the relays can be left. Knows no views and no machine; what a finding means is in core.

import type { Clock } from '../../core/base/ports.ts';
import type { CheckStep } from '../../core/network/check-steps.ts';
import { type NetworkFindings, type SharedFindings, sharedFindings } from '../../core/network/network-findings.ts';
import type { WhyFailed } from '../model/why-failed.ts';
import type { SessionParts } from './session-parts.ts';

export interface FailureFindingsParts {
  readonly clock: Clock;
  /** What `findOut` will look at. */
  readonly steps: readonly CheckStep[];
  /** Looks at the own network; takes about half of the time that the other side is waited for. */
  readonly findOut: (onStep: (step: CheckStep) => void) => Promise<NetworkFindings>;
  readonly show: (why: WhyFailed) => void;
  readonly fault: (error: unknown) => void;
}

/** The other side ends within a moment of this one, looks at its network for as long, and its findings travel. */
const exchangeMs = 10_000;
/** A slow computer, or one that notices the end late, needs longer: by then the own half is shown, and this long it may be put right. */
const listenMs = 30_000;
/** After the own findings are handed to the relays they get this long to take them. */
const handOverMs = 2_000;

export class FailureFindings {
  readonly #parts: FailureFindingsParts;
  #theirs: SharedFindings | undefined;
  #tellHeard: () => void = () => undefined;
  readonly #heard = new Promise<void>((resolve) => {
    this.#tellHeard = resolve;
  });

  /** Of a call with one person. */
  static of({ clock, model, supplies }: Pick<SessionParts, 'clock' | 'model' | 'supplies'>): FailureFindings {
    return new FailureFindings({
      clock,
      steps: supplies.checkSteps,
      findOut: (onStep) => supplies.findOut(onStep),
      show: (why) => {
        model.whyFailed.value = why;
      },
      fault: (error) => supplies.fault('find out', error),
    });
  }

  constructor(parts: FailureFindingsParts) {
    this.#parts = parts;
  }

  /** The other side's findings; they may come before this side has noticed the end. Only the first count. */
  hear(theirs: SharedFindings): void {
    this.#theirs ??= theirs;
    this.#tellHeard();
  }

  /**
   * The call has failed. Resolves when nothing more is to be said or heard over the relays.
   * @param send hands the own findings to the relays; false where the other side is not told, and so will not tell.
   */
  async exchange(send: (own: SharedFindings) => boolean): Promise<void> {
    const { steps, findOut, show, fault } = this.#parts;
    const [late, tooLate] = [this.#after(exchangeMs), this.#after(listenMs)];
    const done: CheckStep[] = [];
    show({ state: 'looking', steps, done: [] });
    try {
      const own = await findOut((step) => {
        done.push(step);
        show({ state: 'looking', steps, done: [...done] });
      });
      const handedOver = send(sharedFindings(own)) ? this.#after(handOverMs) : undefined;
      if (handedOver) {
        show({ state: 'waiting', steps });
        await Promise.race([this.#heard, late]);
      }
      show({ state: 'known', own, theirs: this.#theirs });
      if (!handedOver) return;
      if (!this.#theirs) await this.#putRight(own, tooLate);
      await handedOver;
    } catch (error) {
      fault(error);
      show({ state: 'none' });
      await this.#after(handOverMs);
    }
  }

  /** The verdict of one half may blame the wrong network: once the other half is there, the one of both takes its place. */
  async #putRight(own: NetworkFindings, tooLate: Promise<void>): Promise<void> {
    await Promise.race([this.#heard, tooLate]);
    if (this.#theirs) this.#parts.show({ state: 'known', own, theirs: this.#theirs });
  }

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => this.#parts.clock.after(ms, resolve));
  }
}
