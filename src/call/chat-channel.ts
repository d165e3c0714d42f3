// The chat with one participant: what was said and has not arrived is said again on the next link. Knows no view and no conversation.
import { type ChatSaying, type ChatWord, formatChatWord, parseChatWord } from '../core/chat.ts';
import { TokenBucket } from '../core/token-bucket.ts';
import { type ChannelMaker, NegotiatedChannel } from './negotiated-channel.ts';

/** Messages at once and each second that are read; more are dropped and come again with the next link. */
const readAtOnce = 200;
const readEachSecond = 20;

export interface ChatChannelEvents {
  readonly onSaid: (saying: ChatSaying) => void;
  /** The participant has it. */
  readonly onArrived: (id: string) => void;
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly now: () => number;
}

export class ChatChannel {
  readonly #events: ChatChannelEvents;
  readonly #budget = new TokenBucket(readAtOnce, readEachSecond);
  /** Said, and not known to have arrived, in order. */
  readonly #open = new Map<string, ChatSaying>();
  #channel: NegotiatedChannel | undefined;

  constructor(events: ChatChannelEvents) {
    this.#events = events;
  }

  /** This connection carries the chat from now on. Before its first description, so that nothing is negotiated for it. */
  attach(connection: ChannelMaker): void {
    this.#channel?.close();
    this.#channel = new NegotiatedChannel(connection, 'chat', {
      onMessage: (message) => this.#heard(message),
      onUp: () => {
        for (const saying of this.#open.values()) this.#send(saying);
        this.#events.onUp();
      },
      onDown: this.#events.onDown,
    });
  }

  prove(): void {
    this.#channel?.prove();
  }

  say(saying: ChatSaying): void {
    this.#open.set(saying.id, saying);
    this.#send(saying);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  #send(word: ChatWord): void {
    this.#channel?.send(formatChatWord(word));
  }

  #heard(message: string | ArrayBuffer): void {
    const word = typeof message === 'string' ? parseChatWord(message) : undefined;
    if (!word) return;
    if (word.t === 'got') {
      for (const id of word.ids) if (this.#open.delete(id)) this.#events.onArrived(id);
      return;
    }
    if (!this.#budget.take(this.#events.now())) return;
    this.#events.onSaid(word);
    this.#send({ t: 'got', ids: [word.id] });
  }
}
