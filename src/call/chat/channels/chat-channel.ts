// The chat with one participant: what was said and has not arrived is said again on the next way that opens, be it a link or a detour by
// others. Knows no view and no conversation.

import { keepLatest } from '../../../core/base/keep-latest.ts';
import type { Clock } from '../../../core/base/ports.ts';
import { WordBudget } from '../../../core/base/word-budget.ts';
import {
  type ChatSaying,
  type ChatWord,
  chatReadLimits,
  chatShownLimits,
  formatChatWord,
  maxUnderWay,
  maxWaiting,
  parseChatWord,
} from '../../../core/transfer/chat.ts';
import { type ChannelMaker, NegotiatedChannel } from '../../../link/connection/negotiated-channel.ts';

/** What waits to be shown is looked at this often. */
const showAgainMs = 100;
/** What was said is said again when nothing of it was acknowledged for so long: the other side may not have had room for it. */
const sayAgainMs = 10_000;
/** Ids that are remembered of what has come, so that nothing comes twice. */
const maxKnown = 4_096;

export interface ChatChannelEvents {
  /** A message for the conversation. Its author hears that it has arrived only afterwards. */
  readonly onSaid: (saying: ChatSaying) => void;
  /** The participant has it. */
  readonly onArrived: (id: string) => void;
  /** Words get through, by a link or a detour. */
  readonly onUp: () => void;
  readonly onDown: () => void;
  readonly clock: Clock;
}

export class ChatChannel {
  readonly #events: ChatChannelEvents;
  readonly #reading = new WordBudget(chatReadLimits);
  readonly #showing = new WordBudget(chatShownLimits);
  /** Said, and not known to have arrived, in order. */
  readonly #open = new Map<string, ChatSaying>();
  /** Those of them that were said by the ways that there are now. */
  readonly #underWay = new Set<string>();
  #underWayLength = 0;
  /** Theirs that came faster than anybody reads. */
  readonly #waiting: ChatSaying[] = [];
  readonly #known = new Set<string>();
  #channel: NegotiatedChannel | undefined;
  #detour: ((word: string) => void) | undefined;
  #isLinked = false;
  #isUp = false;
  #cancelShowing: (() => void) | undefined;
  #cancelAgain: (() => void) | undefined;

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
    this.#sayMore();
  }

  close(): void {
    this.#detour = undefined;
    this.#channel?.close();
    this.#channel = undefined;
    this.#waysChanged(false);
  }

  /** A word of theirs, by whichever way. */
  hear(message: string): void {
    if (!this.#reading.take(this.#events.clock.now(), message.length)) return;
    const word = parseChatWord(message);
    if (!word) return;
    if (word.t === 'got') this.#haveArrived(word.ids);
    // What it has come by may have been cut before our word that it came.
    else if (this.#known.has(word.id)) this.#send({ t: 'got', ids: [word.id] });
    else if (this.#waiting.length < maxWaiting && this.#waiting.every(({ id }) => id !== word.id)) {
      this.#waiting.push(word);
      this.#showMore();
    }
  }

  #showMore(): void {
    const { clock, onSaid } = this.#events;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (!this.#showing.take(clock.now(), next.text.length)) break;
      this.#waiting.shift();
      this.#remember(next.id);
      onSaid(next);
      this.#send({ t: 'got', ids: [next.id] });
    }
    if (this.#waiting.length === 0 || this.#cancelShowing) return;
    this.#cancelShowing = clock.after(showAgainMs, () => {
      this.#cancelShowing = undefined;
      this.#showMore();
    });
  }

  #remember(id: string): void {
    this.#known.add(id);
    keepLatest(this.#known, maxKnown);
  }

  #haveArrived(ids: readonly string[]): void {
    for (const id of ids) {
      const saying = this.#open.get(id);
      if (!saying) continue;
      this.#open.delete(id);
      if (this.#underWay.delete(id)) this.#underWayLength -= saying.text.length;
      this.#events.onArrived(id);
    }
    this.#sayMore();
  }

  /** Says what has not been said, no more than the other side has room for. */
  #sayMore(): void {
    if (!this.#isUp) return;
    for (const saying of this.#open.values()) {
      if (this.#underWay.has(saying.id)) continue;
      const length = this.#underWayLength + saying.text.length;
      const isRoom = this.#underWay.size < maxUnderWay.messages && length <= maxUnderWay.length;
      if (!isRoom && this.#underWay.size > 0) break;
      this.#underWay.add(saying.id);
      this.#underWayLength = length;
      this.#send(saying);
    }
    this.#cancelAgain?.();
    this.#cancelAgain =
      this.#underWay.size === 0 ? undefined : this.#events.clock.after(sayAgainMs, () => this.#sayAgain());
  }

  #sayAgain(): void {
    this.#underWay.clear();
    this.#underWayLength = 0;
    this.#sayMore();
  }

  #send(word: ChatWord): void {
    const message = formatChatWord(word);
    this.#channel?.send(message);
    this.#detour?.(message);
  }

  #waysChanged(isNew: boolean): void {
    const isUp = this.#isLinked || this.#detour !== undefined;
    const wasUp = this.#isUp;
    this.#isUp = isUp;
    if (isNew) this.#sayAgain();
    if (isUp === wasUp) return;
    if (isUp) this.#events.onUp();
    else {
      this.#cancelAgain?.();
      this.#events.onDown();
    }
  }
}
