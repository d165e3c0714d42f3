// Listens at the inboxes that this person has in rooms (docs/rooms.md#meeting-without-a-call), and hands over who asks for a link. Says nothing.
import type { Bytes } from '../../core/base/bytes.ts';
import type { Clock, Opener, RelayPool, Sealer } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import { epochsAround, inboxTopic, nextTopicChange, unusedTopics } from '../../core/identity/topics.ts';
import { openSignal } from '../../core/signaling/mail.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';

/** Messages that are opened at one inbox: at once, and each second. Members alone know where it is. */
const opens = { atOnce: 30, perSecond: 5 };

export interface MemberInboxesParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly relays: RelayPool;
  /** Opens what is sealed to the own static key. */
  readonly opener: Opener;
  readonly ownEd25519: Bytes;
  /** Of which topics are made that keep relays from counting rooms. */
  readonly padding: Bytes;
  /** @param senderId who has signed it, Ed25519 key, hex. */
  readonly onMeet: (room: string, senderId: string, meet: SignalOf<'meet'>) => void;
}

export class MemberInboxes {
  readonly #parts: MemberInboxesParts;
  readonly #budgets = new Map<string, TokenBucket>();
  #secrets: ReadonlyMap<string, Bytes> = new Map();
  #rooms: ReadonlyMap<string, string> = new Map();
  #turn = 0;
  #cancelRotation: (() => void) | undefined;

  constructor(parts: MemberInboxesParts) {
    this.#parts = parts;
    parts.relays.onMessage((topic, payload) => void this.#receive(topic, new Uint8Array(payload)));
  }

  /** Listens at these from now on, and at no others. @param secrets by room. */
  async listen(secrets: ReadonlyMap<string, Bytes>): Promise<void> {
    const { sealer, clock, relays, ownEd25519, padding } = this.#parts;
    this.#secrets = secrets;
    const turn = ++this.#turn;
    const now = clock.now();
    const epochs = epochsAround(now);
    const topics = await Promise.all(
      [...secrets].flatMap(([room, secret]) =>
        epochs.map(async (epoch) => [await inboxTopic(sealer, secret, ownEd25519, epoch), room] as const),
      ),
    );
    const unused = await unusedTopics(sealer, padding, epochs, secrets.size);
    if (turn !== this.#turn) return;
    this.#rooms = new Map(topics);
    relays.setTopics(new Set([...this.#rooms.keys(), ...unused]));
    this.#cancelRotation?.();
    this.#cancelRotation = clock.after(nextTopicChange(now), () => void this.listen(this.#secrets));
  }

  close(): void {
    this.#turn += 1;
    this.#secrets = new Map();
    this.#cancelRotation?.();
    this.#parts.relays.close();
  }

  async #receive(topicHex: string, message: Bytes): Promise<void> {
    const { sealer, clock, opener, ownEd25519, onMeet } = this.#parts;
    const room = this.#rooms.get(topicHex);
    if (room === undefined || !this.#budgetOf(room).take(clock.now())) return;
    const opened = await openSignal({ sealer, opener, ownEd25519, topicHex, message });
    // What was opened while the inboxes changed may be of a room that is none of ours any more.
    if (opened?.signal.t !== 'meet' || !this.#secrets.has(room)) return;
    onMeet(room, opened.senderId, opened.signal);
  }

  #budgetOf(room: string): TokenBucket {
    const budget = this.#budgets.get(room) ?? new TokenBucket(opens.atOnce, opens.perSecond);
    this.#budgets.set(room, budget);
    return budget;
  }
}
