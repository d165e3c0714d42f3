// The browsers of two people who leave messages for each other, and their calls, over a connection in memory.
import { SideChannels } from '../../../src/call/chat/channels/side-channels.ts';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import type { LeftMessage, SentMessage } from '../../../src/core/messages/left-message.ts';
import { MessageExchange } from '../../../src/link/messages/message-exchange.ts';
import { MessageWays } from '../../../src/link/messages/message-ways.ts';
import { openMessage, sealMessage } from '../../../src/link/messages/sealed-message.ts';
import { ControlWords } from '../../../src/link/proven/control-words.ts';
import type { FileView } from '../../../src/link/transfer/file-state.ts';
import { MemoryStore } from '../../../src/link/transfer/file-store.ts';
import { FakeConnectionPair } from '../doubles/fake-channels.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { RememberedOffers } from '../doubles/remembered-offers.ts';
import { MemoryMessages } from '../persons/memory-messages.ts';
import { until } from '../runner/condition.ts';

export const [aliceId, bobId] = ['aa'.repeat(32), 'bb'.repeat(32)];
export const id = (byte: number) => toBase64url(new Uint8Array(16).fill(byte));
export const now = Date.UTC(2026, 11, 1);

/** What begins as WebM does, and is as long as it is told. */
function film(length: number): Blob {
  const bytes = Uint8Array.from({ length }, (_, at) => at % 253);
  bytes.set([0x1a, 0x45, 0xdf, 0xa3]);
  return new Blob([bytes]);
}

/** The browser of one of the two: what outlives a call. */
export class Home {
  readonly messages = new MemoryMessages();
  readonly files = new Map<string, Blob>();
  readonly news: string[] = [];
  readonly faults: unknown[] = [];
  disk = new MemoryStore();
  readonly #ownId: string;
  readonly otherId: string;

  constructor(ownId: string, otherId: string) {
    this.#ownId = ownId;
    this.otherId = otherId;
  }

  /** Recorded and sent, as the page of messages does it. */
  async leave(byte: number, length = 200_000, change: Partial<SentMessage> = {}): Promise<LeftMessage> {
    const { bytes, ...sealed } = await sealMessage(film(length), id(byte), this.#ownId, this.otherId);
    const message: SentMessage = {
      ...{ m: id(byte), callId: id(byte + 100), contactId: this.otherId, kind: 'video', seconds: 3, ...sealed },
      ...{ at: now - byte, since: now, direction: 'out', state: 'waiting' },
      ...change,
    };
    this.messages.kept.set(message.m, message);
    this.files.set(message.m, new Blob([bytes]));
    return message;
  }

  stateOf(byte: number): string | undefined {
    return this.messages.kept.get(id(byte))?.state;
  }

  async opened(byte: number): Promise<number | undefined> {
    const message = this.messages.kept.get(id(byte));
    if (!message) return undefined;
    const sealed = await this.disk.read({ id: id(byte), name: 'message', size: message.size, type: '', modified: 0 });
    return (await openMessage(sealed, message, this.#ownId))?.size;
  }
}

/** One of the two in a call. */
class Side {
  readonly words = new ControlWords(new ManualClock(now));
  readonly chat: string[] = [];
  readonly channels: SideChannels;
  readonly home: Home;

  constructor(home: Home) {
    this.home = home;
    const ways = new MessageWays(
      async (contactId, way) =>
        new MessageExchange({
          ...way,
          contactId,
          store: home.messages,
          disk: Object.assign(home.disk, { left: async () => [] }),
          read: async (m) => new File([home.files.get(m) ?? ''], m),
          remove: async (m) => void home.files.delete(m),
          now: () => now,
          onNews: (news) => home.news.push(news),
          fault: (error) => home.faults.push(error),
        }),
      (error) => home.faults.push(error),
    );
    ways.talk(home.otherId, this.words);
    this.channels = new SideChannels({
      participant: home.otherId,
      disk: Object.assign(new MemoryStore(), { left: async () => [] }),
      clock: new ManualClock(now),
      isContact: async () => true,
      offered: new RememberedOffers(),
      besideFiles: (participant, channel) => ways.files(participant, channel),
      onSaid: () => undefined,
      onArrived: () => undefined,
      onFile: ({ facts, state }: FileView) => this.chat.push(`${facts.name} ${state}`),
      onUp: () => undefined,
    });
  }
}

/** The two are in a call. @param lost words of the control channel that do not arrive. */
export function call(one: Home, other: Home, lost: (word: object) => boolean = () => false) {
  const [a, b] = [new Side(one), new Side(other)];
  const pair = new FakeConnectionPair();
  a.channels.attach(pair.one);
  b.channels.attach(pair.two);
  pair.connect();
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const)
    from.words.carry({
      isOpen: () => true,
      send: (word) => {
        if (!lost(word)) setImmediate(() => to.words.read(word)?.());
        return true;
      },
      transcript: undefined,
    });
  for (const side of [a, b]) side.channels.prove();
  for (const side of [a, b]) side.words.greeted();
  return { a, b, pair };
}

export const homes = () => [new Home(aliceId, bobId), new Home(bobId, aliceId)] as const;
export const comes = (home: Home, byte: number, state: string) =>
  until(() => home.stateOf(byte) === state, { what: `${byte} to be ${state}`, everyMs: 2 });
