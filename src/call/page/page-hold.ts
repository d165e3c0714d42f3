// What the background is told of the calls of this page: one of them stands for all, the first that is alive.
import type { MoveOutlook } from '../../core/base/move-outlook.ts';
import type { HeldCall } from '../../core/call/requests.ts';

export type Holding = Omit<HeldCall, 'tabId' | 'page'>;

export class PageHold {
  readonly #tell: (holding: Holding | undefined) => void;
  readonly #held = new Map<string, Holding>();
  #guestSecret: string | undefined;
  #outlook: MoveOutlook | undefined;
  /** Called once, when the page is in a call that both sides have agreed on. */
  onLinked: (() => void) | undefined;

  /** @param tell which call is held now; undefined when the page is in none. */
  constructor(tell: (holding: Holding | undefined) => void) {
    this.#tell = tell;
  }

  /** Of the inbox where guests may ask now (base64url); undefined while there is no door. */
  get guestSecret(): string | undefined {
    return this.#guestSecret;
  }

  hold(holding: Holding): void {
    this.#held.set(holding.callId, holding);
    if (this.#first === holding) this.#retell();
    if (!holding.linked) return;
    this.onLinked?.();
    this.onLinked = undefined;
  }

  release(callId: string): void {
    const wasFirst = this.#first?.callId === callId;
    this.#held.delete(callId);
    if (wasFirst) this.#retell();
  }

  /** Guests may ask to be let in, by a link that holds this secret (16 bytes, base64url). */
  openToGuests(secret: string): void {
    this.#guestSecret = secret;
    this.retell();
  }

  /** Nobody may ask by that link any more. */
  closeToGuests(): void {
    this.#guestSecret = undefined;
    this.retell();
  }

  /** Whether the call could go to another own device, and what would end with that. */
  look(outlook: MoveOutlook): void {
    this.#outlook = outlook;
    this.retell();
  }

  /** Says all of it once more: it may have been forgotten. */
  retell(): void {
    if (this.#first) this.#retell();
  }

  #retell(): void {
    const first = this.#first;
    this.#tell(first && { ...first, guestSecret: this.#guestSecret, outlook: this.#outlook });
  }

  get #first(): Holding | undefined {
    return this.#held.values().next().value;
  }
}
