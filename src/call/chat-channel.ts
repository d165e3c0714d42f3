// The chat with one participant: what was said and has not arrived is said again on the next way that opens, be it a link or a detour by
// others. Knows no view and no conversation.
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
  /** Words get through, by a link or a detour. */
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
  #detour: ((word: string) => void) | undefined;
  #isLinked = false;
  #isUp = false;

  constructor(events: ChatChannelEvents) {
    this.#events = events;
  }

  /** This connection carries the chat from now on. Before its first description, so that nothing is negotiated for it. */
  attach(connection: ChannelMaker): void {
    this.#channel?.close();
    this.#channel = new NegotiatedChannel(connection, 'chat', {
      onMessage: (message) => {
        if (typeof message === 'string') this.hear(message);
      },
      onUp: () => {
        this.#isLinked = true;
        this.#waysChanged(true);
      },
      onDown: () => {
        this.#isLinked = false;
        this.#waysChanged(false);
      },
    });
  }

  /** Another way than a link, or none any more. As long as there is one, words go by both. */
  detour(say: ((word: string) => void) | undefined): void {
    this.#detour = say;
    this.#waysChanged(say !== undefined);
  }

  prove(): void {
    this.#channel?.prove();
  }

  say(saying: ChatSaying): void {
    this.#open.set(saying.id, saying);
    this.#send(saying);
  }

  close(): void {
    this.#detour = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    this.#waysChanged(false);
  }

  /** A word of theirs, by whichever way. */
  hear(message: string): void {
    const word = parseChatWord(message);
    if (!word) return;
    if (word.t === 'got') {
      for (const id of word.ids) if (this.#open.delete(id)) this.#events.onArrived(id);
      return;
    }
    if (!this.#budget.take(this.#events.now())) return;
    this.#events.onSaid(word);
    this.#send({ t: 'got', ids: [word.id] });
  }

  #send(word: ChatWord): void {
    const message = formatChatWord(word);
    this.#channel?.send(message);
    this.#detour?.(message);
  }

  #waysChanged(isNew: boolean): void {
    if (isNew) for (const saying of this.#open.values()) this.#send(saying);
    const isUp = this.#isLinked || this.#detour !== undefined;
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    if (isUp) this.#events.onUp();
    else this.#events.onDown();
  }
}
