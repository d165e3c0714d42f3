// The rings under way: stored before anything is done about them, so that they outlive the worker. Decides nothing.
import { fromBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import type { RingCall, RingRecord } from '../../core/call/ring-machine.ts';
import { callTopics } from '../../core/identity/topics.ts';

/** Where rings are kept; call ids that are over are remembered for a day. */
export interface RingStorePort {
  all(): Promise<readonly RingRecord[]>;
  put(record: RingRecord): Promise<void>;
  finish(callId: string, now: number): Promise<void>;
  isFinished(callId: string): Promise<boolean>;
}

export interface RingBookParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly rings: RingStorePort;
  readonly topicsChanged: (topics: ReadonlySet<string>) => void;
}

export class RingBook {
  readonly #parts: RingBookParts;
  readonly #records = new Map<string, RingRecord>();
  readonly #topics = new Map<string, { a2b: string; b2a: string }>();

  constructor(parts: RingBookParts) {
    this.#parts = parts;
  }

  /** Takes up what the worker that died has left. The gap counts for the caller: silence starts anew. */
  async restore(): Promise<void> {
    const now = this.#parts.clock.now();
    for (const record of await this.#parts.rings.all()) {
      const ring = record.ring.state === 'ringing' ? { ...record.ring, lastAliveAt: now } : record.ring;
      this.#records.set(record.callId, { ...record, ring });
      this.#topics.set(record.callId, await this.topicsOf(record.call));
    }
    this.#tellTopics();
  }

  get size(): number {
    return this.#records.size;
  }

  get(callId: string): RingRecord | undefined {
    return this.#records.get(callId);
  }

  all(): readonly RingRecord[] {
    return [...this.#records.values()];
  }

  isFinished(callId: string): Promise<boolean> {
    return this.#parts.rings.isFinished(callId);
  }

  /** The two topics of a call, 32 bytes each as hex (docs/protocol.md#topics). */
  async topicsOf(call: RingCall): Promise<{ a2b: string; b2a: string }> {
    return (
      this.#topics.get(call.callId) ?? callTopics(this.#parts.sealer, fromBase64url(call.st) ?? new Uint8Array(32))
    );
  }

  /** A new ring, or the next state of one; resolves when it is stored. */
  async put(record: RingRecord): Promise<void> {
    if (!this.#records.has(record.callId)) {
      this.#topics.set(record.callId, await this.topicsOf(record.call));
      this.#records.set(record.callId, record);
      this.#tellTopics();
    } else this.#records.set(record.callId, record);
    await this.#parts.rings.put(record);
  }

  /** The ring is over, or never was one: its id means nothing any more. */
  async finish(callId: string): Promise<void> {
    const had = this.#records.delete(callId);
    this.#topics.delete(callId);
    await this.#parts.rings.finish(callId, this.#parts.clock.now());
    if (had) this.#tellTopics();
  }

  #tellTopics(): void {
    this.#parts.topicsChanged(new Set([...this.#topics.values()].map(({ a2b }) => a2b)));
  }
}
