// The rooms that are kept in this browser: founded here, taken from an invitation or a file, each opened once for a page.
import { toBase64url } from '../../core/base/bytes.ts';
import type { RoomFile } from '../../core/data/room-file.ts';
import { readRoomEntry, roomOf, signRoomEntry } from '../../core/room/entry.ts';
import type { EntryBody } from '../../core/room/entry-body.ts';
import { knows, type Placed, RoomGraph } from '../../core/room/graph.ts';
import { RoomIntake, WaitingEntries } from '../../core/room/intake.ts';
import { isSaid } from '../../core/room/room-facts.ts';
import { RoomView } from '../../core/room/room-view.ts';
import type { KeptInvitation, KeptRoom } from '../../platform/store/room-database.ts';
import { onRoomChanged } from '../../platform/store/room-store.ts';
import { LivingRoom, type RoomTools } from './living-room.ts';

/** How this person is told to the members of a room. */
export interface OwnCard {
  readonly name: string;
  /** X25519 key, base64url. */
  readonly x: string;
}

export interface NewRoom {
  readonly name: string;
  readonly purpose: string;
  readonly admit: 'stewards' | 'members';
}

export class RoomShelf {
  readonly #tools: RoomTools;
  readonly #card: OwnCard;
  readonly #open = new Map<string, Promise<LivingRoom | undefined>>();
  readonly #stop: () => void;

  constructor(tools: RoomTools, card: OwnCard) {
    this.#tools = tools;
    this.#card = card;
    this.#stop = onRoomChanged((room, packs) => {
      void this.#open.get(room)?.then((open) => open?.readAgain(packs).catch((error) => tools.fault('reading', error)));
    });
  }

  close(): void {
    this.#stop();
  }

  all(): Promise<readonly KeptRoom[]> {
    return this.#tools.store.all();
  }

  invitations(): Promise<readonly KeptInvitation[]> {
    return this.#tools.store.invitations();
  }

  /** @returns undefined when it is not kept here. */
  open(room: string): Promise<LivingRoom | undefined> {
    const opening =
      this.#open.get(room) ??
      this.#tools.store.get(room).then((kept) => (kept ? LivingRoom.open(kept, this.#tools) : undefined));
    this.#open.set(room, opening);
    void opening.then(
      (opened) => opened ?? this.#open.delete(room),
      () => this.#open.delete(room),
    );
    return opening;
  }

  /** Founds a room. @returns its name on the wire. @throws what the database throws; then there is none. */
  async found({ name, purpose, admit }: NewRoom): Promise<string> {
    const { sealer, signer, clock, store } = this.#tools;
    const nonce = toBase64url(sealer.randomBytes(32));
    const about = purpose === '' ? {} : { purpose };
    const body: EntryBody = { k: 'found', name, nonce, admit, ...about };
    const device = this.#newDevice();
    const place = { device, seq: 1, n: 1, before: '', heads: [], at: clock.now() };
    const signed = await signRoomEntry(signer, '', place, body);
    const room = await roomOf(sealer, signed.e);
    const entry = await readRoomEntry(sealer, room, signed);
    if (!entry) throw new Error('a room that nobody could read');
    // The entries first: a room without its beginning could not be written in.
    await store.append(room, [entry], 'us');
    await store.put({ ...this.#newRoom(room, name), device, seen: [entry.id] });
    await this.introduce(room);
    return room;
  }

  /** Yes to an invitation: the room is kept from now on, and comes when its members meet. */
  async accept(invitation: KeptInvitation): Promise<void> {
    const { room, name, by } = invitation;
    await this.#tools.store.answer(invitation, { ...this.#newRoom(room, name), invitedBy: by });
  }

  /** Yes to an invitation, said in another browser: as there, it waits for its members. @returns false where there is the room already. */
  async waitFor({
    room,
    name,
    joinedAt,
    invitedBy,
  }: Pick<KeptRoom, 'room' | 'name' | 'joinedAt'> & { readonly invitedBy: string }): Promise<boolean> {
    const { store } = this.#tools;
    if (await store.get(room)) return false;
    await store.put({ ...this.#newRoom(room, name), joinedAt, invitedBy });
    return true;
  }

  /** No: it is not offered again by the same person. */
  async decline(invitation: KeptInvitation): Promise<void> {
    await this.#tools.store.answer(invitation, undefined);
  }

  /**
   * Takes a room file in: a room that is here gets what it lacks, another one is kept from now on. By the same rules as over a link.
   * @returns how many entries are new; undefined when the file holds no room that could be read.
   */
  async takeFile({ room, entries }: RoomFile): Promise<number | undefined> {
    const known = await this.#tools.store.get(room);
    if (known) return (await this.open(room))?.takeFromFile(entries);
    // Nothing is kept of a file whose beginning is not there.
    const graph = new RoomGraph();
    const { taken } = await new RoomIntake(this.#tools.sealer, room, graph).take(entries, new WaitingEntries());
    const name = new RoomView(graph).show('people')?.name;
    if (name === undefined) return undefined;
    await this.#tools.store.append(room, taken, 'others');
    await this.#tools.store.put(this.#newRoom(room, name));
    return taken.length;
  }

  /** Says how this person is called, where they are a member and have not said it. */
  async introduce(room: string): Promise<void> {
    const open = await this.open(room);
    if (!open?.isMember(open.self)) return;
    const { name, x } = this.#card;
    const isTold = () => open.view.show('people')?.members.get(open.self)?.reach !== undefined;
    if (isTold()) return;
    const inbox = toBase64url(this.#tools.sealer.randomBytes(16));
    await open.write(() => (isTold() ? [] : [{ k: 'join', name, x, relays: [], inbox }]));
  }

  /** Whether members of this room are met while its page is open. */
  async setMeets(room: string, meets: boolean): Promise<void> {
    await this.#tools.store.change(room, { meets });
  }

  /**
   * Tells the members where this person listens, where they do not know it: before they can meet outside of calls. At another inbox than
   * before, once somebody has gone: they know the old one.
   */
  async tellReach(room: string, relays: readonly string[]): Promise<void> {
    const open = await this.open(room);
    if (!open?.canWrite) return;
    const { name, x } = this.#card;
    const told = (): EntryBody | undefined => {
      const own = ownReach(open);
      const isStale = own !== undefined && hasSomebodyGone(open, own);
      if (own && !isStale && own.body.relays.join() === relays.join()) return undefined;
      const inbox = own && !isStale ? own.body.inbox : toBase64url(this.#tools.sealer.randomBytes(16));
      return { k: own ? 'profile' : 'join', name, x, relays: [...relays], inbox };
    };
    if (!told()) return;
    await open.write(() => {
      const body = told();
      return body ? [body] : [];
    });
  }

  /** Whether all files of this room are fetched and kept here. */
  async setKeepsBlobs(room: string, keepsBlobs: boolean): Promise<void> {
    await this.#tools.store.change(room, { keepsBlobs });
  }

  /** Everything of a room goes from here. */
  async remove(room: string): Promise<void> {
    this.#open.delete(room);
    await this.#tools.store.remove(room);
    await this.#tools.blobs.removeRoom(room);
  }

  /** One for each room, and another one whenever a room comes back: what was written here before may not all have come back with it. */
  #newDevice(): string {
    return toBase64url(this.#tools.sealer.randomBytes(8));
  }

  #newRoom(room: string, name: string): KeptRoom {
    const joinedAt = this.#tools.clock.now();
    return {
      room,
      name,
      joinedAt,
      device: this.#newDevice(),
      isKeptFresh: false,
      keepsBlobs: false,
      seen: [],
    };
  }
}

/** What this person has said last of how they are reached. */
function ownReach({ graph, self }: LivingRoom) {
  const own = [...graph.all()].flatMap((entry) =>
    entry.author === self && isSaid(entry, 'join', 'profile') ? [entry] : [],
  );
  return own.reduce<(typeof own)[number] | undefined>((last, one) => (last && last.n > one.n ? last : one), undefined);
}

/** Somebody else was shown out or has left, which was not known when this was said. What does not count is built upon by no entry. */
function hasSomebodyGone({ graph, view, self }: LivingRoom, said: Placed): boolean {
  const isGone = (entry: Placed) => entry.body?.k === 'remove' || (entry.body?.k === 'leave' && entry.author !== self);
  return [...graph.all()].some((entry) => isGone(entry) && view.isFit(entry) && !knows(said, entry));
}
