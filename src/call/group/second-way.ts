// The second way of an invite: whoever knows both may keep it to themselves, so that the two stay apart and everything goes through that one.
// While somebody in the call who should call us does not, our own relays are listened to as well, at an inbox of this group alone.
import { type Bytes, equalBytes } from '../../core/base/bytes.ts';
import type { Clock, RelayPool, Sealer } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import { inboxTopicsAround } from '../../core/identity/topics.ts';
import { secondWayMs } from '../../link/signaling/people-pool.ts';

export interface SecondWayParts {
  readonly clock: Clock;
  readonly sealer: Pick<Sealer, 'hkdfSha256'>;
  readonly self: { readonly ed25519: Bytes };
  /** Of the group as it is now, 16 bytes. */
  readonly inboxSecret: () => Bytes | undefined;
  /** Connects to the own relays. Rejects only in a page that can make no calls at all. */
  readonly openRelays: () => Promise<RelayPool>;
  readonly onInvite: (topicHex: string, message: Bytes) => void;
}

/** Seven people say far less. */
const readAtOnce = 30;
const readEachSecond = 10;

export class SecondWay {
  readonly #parts: SecondWayParts;
  /** Whose call is awaited: ends the wait before relays are asked. */
  readonly #awaited = new Map<string, (() => void) | undefined>();
  /** For whom relays were asked, until there is a link. */
  readonly #needed = new Set<string>();
  #pool: Promise<RelayPool> | undefined;
  #secret: Bytes | undefined;

  constructor(parts: SecondWayParts) {
    this.#parts = parts;
  }

  /** @param awaited everybody whose call should come by now. */
  look(awaited: ReadonlySet<string>): void {
    for (const [id, cancel] of this.#awaited)
      if (!awaited.has(id)) {
        cancel?.();
        this.#awaited.delete(id);
      }
    for (const id of awaited) {
      if (this.#awaited.has(id)) continue;
      const wait = this.#parts.clock.after(secondWayMs, () => {
        this.#awaited.set(id, undefined);
        this.#needed.add(id);
        this.#listen();
      });
      this.#awaited.set(id, wait);
    }
    this.#listen();
  }

  /** People alone have not brought us together. */
  isNeeded(id: string): boolean {
    return this.#needed.has(id);
  }

  /** There is a link. */
  linked(id: string): void {
    this.#needed.delete(id);
  }

  close(): void {
    for (const cancel of this.#awaited.values()) cancel?.();
    this.#awaited.clear();
    this.#listen();
  }

  #listen(): void {
    const secret = this.#parts.inboxSecret();
    if (!secret || ![...this.#awaited.keys()].some((id) => this.#needed.has(id))) {
      void this.#pool?.then((pool) => pool.close());
      this.#pool = undefined;
      this.#secret = undefined;
      return;
    }
    this.#pool ??= this.#open();
    const isSame = this.#secret !== undefined && equalBytes(secret, this.#secret);
    if (isSame) return;
    this.#secret = secret;
    void this.#follow(secret, this.#pool);
  }

  async #open(): Promise<RelayPool> {
    const { openRelays, clock, onInvite } = this.#parts;
    const budget = new TokenBucket(readAtOnce, readEachSecond);
    const pool = await openRelays();
    pool.onMessage((topicHex, payload) => {
      if (budget.take(clock.now())) onInvite(topicHex, new Uint8Array(payload));
    });
    return pool;
  }

  /** Another group is another inbox. */
  async #follow(secret: Bytes, opening: Promise<RelayPool>): Promise<void> {
    const { sealer, self, clock } = this.#parts;
    const [pool, topics] = await Promise.all([opening, inboxTopicsAround(sealer, secret, self.ed25519, clock.now())]);
    if (opening === this.#pool && secret === this.#secret) pool.setTopics(new Set(topics));
  }
}
