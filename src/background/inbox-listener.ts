// Listens on the own relays: the topics of the day of each own inbox and the topics of rings under way. Opens what arrives and hands
// over authentic signals. Knows nothing of what they mean.
import { type Bytes, toBase64url, toHex } from '../core/base/bytes.ts';
import type { Clock, Opener, RelayPool, Sealer } from '../core/base/ports.ts';
import { type OwnWord, parseOwnWord } from '../core/devices/own-word.ts';
import type { InboxKind, OwnInboxes } from '../core/identity/inboxes.ts';
import { epochsAround, inboxTopic, nextTopicChange, unusedTopics } from '../core/identity/topics.ts';
import { openSignal } from '../core/signaling/mail.ts';
import { parseSignal, type Signal } from '../core/signaling/signal.ts';
import { InboxBudget } from './inbox-budget.ts';

export interface ListenerParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly pool: RelayPool;
  readonly opener: Opener;
  /** Keys of a moment, to which other devices of ours seal what was asked for. */
  readonly openers?: () => readonly Opener[];
  readonly ownEd25519: Bytes;
  readonly inboxes: OwnInboxes;
  /**
   * `inbox`: where it came to; undefined for the topic of a ring. To the inbox of a contact comes only what that contact has signed, to the one
   * that own devices share only what one of them has, and to all others nothing that is our own.
   * `door`: of an inbox for guests its secret, base64url; else ''.
   */
  readonly onSignal: (
    senderId: string,
    signal: Signal | OwnWord,
    inbox: InboxKind | undefined,
    door: string,
    isQuantumSafe: true | undefined,
  ) => void;
}

/** One inbox. `id`: the contact's, where it is one's; the secret of one for guests. */
interface Inbox {
  readonly kind: InboxKind;
  readonly id: string;
  readonly secrets: readonly Bytes[];
}

export class InboxListener {
  readonly #parts: ListenerParts;
  /** By kind and contact. */
  readonly #budgets = new Map<string, InboxBudget>();
  #inboxes: OwnInboxes;
  #inboxTopics: ReadonlyMap<string, Inbox> = new Map();
  /** Topics that only keep relays from counting the others. */
  #unused: readonly string[] = [];
  #ringTopics: ReadonlySet<string> = new Set();
  /** What was derived before, by secret and day: of two hundred contacts mostly one has changed. */
  #derived: ReadonlyMap<string, string> = new Map();
  #turn = 0;
  #subscribed = '';
  #cancelRotation: (() => void) | undefined;
  #closed = false;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    this.#inboxes = parts.inboxes;
    parts.pool.onMessage((topicHex, payload) => void this.#receive(topicHex, new Uint8Array(payload)));
  }

  /** Subscribes to the inboxes and keeps their topics up to date as the days change. */
  async start(): Promise<void> {
    const { clock, sealer } = this.#parts;
    const now = clock.now();
    const turn = ++this.#turn;
    const epochs = epochsAround(now);
    const inboxes = inboxesOf(this.#inboxes);
    const derived = new Map<string, string>();
    const topics = await Promise.all(
      inboxes.flatMap((inbox) =>
        inbox.secrets.flatMap((secret) =>
          epochs.map(async (epoch): Promise<[string, Inbox]> => [await this.#topic(secret, epoch, derived), inbox]),
        ),
      ),
    );
    const { padding } = this.#inboxes;
    const unused = await unusedTopics(sealer, padding, epochs, topics.length / epochs.length);
    if (this.#closed || turn !== this.#turn) return;
    this.#derived = derived;
    this.#inboxTopics = new Map(topics);
    this.#unused = unused;
    this.#forgetBudgets(inboxes);
    this.#cancelRotation?.();
    this.#cancelRotation = clock.after(nextTopicChange(now), () => void this.start());
    this.#subscribe();
  }

  /** A new link was made, calls by link were switched on or off, or contacts have changed. */
  async setInboxes(inboxes: OwnInboxes): Promise<void> {
    this.#inboxes = inboxes;
    await this.start();
  }

  /** Declares the topics of rings under way; replaces the earlier ones. */
  setRingTopics(topics: ReadonlySet<string>): void {
    this.#ringTopics = topics;
    this.#subscribe();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRotation?.();
    for (const budget of this.#budgets.values()) budget.close();
    this.#parts.pool.close();
  }

  #subscribe(): void {
    if (this.#closed) return;
    const listened = [...this.#inboxTopics].flatMap(([topic, inbox]) =>
      this.#budgetOf(inbox).isPaused ? [] : [topic],
    );
    const topics = new Set([...listened, ...this.#unused, ...this.#ringTopics]);
    const all = [...topics].join();
    if (all === this.#subscribed) return;
    this.#subscribed = all;
    this.#parts.pool.setTopics(topics);
  }

  async #topic(secret: Bytes, epoch: number, derived: Map<string, string>): Promise<string> {
    const key = `${toHex(secret)}/${epoch}`;
    const topic =
      this.#derived.get(key) ?? (await inboxTopic(this.#parts.sealer, secret, this.#parts.ownEd25519, epoch));
    derived.set(key, topic);
    return topic;
  }

  #budgetOf({ kind, id }: Inbox): InboxBudget {
    const key = `${kind}/${id}`;
    const known = this.#budgets.get(key);
    if (known) return known;
    const budget = new InboxBudget(kind, this.#parts.clock, () => this.#subscribe());
    this.#budgets.set(key, budget);
    return budget;
  }

  #forgetBudgets(inboxes: readonly Inbox[]): void {
    const kept = new Set(inboxes.map(({ kind, id }) => `${kind}/${id}`));
    for (const [key, budget] of this.#budgets) {
      if (kept.has(key)) continue;
      budget.close();
      this.#budgets.delete(key);
    }
  }

  async #receive(topicHex: string, message: Bytes): Promise<void> {
    const inbox = this.#inboxTopics.get(topicHex);
    if (!inbox && !this.#ringTopics.has(topicHex)) return;
    if (inbox && !this.#budgetOf(inbox).take()) return;
    const { sealer, opener, openers = () => [], ownEd25519 } = this.#parts;
    const parse = inbox?.kind === 'own' ? parseOwnWord : parseSignal;
    let opened = await openSignal({ sealer, opener, ownEd25519, topicHex, message, parse });
    for (const one of inbox?.kind === 'own' ? openers() : [])
      opened ??= await openSignal({ sealer, opener: one, ownEd25519, topicHex, message, parse });
    if (!opened || this.#closed) return;
    // Only devices with the own words can sign so (docs/hostile-cases.md#e89): they are heard where they are expected, and nowhere else.
    if ((toHex(ownEd25519) === opened.senderId) !== (inbox?.kind === 'own')) return;
    // Nobody else was handed this one, and nobody else is to get anything by it.
    if (inbox?.kind === 'contact' && inbox.id !== opened.senderId) return;
    const door = inbox?.kind === 'guests' ? inbox.id : '';
    this.#parts.onSignal(opened.senderId, opened.signal, inbox?.kind, door, opened.isQuantumSafe);
  }
}

function inboxesOf({ link, contacts, guests, own }: OwnInboxes): readonly Inbox[] {
  return [
    ...(own ? [{ kind: 'own' as const, id: '', secrets: [own] }] : []),
    ...(link ? [{ kind: 'link' as const, id: '', secrets: [link] }] : []),
    ...(guests ?? []).map((secret) => ({ kind: 'guests' as const, id: toBase64url(secret), secrets: [secret] })),
    ...contacts.map(({ id, secrets }) => ({ kind: 'contact' as const, id, secrets })),
  ];
}
