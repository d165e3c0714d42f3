// A call that is a meeting of a room: its conversation and the agenda of the meeting, out of the room's entries and into them. Knows no link: what is
// written here goes to the members by the channel of the room. Loaded with the first meeting.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { fromHex, toBase64url } from '../../core/base/bytes.ts';
import type { Clock } from '../../core/base/ports.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { EntryBody } from '../../core/room/entry-body.ts';
import { placeAt } from '../../core/room/reading/board.ts';
import type { LivingRoom } from '../../link/rooms/living-room.ts';
import { contactIdOf, peopleNames } from '../../ui/rooms/people-names.ts';
import { text } from '../../ui/texts/text.ts';
import type { CallMeeting, MeetingActions, MeetingModel, OpenItem, SaidInRoom } from '../model/meeting-model.ts';

/** The last ones that are shown; the rest stands in the room. */
const mostShown = 200;

export interface MeetingParts {
  readonly room: LivingRoom;
  /** The planned meeting, by its entry. */
  readonly meeting: string | undefined;
  readonly ownName: string;
  readonly contacts: readonly Contact[];
  readonly clock: Pick<Clock, 'now'>;
  /** Shown at once: there is place for it beside the call. */
  readonly opensItself: boolean;
}

export class MeetingSession implements CallMeeting {
  readonly room: string;
  readonly model: MeetingModel;
  readonly actions: MeetingActions;
  readonly #parts: MeetingParts;
  readonly #version = signal(0);
  readonly #isOpen = signal(false);
  readonly #unread = signal(0);
  readonly #problem = signal<string | undefined>(undefined);
  readonly #items: ReadonlySignal<readonly OpenItem[]>;
  readonly #since = signal(0);
  #hasHeld = false;
  readonly #stop: () => void;

  constructor(parts: MeetingParts) {
    const { room, clock } = parts;
    this.#parts = parts;
    this.room = room.name;
    this.#isOpen.value = parts.opensItself;
    this.#since.value = clock.now();
    this.#items = this.#shown(() => this.#openItems());
    const people = () => room.view.show('people');
    this.model = {
      name: this.#shown(() => people()?.name ?? room.kept.name),
      title: this.#shown(() => this.#meeting()?.title),
      isOpen: this.#isOpen,
      unread: this.#unread,
      said: this.#shown(() => this.#said()),
      items: this.#items,
      since: this.#since,
      canWrite: this.#shown(() => room.canWrite),
      problem: this.#problem,
      isMember: (id) => {
        void this.#version.value;
        return room.isMember(toBase64url(fromHex(id) ?? new Uint8Array(0)));
      },
    };
    this.actions = {
      open: (isOpen) => {
        this.#isOpen.value = isOpen;
        if (isOpen) this.#unread.value = 0;
      },
      say: (words) => this.#write(() => [{ k: 'say', text: words, ...this.#of('in') }]),
      finishItem: () => this.#finishItem(),
      addItem: (title) => this.#write(() => this.#newItem(title)),
    };
    this.#stop = room.onNews((entries) => {
      const first = this.#items.peek()[0]?.id;
      this.#version.value += 1;
      if (this.#items.peek()[0]?.id !== first) this.#since.value = clock.now();
      const others = entries.filter(({ author, body }) => author !== room.self && body?.k === 'say').length;
      if (!this.#isOpen.peek()) this.#unread.value += others;
    });
  }

  close(): void {
    this.#stop();
  }

  /**
   * The call was held: written once, by whoever began the meeting. What is still open on its agenda goes on to the next one. @param people who was in
   * it, by id.
   */
  async held(began: number, ended: number, people: Iterable<string>): Promise<void> {
    if (this.#hasHeld) return;
    this.#hasHeld = true;
    const keys = [...people].map((id) => toBase64url(fromHex(id) ?? new Uint8Array(0)));
    const members = [this.#parts.room.self, ...keys.filter((key) => this.#parts.room.isMember(key))];
    await this.#write(() => [{ k: 'met', ...this.#of('meeting'), began, ended, people: members }]);
  }

  /** Names the planned meeting, where there is one. */
  #of<Key extends 'in' | 'meeting'>(key: Key): Partial<Record<Key, string>> {
    const id = this.#meeting()?.id;
    return id === undefined ? {} : ({ [key]: id } as Record<Key, string>);
  }

  #meeting() {
    return this.#parts.room.view.show('agenda').meetings.find(({ id }) => id === this.#parts.meeting);
  }

  #openItems(): readonly OpenItem[] {
    const meeting = this.#meeting()?.id;
    return this.#parts.room.view
      .show('agenda')
      .items.filter(({ now, state }) => now === meeting && state !== 'done')
      .map(({ id, title, minutes }) => ({ id, title, minutes }));
  }

  #newItem(title: string): readonly EntryBody[] {
    const { items } = this.#parts.room.view.show('agenda');
    const { order, moved } = placeAt(items, items.length);
    const others = moved.map((one): EntryBody => ({ k: 'item-set', of: one.id, order: one.order }));
    return [...others, { k: 'item', title, order, ...this.#of('meeting') }];
  }

  /** The one that is shown now: two who press at once finish one item, not two. */
  #finishItem(): Promise<boolean> {
    const item = this.#items.peek()[0]?.id;
    const isOpen = () => this.#openItems().some(({ id }) => id === item);
    return this.#write(() => (item !== undefined && isOpen() ? [{ k: 'item-set', of: item, state: 'done' }] : []));
  }

  #said(): readonly SaidInRoom[] {
    const { room, ownName, contacts } = this.#parts;
    const members = room.view.show('people')?.members ?? new Map();
    const names = peopleNames(room.self, ownName, contacts, members);
    return room.view
      .show('conversation')
      .slice(-mostShown)
      .map(({ id, author, at, text: words, isUnsaid }) => ({
        ...{ id, at, text: words, isUnsaid, isOwn: author === room.self },
        author: contactIdOf(author),
        name: names.nameOf(author),
        markName: names.contactOf(author)?.name ?? members.get(author)?.name ?? names.nameOf(author),
      }));
  }

  #shown<Value>(make: () => Value): ReadonlySignal<Value> {
    return computed(() => {
      void this.#version.value;
      return make();
    });
  }

  async #write(bodies: () => readonly EntryBody[]): Promise<boolean> {
    try {
      await this.#parts.room.write(bodies);
      this.#problem.value = undefined;
      return true;
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      this.#problem.value = text(
        code === 'no-member' ? 'roomNoMember' : code === 'room-full' ? 'roomFull' : 'roomNotWritten',
      );
      return false;
    }
  }
}
