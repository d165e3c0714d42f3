// Those who ask to be let into a call of this browser: a short list that its pages watch, each for its own door. What they are told before a person
// decides is said from here, when the page asks for it, and once more whenever their invite comes again: it may have been lost.
import type { Clock } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { KnockAnswer, KnockView, TakenCall } from '../../core/call/requests.ts';
import { ringMs } from '../../core/call/ring-machine.ts';
import type { Signal } from '../../core/signaling/signal.ts';

const maxKnocks = 8;
/** New knocks at one door, at once and each second: a link may get into anybody's hands. */
const knocksAtOnce = 12;
const knocksPerSecond = 0.2;
/** Whoever was refused so often at a door is not heard there again. */
const maxRefusals = 2;
/** More people than a person refuses in a day. */
const refusedKept = 200;

export interface KnockParts {
  readonly clock: Clock;
  readonly isBlocked: (senderId: string) => Promise<boolean>;
  readonly show: (knocks: readonly KnockView[]) => Promise<void>;
  /** Over the own relays, on the topic of their call. */
  readonly tell: (call: TakenCall, says: KnockAnswer | 'refused') => Promise<void>;
}

export class GuestKnocks {
  readonly #parts: KnockParts;
  /** One for each door: a flood at one keeps nobody from another. */
  readonly #budgets = new Map<string, TokenBucket>();
  /** How often somebody was refused where no page was, by door and person. */
  readonly #refusals = new Map<string, number>();
  #knocks: readonly KnockView[] = [];
  /** What those of the list were told last, by call. */
  #told = new Map<string, KnockAnswer>();
  #cancelExpiry: (() => void) | undefined;

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
    if (here.length >= maxKnocks || !this.#budgetOf(door).take(now) || (await isBlocked(senderId))) return;
    if ((this.#refusals.get(`${door}/${senderId}`) ?? 0) >= maxRefusals) return;
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

  /** A person's no where no page is: it has no reason, and is no decision for ever. @param knock as pages were shown it. */
  async refuse(knock: KnockView): Promise<void> {
    const who = `${knock.door}/${knock.call.contactId}`;
    const times = this.#refusals.get(who) ?? 0;
    this.#refusals.delete(who);
    this.#refusals.set(who, times + 1);
    for (const oldest of this.#refusals.keys()) if (this.#refusals.size > refusedKept) this.#refusals.delete(oldest);
    await this.#set(this.#knocks.filter(({ call }) => call.callId !== knock.call.callId));
    await this.#parts.tell(knock.call, 'refused');
  }

  /**
   * Nobody is heard at this door now. @param waiting those who hear that it was closed, as pages were shown them; none when it is to go on later.
   */
  async close(door: string, waiting: readonly KnockView[]): Promise<void> {
    const now = this.#parts.clock.now();
    this.#budgets.delete(door);
    await this.#set(this.#knocks.filter((one) => one.door !== door));
    for (const { call } of waiting) if (call.expiresAt > now) await this.#parts.tell(call, 'closed');
  }

  #budgetOf(door: string): TokenBucket {
    const budget = this.#budgets.get(door) ?? new TokenBucket(knocksAtOnce, knocksPerSecond);
    this.#budgets.set(door, budget);
    return budget;
  }

  /** Who does not ask anew has gone. */
  #watchExpiry(): void {
    const { clock } = this.#parts;
    this.#cancelExpiry?.();
    this.#cancelExpiry = undefined;
    if (this.#knocks.length === 0) return;
    const next = Math.min(...this.#knocks.map(({ call }) => call.expiresAt));
    this.#cancelExpiry = clock.after(Math.max(0, next - clock.now()), () => {
      void this.#set(this.#knocks.filter(({ call }) => call.expiresAt > clock.now()));
    });
  }

  async #set(knocks: readonly KnockView[]): Promise<void> {
    this.#knocks = knocks;
    this.#watchExpiry();
    this.#told = new Map([...this.#told].filter(([id]) => knocks.some(({ call }) => call.callId === id)));
    await this.#parts.show(knocks);
  }
}
