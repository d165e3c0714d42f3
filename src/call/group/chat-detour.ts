// The way of chat and reactions to people to whom there is no link, or one that is silent: words sealed from page to page, which others of
// the call hand over and cannot read. Knows roster and seats, no conversation.
import { type Bytes, fromHex } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import { detourTopic, openDetourWord, sealDetourWord } from '../../core/group/detour-word.ts';
import { pageOf } from '../../core/group/entry-book.ts';
import { formatMeshMessage, parseMeshMessage } from '../../core/group/mesh-message.ts';
import type { Reaction } from '../../core/group/reaction.ts';
import { ReplayWindow } from '../../core/group/replay-window.ts';
import type { RosterEntry } from '../../core/group/roster.ts';
import type { Mesh } from './mesh.ts';
import { reactionBudget } from './mesh-budget.ts';
import type { Seat } from './seat.ts';

/** What it needs of the chat. */
export interface DetouredChat {
  detour(participant: string, name: string, say: ((word: string) => void) | undefined): void;
  heardByDetour(participant: string, word: string): void;
}

export interface ChatDetourParts {
  readonly mesh: Pick<Mesh, 'entry' | 'pairKey' | 'pass' | 'listen' | 'detourTo'>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly self: { readonly ed25519: Bytes };
  readonly seats: ReadonlyMap<string, Seat>;
  readonly chat: DetouredChat;
  readonly onReaction: (from: string, emoji: Reaction) => void;
}

/** This page and one of theirs. */
interface Pair {
  readonly page: string;
  readonly ek: Bytes;
  /** Where words for them are left; undefined until it is worked out. */
  topicHex: string | undefined;
  unlisten: (() => void) | undefined;
  said: number;
  readonly seen: ReplayWindow;
  readonly reactions: ReturnType<typeof reactionBudget>;
}

/** Somebody handed over a word of theirs before the roster said that they can. */
const answering = 'whoever handed it over';

export class ChatDetour {
  readonly #parts: ChatDetourParts;
  /** Through whom, by person. */
  readonly #ways = new Map<string, string>();
  readonly #pairs = new Map<string, Pair>();
  #isOver = false;

  constructor(parts: ChatDetourParts) {
    this.#parts = parts;
  }

  /** The roster, a seat or a link is different. */
  look(): void {
    const { mesh, seats } = this.#parts;
    for (const seat of seats.values()) {
      const entry = mesh.entry(seat.id);
      const isOpen = !this.#isOver && seat.isIn && !seat.isRefused;
      if (isOpen && entry) this.#pair(seat, entry);
      const isReady = isOpen && this.#pairs.get(seat.id)?.topicHex !== undefined;
      this.#lead(seat, isReady ? mesh.detourTo(seat.id).join() : '');
    }
    for (const id of [...this.#pairs.keys()]) if (this.#isOver || !seats.has(id)) this.#part(id);
  }

  /** Shows it to those whom it does not reach over a link. */
  react(emoji: Reaction): void {
    for (const id of this.#ways.keys()) this.#say(id, formatMeshMessage({ t: 'react', emoji }));
  }

  close(): void {
    this.#isOver = true;
    this.look();
  }

  /** Another page of theirs is another place to leave words at: what has not arrived is said again there. */
  #pair(seat: Seat, entry: RosterEntry): void {
    const page = pageOf(entry);
    if (this.#pairs.get(seat.id)?.page === page) return;
    this.#part(seat.id);
    this.#lead(seat, '');
    const pair: Pair = {
      page,
      ek: entry.ek,
      topicHex: undefined,
      unlisten: undefined,
      said: 0,
      seen: new ReplayWindow(),
      reactions: reactionBudget(),
    };
    this.#pairs.set(seat.id, pair);
    void this.#open(seat.id, pair, entry).catch(() => undefined);
  }

  async #open(id: string, pair: Pair, them: RosterEntry): Promise<void> {
    const { mesh, sealer, self } = this.#parts;
    const us = { ed25519: self.ed25519, ek: (await mesh.pairKey).publicKey };
    const [to, from] = await Promise.all([detourTopic(sealer, us, them), detourTopic(sealer, them, us)]);
    if (this.#pairs.get(id) !== pair) return;
    pair.topicHex = to;
    pair.unlisten = mesh.listen(from, (message) => void this.#hear(id, pair, from, message).catch(() => undefined));
    this.look();
  }

  #part(id: string): void {
    this.#pairs.get(id)?.unlisten?.();
    this.#pairs.delete(id);
  }

  /** @param through the ids of those who hand over; '' for nobody. */
  #lead(seat: Seat, through: string): void {
    const { id, call } = seat;
    if ((this.#ways.get(id) ?? '') === through) return;
    if (through === '') this.#ways.delete(id);
    else this.#ways.set(id, through);
    const say = (word: string): void => this.#say(id, word);
    this.#parts.chat.detour(id, call.contact.name, through === '' ? undefined : say);
  }

  #say(id: string, word: string): void {
    const pair = this.#pairs.get(id);
    const topicHex = pair?.topicHex;
    if (pair && topicHex !== undefined) void this.#seal(id, pair, topicHex, word).catch(() => undefined);
  }

  async #seal(id: string, pair: Pair, topicHex: string, word: string): Promise<void> {
    const { mesh } = this.#parts;
    pair.said += 1;
    const n = pair.said;
    const sealed = await sealDetourWord(await mesh.pairKey, pair.ek, topicBytes(topicHex), n, word);
    if (sealed && this.#pairs.get(id) === pair) mesh.pass(id, topicHex, sealed);
  }

  async #hear(id: string, pair: Pair, topicHex: string, message: Bytes): Promise<void> {
    const { mesh, clock, seats, chat, onReaction } = this.#parts;
    const opened = await openDetourWord(await mesh.pairKey, pair.ek, topicBytes(topicHex), message);
    const seat = seats.get(id);
    if (!opened || this.#pairs.get(id) !== pair || !pair.seen.isNew(opened.n)) return;
    if (!seat?.isIn || seat.isRefused) return;
    if (!this.#ways.has(id)) this.#lead(seat, answering);
    const sign = parseMeshMessage(opened.text);
    if (sign?.t !== 'react') chat.heardByDetour(id, opened.text);
    else if (pair.reactions.take(clock.now())) onReaction(id, sign.emoji);
  }
}

function topicBytes(topicHex: string): Bytes {
  return fromHex(topicHex) ?? new Uint8Array(32);
}
