// All rooms of this browser as the page shows them: which there are, which one is open, who has invited to others.
import { computed, type Signal, signal } from '@preact/signals';
import { toBase64url } from '../../core/base/bytes.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { RoomTools } from '../../link/rooms/living-room.ts';
import { openOwnShelf } from '../../link/rooms/own-shelf.ts';
import type { NewRoom, RoomShelf } from '../../link/rooms/room-shelf.ts';
import type { OwnIdentity } from '../../platform/crypto/own-identity.ts';
import { ContactStore } from '../../platform/store/contact-store.ts';
import { type Database, onStoreChanged, openDatabase } from '../../platform/store/database.ts';
import { IdentityStore } from '../../platform/store/identity-store.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import type { KeptInvitation, KeptRoom } from '../../platform/store/room-database.ts';
import { onRoomChanged } from '../../platform/store/room-store.ts';
import { keepStorage } from '../../ui/durable-storage.ts';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import { type MeetingState, nobodyMet } from './meeting-state.ts';
import { RoomModel } from './room-model.ts';

/** What there is once this browser has an identity. */
interface OwnRooms {
  readonly identity: OwnIdentity;
  readonly shelf: RoomShelf;
  readonly tools: RoomTools;
}

export type NoteTools = Pick<RoomTools, 'sealer' | 'alone'>;

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
  readonly meeting = signal<MeetingState>(nobodyMet);
  readonly #own: OwnRooms | undefined;
  readonly #database: Database;
  readonly #contactStore: ContactStore;
  #opening = 0;
  #problemThen: string | undefined;
  #meets = false;
  #meetings: { show(room: string | undefined): Promise<void> } | undefined;

  private constructor(own: OwnRooms | undefined, database: Database) {
    this.#own = own;
    this.#database = database;
    this.#contactStore = new ContactStore(database);
  }

  /** Reads what there is, and shows the room that the page's address names. @throws as the databases do. */
  static async open(): Promise<RoomsModel> {
    const database = await openDatabase();
    const own = await new IdentityStore(database).read();
    const identity = own.state === 'present' ? own.identity : undefined;
    const opened = identity && { identity, ...(await openOwnShelf(identity, () => undefined)) };
    const model: RoomsModel = new RoomsModel(opened, database);
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
    return this.#own !== undefined;
  }

  get #shelf(): RoomShelf | undefined {
    return this.#own?.shelf;
  }

  /** Whether members of this room are met while it is open; undefined before the person has said it. */
  meets(room: string): boolean | undefined {
    return this.rooms.value.find(({ room: id }) => id === room)?.meets;
  }

  async setMeets(room: string, meets: boolean): Promise<void> {
    await this.#try((shelf) => shelf.setMeets(room, meets));
  }

  /** Where the files of rooms are kept here. */
  get blobs(): RoomBlobs | undefined {
    return this.#own?.tools.blobs;
  }

  /** What writing in a note needs beside its room. */
  get noteTools(): NoteTools | undefined {
    return this.#own?.tools;
  }

  /** Whether all files of this room are fetched and kept here. */
  keepsBlobs(room: string): boolean {
    return this.rooms.value.find(({ room: id }) => id === room)?.keepsBlobs === true;
  }

  async setKeepsBlobs(room: string, keeps: boolean): Promise<void> {
    await this.#try((shelf) => shelf.setKeepsBlobs(room, keeps));
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
      const { takeRoomFile } = await import('./take-room-file.ts');
      const taken = await takeRoomFile(shelf, this.blobs, file);
      if (taken.problem === undefined) announce(taken.said);
      this.problem.value = taken.problem;
      if (taken.room === undefined || location.hash === `#${taken.room}`) return;
      // It is said beside the room, which is shown in a moment.
      this.#problemThen = taken.problem;
      this.show(taken.room);
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
    this.problem.value = id !== '' && !room ? text('roomsNotHere') : this.#problemThen;
    this.#problemThen = undefined;
    // Somebody who was let in says how they are called, once the room has come.
    if (room) await this.#shelf?.introduce(id).catch(() => undefined);
    this.#meetNow();
  }

  async #readRooms(): Promise<void> {
    if (!this.#shelf) return;
    const before = this.#meetsHere();
    [this.rooms.value, this.invitations.value] = await Promise.all([this.#shelf.all(), this.#shelf.invitations()]);
    if (this.#meetsHere() && !before) this.#meetNow();
  }

  #meetsHere(): boolean {
    const { current } = this;
    return current.value !== undefined && this.meets(current.value.id) === true;
  }

  /** Nothing of it is loaded, and nothing is connected to, before a room is shown for which the person has allowed it. */
  #meetNow(): void {
    const shown = this.#meetsHere() ? this.current.value?.id : undefined;
    if (this.#meets || shown === undefined || !this.#own) {
      void this.#meetings?.show(shown);
      return;
    }
    this.#meets = true;
    const parts = {
      ...this.#own,
      database: this.#database,
      onState: (state: MeetingState) => {
        this.meeting.value = state;
      },
    };
    import('./page-meeting.ts')
      .then(({ openPageMeeting }) =>
        openPageMeeting(parts, (meetings) => {
          this.#meetings = meetings;
          this.#meetNow();
        }),
      )
      .catch(() => {
        this.#meets = false;
      });
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
