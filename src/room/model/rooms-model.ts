// All rooms of this browser as the page shows them: which there are, which one is open, who has invited to others.
import { computed, type Signal, signal } from '@preact/signals';
import { toBase64url } from '../../core/base/bytes.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { parseRoomFile } from '../../core/room/room-file.ts';
import { openOwnShelf } from '../../link/rooms/own-shelf.ts';
import type { NewRoom, RoomShelf } from '../../link/rooms/room-shelf.ts';
import { ContactStore } from '../../platform/store/contact-store.ts';
import { onStoreChanged, openDatabase } from '../../platform/store/database.ts';
import { IdentityStore } from '../../platform/store/identity-store.ts';
import type { KeptInvitation, KeptRoom } from '../../platform/store/room-database.ts';
import { onRoomChanged } from '../../platform/store/room-store.ts';
import { keepStorage } from '../../ui/durable-storage.ts';
import { announce } from '../../ui/live-region.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import { RoomModel } from './room-model.ts';

/** A file above this is no room that could be taken in. */
const maxFileBytes = 256 * 1024 * 1024;

/** What the page's address names where a new room is asked for. */
export const askNew = 'new';

export class RoomsModel {
  readonly rooms = signal<readonly KeptRoom[]>([]);
  readonly invitations = signal<readonly KeptInvitation[]>([]);
  readonly contacts = signal<readonly Contact[]>([]);
  /** Those whom somebody can let in. */
  readonly people = computed(() => this.contacts.value.filter(({ blocked }) => !blocked));
  readonly ownName = signal('');
  /** The room that is shown. */
  readonly current: Signal<RoomModel | undefined> = signal(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly #shelf: RoomShelf | undefined;
  readonly #contactStore: ContactStore;
  #opening = 0;

  private constructor(shelf: RoomShelf | undefined, contactStore: ContactStore) {
    this.#shelf = shelf;
    this.#contactStore = contactStore;
  }

  /** Reads what there is, and shows the room that the page's address names. @throws as the databases do. */
  static async open(): Promise<RoomsModel> {
    const database = await openDatabase();
    const own = await new IdentityStore(database).read();
    const identity = own.state === 'present' ? own.identity : undefined;
    const model: RoomsModel = new RoomsModel(
      identity && (await openOwnShelf(identity, () => undefined)).shelf,
      new ContactStore(database),
    );
    model.ownName.value = identity?.name ?? '';
    await Promise.all([model.#readRooms(), model.#readContacts()]);
    onStoreChanged((store) => void (store === 'contacts' && model.#readContacts()));
    onRoomChanged((_room, packs) => void (packs.length === 0 && model.#readRooms()));
    addEventListener('hashchange', () => void model.#showFromAddress());
    await model.#showFromAddress();
    return model;
  }

  /** There is an identity: without one there are no rooms. */
  get isReady(): boolean {
    return this.#shelf !== undefined;
  }

  /** Shows a room; none: the list alone. */
  show(room: string): void {
    location.hash = room;
  }

  /** Founds a room, lets these contacts in, and shows it. @returns false when it could not be kept. */
  async found(room: NewRoom, people: readonly Contact[]): Promise<boolean> {
    return this.#try(async (shelf) => {
      const id = await shelf.found(room);
      const open = await shelf.open(id);
      if (people.length > 0)
        await open?.write(() =>
          people.map(({ ed25519, name }) => ({ k: 'admit', who: toBase64url(ed25519), role: 'member', name }) as const),
        );
      void keepStorage();
      this.show(id);
    });
  }

  async accept(invitation: KeptInvitation): Promise<void> {
    await this.#try(async (shelf) => {
      await shelf.accept(invitation);
      void keepStorage();
      this.show(invitation.room);
    });
  }

  async decline(invitation: KeptInvitation): Promise<void> {
    await this.#try((shelf) => shelf.decline(invitation));
  }

  /** Everything of the room that is shown goes from this browser. */
  async remove(room: string): Promise<void> {
    await this.#try(async (shelf) => {
      this.current.value?.close();
      this.current.value = undefined;
      await shelf.remove(room);
      this.show('');
    });
  }

  /** Takes a room file in, and shows the room. */
  async takeFile(file: File): Promise<void> {
    await this.#try(async (shelf) => {
      const parsed = file.size > maxFileBytes ? undefined : parseRoomFile(await file.text());
      const taken = parsed && (await shelf.takeFile(parsed));
      if (!parsed || taken === undefined) {
        this.problem.value = text('roomsFileNone');
        return;
      }
      announce(plural('roomsFileTaken', taken));
      this.show(parsed.room);
    });
  }

  async #showFromAddress(): Promise<void> {
    const id = location.hash === `#${askNew}` ? '' : location.hash.slice(1);
    this.#opening += 1;
    const turn = this.#opening;
    const room = id === '' ? undefined : await this.#shelf?.open(id).catch(() => undefined);
    if (turn !== this.#opening) return;
    this.current.value?.close();
    this.current.value = room && new RoomModel(room, this.ownName, this.contacts);
    document.title = room ? `${room.kept.name} · ${text('roomsTitle')}` : text('roomsTitle');
    this.problem.value = id !== '' && !room ? text('roomsNotHere') : undefined;
    // Somebody who was let in says how they are called, once the room has come.
    if (room) void this.#shelf?.introduce(id).catch(() => undefined);
  }

  async #readRooms(): Promise<void> {
    if (!this.#shelf) return;
    [this.rooms.value, this.invitations.value] = await Promise.all([this.#shelf.all(), this.#shelf.invitations()]);
  }

  async #readContacts(): Promise<void> {
    this.contacts.value = await this.#contactStore.all();
  }

  async #try(run: (shelf: RoomShelf) => Promise<void>): Promise<boolean> {
    if (!this.#shelf) return false;
    try {
      this.problem.value = undefined;
      await run(this.#shelf);
      return true;
    } catch {
      this.problem.value = text('roomNotWritten');
      return false;
    }
  }
}
