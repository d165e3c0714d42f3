// The way of chat and reactions to people to whom there is no link, or one that is silent: sealed envelopes, which others of the call hand
// over and cannot read. Knows roster and seats, no conversation.
import { type Bytes, fromHex, toHex } from '../core/bytes.ts';
import type { Contact } from '../core/contact.ts';
import { openEnvelope, sealEnvelope } from '../core/envelope.ts';
import { formatMeshWord, parseMeshWord } from '../core/mesh-word.ts';
import type { Opener, Sealer, Signer } from '../core/ports.ts';
import type { Reaction } from '../core/reaction.ts';
import { chatTopic } from '../core/topics.ts';
import type { Mesh } from './mesh.ts';
import type { Seat } from './seat.ts';

/** What it needs of the chat. */
export interface DetouredChat {
  detour(participant: string, name: string, say: ((word: string) => void) | undefined): void;
  heardByDetour(participant: string, word: string): void;
}

export interface ChatDetourParts {
  readonly mesh: Pick<Mesh, 'group' | 'pass' | 'listen' | 'detourTo'>;
  readonly sealer: Sealer;
  readonly signer: Signer;
  /** Opens what is sealed to the own static key. */
  readonly opener: Opener;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly chat: DetouredChat;
  readonly onReaction: (from: string, emoji: Reaction) => void;
}

/** Somebody handed over a word of theirs before the roster said that they can. */
const answering = 'whoever handed it over';

export class ChatDetour {
  readonly #parts: ChatDetourParts;
  /** Through whom, by person. */
  readonly #ways = new Map<string, string>();
  #group: Bytes | undefined;
  #topicHex: string | undefined;
  #unlisten: (() => void) | undefined;
  #isOver = false;

  constructor(parts: ChatDetourParts) {
    this.#parts = parts;
  }

  /** The roster, a seat or a link is different. */
  look(): void {
    const { mesh, seats } = this.#parts;
    if (mesh.group !== this.#group && !this.#isOver) void this.#follow(mesh.group);
    for (const seat of seats.values()) {
      const isOpen = this.#topicHex !== undefined && seat.isIn && !seat.isRefused;
      this.#lead(seat, isOpen ? mesh.detourTo(seat.id).join() : '');
    }
  }

  /** Shows it to those whom it does not reach over a link. */
  react(emoji: Reaction): void {
    for (const id of this.#ways.keys()) {
      const seat = this.#parts.seats.get(id);
      if (seat) void this.#say(seat.call.contact, formatMeshWord({ t: 'react', emoji })).catch(() => undefined);
    }
  }

  close(): void {
    this.#isOver = true;
    this.#unlisten?.();
    this.#topicHex = undefined;
    this.look();
  }

  /** Another group is another place to leave words at: what has not arrived is said again there. */
  async #follow(group: Bytes | undefined): Promise<void> {
    const { mesh, sealer } = this.#parts;
    this.#group = group;
    this.#topicHex = undefined;
    this.#unlisten?.();
    const topicHex = group && (await chatTopic(sealer, group));
    if (!topicHex || group !== this.#group || this.#isOver) return;
    this.#topicHex = topicHex;
    this.#unlisten = mesh.listen(topicHex, (body) => void this.#hear(topicHex, body));
    this.look();
  }

  /** @param through the ids of those who hand over; '' for nobody. */
  #lead(seat: Seat, through: string): void {
    const { id, call } = seat;
    if ((this.#ways.get(id) ?? '') === through) return;
    if (through === '') this.#ways.delete(id);
    else this.#ways.set(id, through);
    const say = (word: string): void => void this.#say(call.contact, word).catch(() => undefined);
    this.#parts.chat.detour(id, call.contact.name, through === '' ? undefined : say);
  }

  async #say({ id, ed25519, x25519 }: Contact, word: string): Promise<void> {
    const { mesh, sealer, signer } = this.#parts;
    const topicHex = this.#topicHex;
    const topic = topicHex && fromHex(topicHex);
    if (!topic) return;
    const recipient = { recipientEd25519: ed25519, recipientX25519: x25519 };
    mesh.pass(id, topicHex, await sealEnvelope({ sealer, signer, ...recipient, topic, body: word }));
  }

  async #hear(topicHex: string, message: Bytes): Promise<void> {
    const { sealer, signer, opener, seats, chat, onReaction } = this.#parts;
    const topic = fromHex(topicHex) ?? new Uint8Array(32);
    const opened = await openEnvelope({ sealer, opener, recipientEd25519: signer.publicKey, topic, message });
    if ('dropped' in opened || topicHex !== this.#topicHex) return;
    const seat = seats.get(toHex(opened.senderEd25519));
    if (!seat?.isIn || seat.isRefused) return;
    if (!this.#ways.has(seat.id)) this.#lead(seat, answering);
    const sign = parseMeshWord(opened.body);
    if (sign?.t === 'react') onReaction(seat.id, sign.emoji);
    else chat.heardByDetour(seat.id, opened.body);
  }
}
