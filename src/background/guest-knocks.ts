// Those who ask to be let into a call of this browser: a short list that its pages watch, each for its own door. What they are told before a person
// decides is said from here, when the page asks for it, and once more whenever their invite comes again: it may have been lost.
import type { Clock } from '../core/base/ports.ts';
import { TokenBucket } from '../core/base/token-bucket.ts';
import type { KnockAnswer, KnockView, TakenCall } from '../core/call/requests.ts';
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
  /** Over the own relays, on the topic of their call. */
  readonly tell: (call: TakenCall, says: KnockAnswer) => Promise<void>;
}

export class GuestKnocks {
  readonly #parts: KnockParts;
  readonly #budget = new TokenBucket(knocksAtOnce, knocksPerSecond);
  #knocks: readonly KnockView[] = [];
  /** What those of the list were told last, by call. */
  #told = new Map<string, KnockAnswer>();

  constructor(parts: KnockParts) {
    this.#parts = parts;
  }

  /** A signal that came to an inbox for guests. @param door which one: nobody who knocks at one is shown at another. */
  async receive(senderId: string, signal: Signal, door: string): Promise<void> {
    const { clock, isBlocked } = this.#parts;
    const now = clock.now();
    const others = this.#knocks.filter(
      (one) => (one.call.contactId !== senderId || one.door !== door) && one.call.expiresAt > now,
    );
    const known = this.#knocks.find(({ call }) => call.callId === signal.id);
    if (signal.t === 'cancel') {
      if (known?.call.contactId === senderId) await this.#set(others);
      return;
    }
    if (signal.t !== 'invite') return;
    if (known) {
      const says = this.#told.get(signal.id);
      if (says && known.call.contactId === senderId) await this.#parts.tell(known.call, says);
      return;
    }
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
    await this.#set([...others, { call, link: signal.link, door }]);
  }

  /** The page of the call says what somebody is to hear. */
  async answer(call: TakenCall, says: KnockAnswer): Promise<void> {
    if (this.#knocks.some(({ call: { callId } }) => callId === call.callId)) this.#told.set(call.callId, says);
    await this.#parts.tell(call, says);
  }

  /** The door was closed, or another one opened: who still waits hears of it. @param waiting as the page was shown them. */
  async close(waiting: readonly KnockView[]): Promise<void> {
    const now = this.#parts.clock.now();
    this.#knocks = [];
    this.#told.clear();
    for (const { call } of waiting) if (call.expiresAt > now) await this.#parts.tell(call, 'closed');
  }

  async #set(knocks: readonly KnockView[]): Promise<void> {
    this.#knocks = knocks;
    this.#told = new Map([...this.#told].filter(([id]) => knocks.some(({ call }) => call.callId === id)));
    await this.#parts.show(knocks);
  }
}
