// Those who ask to be let into a call of this browser: a short list that its pages watch, each for its own door. Nobody is answered from here.
import type { Clock } from '../core/base/ports.ts';
import { TokenBucket } from '../core/base/token-bucket.ts';
import type { KnockView } from '../core/call/requests.ts';
import { ringMs } from '../core/call/ring-machine.ts';
import type { Signal } from '../core/signaling/signal.ts';

const maxKnocks = 8;
/** New knocks at once and each second, of all together: a link may get into anybody's hands. */
const knocksAtOnce = 12;
const knocksPerSecond = 0.2;

export interface KnockParts {
  readonly clock: Clock;
  readonly isBlocked: (senderId: string) => Promise<boolean>;
  readonly show: (knocks: readonly KnockView[]) => Promise<void>;
}

export class GuestKnocks {
  readonly #parts: KnockParts;
  readonly #budget = new TokenBucket(knocksAtOnce, knocksPerSecond);
  #knocks: readonly KnockView[] = [];

  constructor(parts: KnockParts) {
    this.#parts = parts;
  }

  /** A signal that came to an inbox for guests. @param door which one: nobody who knocks at one is shown at another. */
  async receive(senderId: string, signal: Signal, door: string): Promise<void> {
    const { clock, isBlocked, show } = this.#parts;
    const now = clock.now();
    const others = this.#knocks.filter(
      (one) => (one.call.contactId !== senderId || one.door !== door) && one.call.expiresAt > now,
    );
    if (signal.t === 'cancel') {
      if (this.#knocks.some(({ call }) => call.callId === signal.id && call.contactId === senderId))
        await this.#set(others, show);
      return;
    }
    if (signal.t !== 'invite' || this.#knocks.some(({ call }) => call.callId === signal.id)) return;
    const here = others.filter((one) => one.door === door);
    if (here.length >= maxKnocks || !this.#budget.take(now) || (await isBlocked(senderId))) return;
    const call = {
      callId: signal.id,
      contactId: senderId,
      media: signal.media,
      st: signal.st,
      ek: signal.ek,
      cm: signal.cm,
      nextN: 1,
      callerDev: signal.dev,
      expiresAt: now + Math.min(ringMs, Math.max(0, signal.exp - signal.ts)),
    };
    await this.#set([...others, { call, link: signal.link, door }], show);
  }

  async #set(knocks: readonly KnockView[], show: KnockParts['show']): Promise<void> {
    this.#knocks = knocks;
    await show(knocks);
  }
}
