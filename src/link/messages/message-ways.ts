// The ways by which messages that were left come to people and from them, one for each person of a page's calls: a word on the control channel, and
// files beside those of the chat. Small and there from the beginning; what does the work (message-exchange.ts) is loaded once a link is proven.
import type { SaidLeft } from '../../core/messages/left-message.ts';
import type { FileFrame, FileWord } from '../../core/transfer/file-message.ts';
import type { ControlWords } from '../proven/control-words.ts';
import type { FilesBeside, FilesOut } from '../transfer/files-beside.ts';
import { leftWord } from './left-word.ts';
import type { MessageExchange } from './message-exchange.ts';

/** Loads it for one person; undefined where that is nobody to leave messages with. */
export type OpenExchange = (
  contactId: string,
  way: { readonly channel: FilesOut; readonly say: (said: SaidLeft) => void },
) => Promise<MessageExchange | undefined>;

class MessageWay implements FilesBeside {
  readonly #open: () => Promise<MessageExchange | undefined>;
  readonly #fault: (error: unknown) => void;
  #opening: Promise<MessageExchange | undefined> | undefined;
  #exchange: MessageExchange | undefined;
  #channel: FilesOut | undefined;
  #words: ControlWords | undefined;
  #isLinked = false;

  constructor(contactId: string, open: OpenExchange, fault: (error: unknown) => void) {
    this.#fault = fault;
    this.#open = () =>
      open(contactId, {
        channel: {
          say: (word) => this.#channel?.say(word),
          send: (...sending) => this.#channel?.send(...sending),
          stop: (id) => this.#channel?.stop(id),
          confirm: (id, at) => this.#channel?.confirm(id, at),
        },
        say: (said) => void this.#words?.say(leftWord, said),
      });
  }

  carry(channel: FilesOut): void {
    this.#channel = channel;
  }

  talk(words: ControlWords): void {
    this.#words = words;
    words.onGreeted(() => this.#with((exchange) => exchange.tell()));
    words.on(leftWord, (said) => this.#with((exchange) => exchange.hearLeft(said)));
  }

  knows(id: string): boolean {
    return this.#exchange?.knows(id) ?? false;
  }

  hear(word: FileWord): void {
    this.#exchange?.hear(word);
  }

  take(frame: FileFrame): void {
    this.#exchange?.take(frame);
  }

  sent(id: string, length: number): void {
    this.#exchange?.sent(id, length);
  }

  linked(): void {
    this.#isLinked = true;
    this.#exchange?.linked();
  }

  unlinked(): void {
    this.#isLinked = false;
    this.#exchange?.unlinked();
  }

  #with(act: (exchange: MessageExchange) => Promise<void>): void {
    this.#opening ??= this.#open().then((exchange) => {
      this.#exchange = exchange;
      if (this.#isLinked) exchange?.linked();
      // Who is a contact later has one then.
      if (!exchange) this.#opening = undefined;
      return exchange;
    });
    this.#opening
      .then((exchange) => exchange && act(exchange))
      .catch((error: unknown) => {
        if (!this.#exchange) this.#opening = undefined;
        this.#fault(error);
      });
  }
}

export class MessageWays {
  readonly #ways = new Map<string, MessageWay>();
  readonly #open: OpenExchange;
  readonly #fault: (error: unknown) => void;

  constructor(open: OpenExchange, fault: (error: unknown) => void) {
    this.#open = open;
    this.#fault = fault;
  }

  /** Beside the files of the chat with somebody. */
  files(participant: string, channel: FilesOut): FilesBeside {
    const way = this.#wayTo(participant);
    way.carry(channel);
    return way;
  }

  /** The words of the call with somebody. */
  talk(participant: string, words: ControlWords): void {
    this.#wayTo(participant).talk(words);
  }

  #wayTo(participant: string): MessageWay {
    const way = this.#ways.get(participant) ?? new MessageWay(participant, this.#open, this.#fault);
    this.#ways.set(participant, way);
    return way;
  }
}
