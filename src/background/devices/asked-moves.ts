// Another device with the same words asks for the call that goes on here (docs/protocol.md#moving): the page of the call is told. Says nothing.
import { clockToleranceMs } from '../../core/base/clock-tolerance.ts';
import { keepLatest } from '../../core/base/keep-latest.ts';
import type { Clock } from '../../core/base/ports.ts';
import type { AskedMove, HeldCall } from '../../core/call/requests.ts';
import { ringMs } from '../../core/call/ring-machine.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';

/** Askings that were told; one that comes again is the same. */
const remembered = 64;

export interface AskedMovesParts {
  readonly clock: Pick<Clock, 'now'>;
  /** This device, base64url. */
  readonly ownDev: string;
  /** The call that goes on here first, then those on hold. */
  readonly heldCalls: () => Promise<readonly HeldCall[]>;
  readonly tell: (asked: AskedMove) => Promise<void>;
}

export class AskedMoves {
  readonly #parts: AskedMovesParts;
  readonly #told = new Set<string>();

  constructor(parts: AskedMovesParts) {
    this.#parts = parts;
  }

  /** A word that an own key has signed, at the inbox of the own devices. */
  async receive({ id: callId, dev: callerDev, to, exp, st, ek, cm }: SignalOf<'move'>): Promise<void> {
    const { clock, ownDev, heldCalls, tell } = this.#parts;
    const now = clock.now();
    if (to !== ownDev || callerDev === ownDev) return;
    if (exp <= now - clockToleranceMs || exp > now + ringMs + clockToleranceMs) return;
    const [held] = await heldCalls();
    if (!held?.linked || this.#told.has(callId)) return;
    this.#told.add(callId);
    keepLatest(this.#told, remembered);
    await tell({ callId, st, ek, cm, callerDev, page: held.page });
  }
}
