// One room as the page shows it, and what a person can do in it. Everything that is shown follows from the entries; everything that is done is
// an entry.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Contact } from '../../core/identity/contact.ts';
import type { Agenda } from '../../core/room/agenda.ts';
import type { Ballot } from '../../core/room/ballot.ts';
import type { BodyOf, EntryBody } from '../../core/room/entry-body.ts';
import type { RoomGraph } from '../../core/room/graph.ts';
import type { People } from '../../core/room/people.ts';
import { type BoardColumn, boardOf, placeAt, placingsFor } from '../../core/room/reading/board.ts';
import { type Missed, missedOf } from '../../core/room/reading/missed.ts';
import type { LivingRoom } from '../../link/rooms/living-room.ts';
import { announce } from '../../ui/live-region.tsx';
import { type PeopleNames, peopleNames } from '../../ui/rooms/people-names.ts';
import { text } from '../../ui/texts/text.ts';
import { itemsMoved } from './agenda-moves.ts';
import { standardColumns, whyNot } from './room-words.ts';

type Changes<Kind extends EntryBody['k']> = Omit<BodyOf<Kind>, 'k' | 'of'>;

export class RoomModel {
  readonly id: string;
  readonly self: string;
  readonly #room: LivingRoom;
  /** Counts what has come: everything that is shown depends on it. */
  readonly #version = signal(0);
  readonly #seen: Signal<readonly string[]>;
  readonly problem = signal<string | undefined>(undefined);
  readonly people: ReadonlySignal<People | undefined>;
  readonly names: ReadonlySignal<PeopleNames>;
  readonly board: ReadonlySignal<readonly BoardColumn[]>;
  readonly ballots: ReadonlySignal<readonly Ballot[]>;
  readonly agenda: ReadonlySignal<Agenda>;
  readonly missed: ReadonlySignal<Missed>;
  readonly canWrite: ReadonlySignal<boolean>;
  readonly #stop: () => void;

  constructor(room: LivingRoom, ownName: ReadonlySignal<string>, contacts: ReadonlySignal<readonly Contact[]>) {
    this.#room = room;
    this.id = room.name;
    this.self = room.self;
    this.#seen = signal(room.kept.seen);
    this.people = this.#shown(() => room.view.show('people'));
    this.ballots = this.#shown(() => room.view.show('ballots'));
    this.agenda = this.#shown(() => room.view.show('agenda'));
    this.board = this.#shown(() => boardOf(room.view.show('wall'), standardColumns()));
    this.missed = this.#shown(() => missedOf(room.graph, room.view, this.#seen.value, room.self));
    this.canWrite = this.#shown(() => room.canWrite);
    this.names = computed(() =>
      peopleNames(room.self, ownName.value, contacts.value, this.people.value?.members ?? new Map()),
    );
    this.#stop = room.onNews(() => {
      const wasRead = this.missed.value.count === 0;
      this.#version.value += 1;
      // Whoever looks on while something comes has seen it.
      if (wasRead && document.visibilityState === 'visible') void this.readAll();
    });
  }

  close(): void {
    this.#stop();
  }

  get conversation() {
    void this.#version.value;
    return this.#room.view.show('conversation');
  }

  get decisions() {
    void this.#version.value;
    return this.#room.view.show('decisions');
  }

  get files() {
    void this.#version.value;
    return this.#room.view.show('files');
  }

  get books() {
    void this.#version.value;
    return this.#room.view.show('books');
  }

  get notes() {
    void this.#version.value;
    return this.#room.view.show('notes');
  }

  /** What this browser writes as. */
  get device(): string {
    return this.#room.kept.device;
  }

  /** Every entry that is here. */
  get graph(): RoomGraph {
    return this.#room.graph;
  }

  /** Whose devices have signed two histories, by key. */
  get evidence(): readonly string[] {
    void this.#version.value;
    return [
      ...new Set(this.#room.view.evidence.flatMap(({ entries: [one] }) => this.#room.graph.get(one)?.author ?? [])),
    ];
  }

  /** Entries that a later version of the product has written. */
  get unknown(): number {
    void this.#version.value;
    return this.#room.view.unknown;
  }

  /** Nothing of the room has come yet: it was only said yes to. */
  get isAwaited(): boolean {
    void this.#version.value;
    return this.#room.graph.size === 0;
  }

  /** Who has shown this person out, by key, if it was that. */
  get outBy(): string | undefined {
    void this.#version.value;
    return this.#room.outBy;
  }

  get isSteward(): boolean {
    return this.people.value?.members.get(this.self)?.role === 'steward';
  }

  /** Whether this person may let others in. */
  get mayAdmit(): boolean {
    return this.canWrite.value && (this.isSteward || this.people.value?.admit === 'members');
  }

  canShowOut(who: string): boolean {
    void this.#version.value;
    return who !== this.self && this.canWrite.value && this.#room.view.sight.standing.canRemove(this.self, who);
  }

  mayClose(ballot: Ballot): boolean {
    return this.canWrite.value && (ballot.author === this.self || this.isSteward);
  }

  nameOf(key: string): string {
    return this.names.value.nameOf(key);
  }

  /** What the card is called that something is about; undefined where it is about none that is on the wall. */
  cardTitle(card: string | undefined): string | undefined {
    return this.board.value.flatMap(({ cards }) => cards).find(({ id }) => id === card)?.title;
  }

  /** For the mark of a person: the name without the piece of key that may stand behind it. */
  markName(key: string): string {
    return this.names.value.contactOf(key)?.name ?? this.people.value?.members.get(key)?.name ?? this.nameOf(key);
  }

  /** The names of those of the room's members who are among these. */
  linkedNames(keys: ReadonlySet<string>): readonly string[] {
    return [...(this.people.value?.members.keys() ?? [])].filter((key) => keys.has(key)).map((key) => this.nameOf(key));
  }

  say(words: string, about?: string): Promise<boolean> {
    return this.write(() => [{ k: 'say', text: words, ...(about === undefined ? {} : { in: about }) }]);
  }

  amend(of: string, words: string): Promise<boolean> {
    return this.write(() => [{ k: 'amend', of, text: words }]);
  }

  unsay(of: string): Promise<boolean> {
    return this.write(() => [{ k: 'unsay', of }]);
  }

  decide(words: string, of?: string): Promise<boolean> {
    return this.write(() => [{ k: 'decision', text: words, ...(of === undefined ? {} : { of }) }]);
  }

  addCard(title: string, column: string): Promise<boolean> {
    return this.write(() => {
      const cards = this.board.value.find(({ id }) => id === column)?.cards ?? [];
      const { order, moved } = placeAt(cards, cards.length);
      const others = moved.map((one): EntryBody => ({ k: 'card-set', of: one.id, order: one.order }));
      return [...others, { k: 'card', title, column, order }];
    });
  }

  changeCard(of: string, change: Changes<'card-set'>): Promise<boolean> {
    return this.write(() => [{ k: 'card-set', of, ...change }]);
  }

  /** The card stands at `index` of the column, counted without it. */
  moveCard(card: string, column: string, index: number): Promise<boolean> {
    return this.write(() =>
      placingsFor(this.board.value, card, column, index).map(
        ({ id, column: to, order }): EntryBody => ({ k: 'card-set', of: id, column: to, order }),
      ),
    );
  }

  removeCard(of: string): Promise<boolean> {
    return this.write(() => [{ k: 'card-gone', of, gone: true }]);
  }

  beginVote(ballot: Omit<BodyOf<'ballot'>, 'k'>): Promise<boolean> {
    return this.write(() => [{ k: 'ballot', ...ballot }]);
  }

  vote(of: string, choice: number): Promise<boolean> {
    return this.write(() => [{ k: 'vote', of, choice }]);
  }

  closeVote(of: string): Promise<boolean> {
    return this.write(() => [{ k: 'close', of }]);
  }

  planMeeting(title: string, at: number | undefined): Promise<boolean> {
    return this.write(() => [{ k: 'meeting', title, ...(at === undefined ? {} : { at }) }]);
  }

  /** The meeting was held: what is still open on its agenda goes on to the next one. */
  wasHeld(meeting: string, at: number): Promise<boolean> {
    return this.write(() => [{ k: 'met', meeting, began: at, ended: at, people: [] }]);
  }

  addItem(title: string, meeting: string | undefined): Promise<boolean> {
    return this.write(() => {
      const { items } = this.agenda.value;
      const { order, moved } = placeAt(items, items.length);
      const others = moved.map((one): EntryBody => ({ k: 'item-set', of: one.id, order: one.order }));
      return [...others, { k: 'item', title, order, ...(meeting === undefined ? {} : { meeting }) }];
    });
  }

  changeItem(of: string, change: Changes<'item-set'>): Promise<boolean> {
    return this.write(() => [{ k: 'item-set', of, ...change }]);
  }

  /** One place up or down among the items of the same meeting. */
  moveItem(item: string, by: -1 | 1): Promise<boolean> {
    return this.write(() =>
      itemsMoved(this.agenda.value.items, item, by).map(
        ({ id, order }): EntryBody => ({ k: 'item-set', of: id, order }),
      ),
    );
  }

  admit(people: readonly { readonly key: string; readonly name: string }[], role: 'steward' | 'member') {
    return this.write(() => people.map(({ key, name }): EntryBody => ({ k: 'admit', who: key, role, name })));
  }

  showOut(who: string): Promise<boolean> {
    return this.write(() => [{ k: 'remove', who }]);
  }

  leave(): Promise<boolean> {
    return this.write(() => [{ k: 'leave' }]);
  }

  letMembersAdmit(admit: 'stewards' | 'members'): Promise<boolean> {
    return this.write(() => [{ k: 'policy', admit }]);
  }

  rename(name: string, purpose: string): Promise<boolean> {
    return this.write(() => [{ k: 'rename', name, purpose }]);
  }

  /** Everything up to now has been seen. */
  async readAll(): Promise<void> {
    this.#seen.value = this.#room.graph.heads();
    await this.#room.see().catch(() => undefined);
  }

  /** The room itself. */
  get living(): LivingRoom {
    return this.#room;
  }

  #shown<Value>(make: () => Value): ReadonlySignal<Value> {
    return computed(() => {
      void this.#version.value;
      return make();
    });
  }

  /** @returns whether it is written; else a sentence says why not. */
  async write(bodies: () => readonly EntryBody[]): Promise<boolean> {
    try {
      await this.#room.write(bodies);
      this.problem.value = undefined;
      return true;
    } catch (error) {
      this.problem.value = text(whyNot(error));
      announce(this.problem.value);
      return false;
    }
  }
}
