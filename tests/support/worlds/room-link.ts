// Two members' copies of rooms and a link between them: ordered like a data channel, or as bad as a test wants it.
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { RoomExchange } from '../../../src/core/room/room-exchange.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { sealer } from '../samples/test-identity.ts';
import type { SignedRoom } from './signed-room.ts';

type Message = string | Bytes;

/** What happens to a message on its way: how often it arrives, and whether before the one that was sent before it. */
export type Fate = 'arrives' | 'lost' | 'twice' | 'overtakes';

class Side {
  readonly inbox: Message[] = [];
  readonly said: Message[] = [];
  readonly exchange: RoomExchange;
  other: Side | undefined;

  constructor(link: RoomLink) {
    this.exchange = new RoomExchange({
      sealer,
      clock: link.clock,
      transcript: link.transcript,
      say: (text) => this.#send(link, text),
      send: (bytes) => this.#send(link, bytes),
      hasRoom: () => (this.other?.inbox.length ?? 0) < link.room,
    });
  }

  #send(link: RoomLink, message: Message): void {
    this.said.push(message);
    const inbox = this.other?.inbox;
    if (!inbox || link.isCut) return;
    const fate = link.fate();
    if (fate === 'overtakes' && inbox.length > 0) inbox.splice(-1, 0, message);
    else if (fate !== 'lost') inbox.push(message);
    if (fate === 'twice') inbox.push(message);
  }
}

export class RoomLink {
  readonly clock: ManualClock;
  readonly transcript = new Uint8Array(32).fill(5);
  readonly a: Side;
  readonly b: Side;
  /** Messages that may be under way in one direction. */
  room = 1_000;
  isCut = false;
  fate: () => Fate = () => 'arrives';

  constructor(clock = new ManualClock(1_800_000_000_000)) {
    this.clock = clock;
    this.a = new Side(this);
    this.b = new Side(this);
    this.a.other = this.b;
    this.b.other = this.a;
  }

  /** Hands over at most `most` messages, in both directions. */
  async pass(most = Number.POSITIVE_INFINITY): Promise<void> {
    for (let passed = 0; passed < most; ) {
      const before = passed;
      for (const side of [this.a, this.b]) {
        const message = side.inbox.shift();
        if (message === undefined) continue;
        passed += 1;
        await (typeof message === 'string' ? side.exchange.heard(message) : side.exchange.heardBytes(message));
        side.other?.exchange.drained();
      }
      if (passed === before) return;
    }
  }

  close(): void {
    for (const side of [this.a, this.b]) side.exchange.close();
  }
}

/** Lets one side of a link have a copy. @returns what the exchange calls it. */
export function copyOf(one: SignedRoom, other: SignedRoom, mayHave = () => one.isMember(other.author)) {
  const { room, graph, intake, view } = one;
  return { room, graph, intake, mayHave, onTaken: (entries: Parameters<typeof view.add>[0]) => view.add(entries) };
}

/** Two members meet, exchange what they have, and part. */
export async function meet(one: SignedRoom, other: SignedRoom, link = new RoomLink()): Promise<RoomLink> {
  await link.a.exchange.setRooms([copyOf(one, other)]);
  await link.b.exchange.setRooms([copyOf(other, one)]);
  await link.pass();
  return link;
}
