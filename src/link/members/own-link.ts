// The link between two devices of one person, for as long as a call goes over from one to the other (docs/protocol.md#moving): asked for at the own
// inbox, proven as every link is, with one channel for words.
import { type Bytes, toHex } from '../../core/base/bytes.ts';
import { formatHandOverWord, type HandOverWord, parseHandOverWord } from '../../core/call/hand-over-word.ts';
import { type ChannelMaker, NegotiatedChannel } from '../connection/negotiated-channel.ts';
import type { Member } from './member.ts';
import { type AskedLink, MemberLink, type MemberLinkEvents, type MemberWorld } from './member-link.ts';

export interface OwnLinkEvents {
  readonly onUp: () => void;
  readonly onWord: (word: HandOverWord) => void;
  /** Words get through no more: it is cut, or over. */
  readonly onCut: () => void;
}

export interface OwnLinkParts extends Omit<MemberWorld, 'channels'> {
  /** The secret of the own inbox. */
  readonly inbox: Bytes;
  readonly hides: boolean;
}

/** The first word is said again until somebody answers. */
const askAgainMs = 3_000;
const lastWordsMs = 300;

export class OwnLink {
  readonly #events: OwnLinkEvents;
  readonly #link: MemberLink;
  readonly #clock: MemberWorld['clock'];
  #channel: NegotiatedChannel | undefined;
  #isOver = false;

  /** @param begin either role. */
  constructor(
    parts: OwnLinkParts,
    events: OwnLinkEvents,
    begin: (link: typeof MemberLink, world: MemberWorld, self: Member, on: MemberLinkEvents) => MemberLink,
  ) {
    this.#events = events;
    this.#clock = parts.clock;
    const { signer, opener, inbox } = parts;
    const [ed25519, x25519] = [signer.publicKey, opener.publicKey];
    const channels = {
      attach: (_id: string, connection: ChannelMaker) => this.#attach(connection),
      prove: async () => this.#channel?.prove(),
      part: () => this.#channel?.close(),
    };
    const self: Member = { id: toHex(ed25519), ed25519, x25519, inbox, relays: [] };
    this.#link = begin(MemberLink, { ...parts, channels }, self, {
      onUp: () => undefined,
      onOver: () => this.#cut(),
    });
  }

  /** Asks the own device `dev` (base64url). */
  static ask(parts: OwnLinkParts, dev: string, events: OwnLinkEvents): OwnLink {
    const link = new OwnLink(parts, events, (links, world, self, on) =>
      links.knock(world, self, parts.hides, on, (flow) => flow.sendMove(dev)),
    );
    link.#askAgain();
    return link;
  }

  /** Yes to an own device that asks. */
  static answer(parts: OwnLinkParts, asked: AskedLink, events: OwnLinkEvents): OwnLink {
    return new OwnLink(parts, events, (links, world, self, on) => links.answer(world, self, asked, parts.hides, on));
  }

  /** @returns whether it got through. */
  say(word: HandOverWord): boolean {
    return this.#channel?.send(formatHandOverWord(word)) ?? false;
  }

  /** What was said last goes out first. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#clock.after(lastWordsMs, () => this.#link.close());
  }

  #askAgain(): void {
    this.#clock.after(askAgainMs, () => {
      if (this.#isOver || !this.#link.isKnocking) return;
      this.#link.knockAgain();
      this.#askAgain();
    });
  }

  #attach(connection: ChannelMaker): void {
    this.#channel?.close();
    this.#channel = new NegotiatedChannel(connection, 'own', {
      onMessage: (message) => {
        const word = typeof message === 'string' ? parseHandOverWord(message) : undefined;
        if (word && !this.#isOver) this.#events.onWord(word);
      },
      onUp: () => {
        if (!this.#isOver) this.#events.onUp();
      },
      onDown: () => this.#cut(),
    });
  }

  #cut(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#link.close();
    this.#events.onCut();
  }
}
