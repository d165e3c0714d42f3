// The rooms of this browser whose members are met while a page of rooms is open (docs/rooms.md#meeting-without-a-call): where it listens, whom it
// asks, and who may learn this computer's address. Nothing is said for a room that the person has not allowed it for.

import { type Bytes, fromBase64url, fromHex, toBase64url } from '../../core/base/bytes.ts';
import type { RelayPool } from '../../core/base/ports.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import { relaysFromOthers } from '../../core/network/others-relays.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';
import type { LivingRoom } from '../rooms/living-room.ts';
import type { RoomShelf } from '../rooms/room-shelf.ts';
import { memberWhoAsks, reachableMembers } from './member.ts';
import { MemberInboxes } from './member-inboxes.ts';
import type { MemberWorld } from './member-link.ts';
import { type MeetingWay, MemberLinks } from './member-links.ts';
import { SharedRelays } from './shared-relays.ts';

/** Relays that only others name, connected to beside the own ones. */
const mostOthersRelays = 6;
/** A relay is waited for so long before members are asked. */
const relayMs = 20_000;

export interface OpenRoomsParts {
  readonly shelf: Pick<RoomShelf, 'all' | 'open' | 'tellReach'>;
  readonly world: Omit<MemberWorld, 'openPool'>;
  /** Of which topics are made that keep relays from counting rooms. */
  readonly padding: Bytes;
  /** Connects to the own relays, and to these. */
  readonly openPools: (own: readonly string[], others: readonly string[]) => readonly RelayPool[];
  /** Of the own relays, those that others may be told. */
  readonly toldRelays: (own: readonly string[]) => readonly string[];
  readonly contact: (id: string) => Promise<Pick<Contact, 'blocked' | 'hideAddress'> | undefined>;
  readonly settings: () => Promise<Pick<Settings, 'hideAddress' | 'iceServers' | 'relays'>>;
  /** @param linked members, by key (base64url). */
  readonly onLinked: (linked: ReadonlySet<string>) => void;
  readonly fault: (what: string, error: unknown) => void;
}

const keyOf = (id: string): string => toBase64url(fromHex(id) ?? new Uint8Array(0));

export class OpenRooms {
  readonly #parts: OpenRoomsParts;
  readonly #rooms = new Map<string, { readonly room: LivingRoom; readonly stop: () => void }>();
  readonly #links: MemberLinks;
  readonly #relays: SharedRelays;
  readonly #inboxes: MemberInboxes;
  #own: readonly string[];
  #others: readonly string[] = [];
  #shown: string | undefined;
  /** There is a contact among the members who is not to learn our address: nobody who is no contact does then. */
  #hidesFromSomebody = false;
  readonly #work = new TaskQueue();
  #isClosed = false;

  private constructor(parts: OpenRoomsParts, own: readonly string[]) {
    this.#parts = parts;
    this.#own = own;
    this.#relays = new SharedRelays(() => parts.openPools(this.#own, this.#others));
    const openPool = () => this.#relays.forOne();
    this.#links = new MemberLinks({
      world: { ...parts.world, openPool },
      wayTo: (id) => this.#wayTo(id),
      onChange: (linked) => parts.onLinked(new Set([...linked].map(keyOf))),
    });
    this.#inboxes = new MemberInboxes({
      ...parts.world,
      ownEd25519: parts.world.signer.publicKey,
      padding: parts.padding,
      relays: openPool(),
      onMeet: (room, senderId, meet) => this.#asked(room, senderId, meet),
    });
  }

  /** Listens for the members of the rooms for which that is allowed. */
  static async begin(parts: OpenRoomsParts): Promise<OpenRooms> {
    const open = new OpenRooms(parts, (await parts.settings()).relays);
    await open.lookAgain();
    return open;
  }

  /** Rooms, contacts or settings have changed. */
  lookAgain(): Promise<void> {
    return this.#next(async () => {
      const { shelf, settings } = this.#parts;
      const allowed = (await shelf.all()).filter(({ meets }) => meets === true).map(({ room }) => room);
      for (const [name, { stop }] of this.#rooms)
        if (!allowed.includes(name)) {
          stop();
          this.#rooms.delete(name);
        }
      for (const name of allowed) {
        const room = this.#rooms.has(name) ? undefined : await shelf.open(name);
        if (!room) continue;
        const stop = room.onNews((entries) => {
          const people = new Set<string | undefined>(['join', 'profile', 'admit', 'remove', 'leave']);
          if (entries.length === 0 || entries.some(({ body }) => people.has(body?.k))) void this.lookAgain();
        });
        this.#rooms.set(name, { room, stop });
      }
      await this.#findOutWhere((await settings()).relays);
      await this.#listen();
      await this.#links.lookAgain();
    });
  }

  /** This room is shown: its members are asked, those first who have written last. */
  show(name: string | undefined): Promise<void> {
    return this.#next(async () => {
      this.#shown = name;
      const room = name === undefined ? undefined : this.#rooms.get(name)?.room;
      if (name === undefined || !room) return;
      await this.#parts.shelf.tellReach(name, this.#parts.toldRelays(this.#own));
      await this.#listen();
      await this.#ask(room);
    });
  }

  /** The network has changed, or has come back. */
  networkChanged(): Promise<void> {
    this.#relays.renew();
    return this.show(this.#shown);
  }

  close(): void {
    this.#isClosed = true;
    for (const { stop } of this.#rooms.values()) stop();
    this.#rooms.clear();
    this.#links.close();
    this.#inboxes.close();
    // Goodbyes go out first.
    this.#parts.world.clock.after(1_000, () => this.#relays.close());
  }

  async #ask(room: LivingRoom): Promise<void> {
    const people = room.view.show('people');
    if (!people || !room.canWrite) return;
    const written = new Map<string, number>();
    for (const { author, n } of room.graph.all()) written.set(author, Math.max(n, written.get(author) ?? 0));
    const last = ({ id }: { readonly id: string }) => written.get(keyOf(id)) ?? 0;
    const members = reachableMembers(people, room.self).toSorted((one, other) => last(other) - last(one));
    if (members.length === 0 || !(await this.#relays.ready(relayMs)) || this.#isClosed) return;
    if (this.#shown === room.name) this.#links.ask(members);
  }

  #asked(name: string, senderId: string, meet: SignalOf<'meet'>): void {
    const room = this.#rooms.get(name)?.room;
    const member = memberWhoAsks(senderId, meet);
    if (!member || !room?.canWrite || !room.isMember(keyOf(senderId))) return;
    this.#links.asked(member, meet).catch((error: unknown) => this.#parts.fault('a member who asks', error));
  }

  /** Connects to the relays that members name as well, unless the address is hidden: what others name would see it. */
  async #findOutWhere(own: readonly string[]): Promise<void> {
    const { contact, settings } = this.#parts;
    const members = [...this.#rooms.values()].flatMap(({ room }) => {
      const people = room.view.show('people');
      return people ? reachableMembers(people, room.self) : [];
    });
    const known = await Promise.all([...new Set(members.map(({ id }) => id))].map((id) => contact(id)));
    this.#hidesFromSomebody = known.some((one) => one?.hideAddress);
    const hides = this.#hidesFromSomebody || (await settings()).hideAddress;
    const named = [...new Set(members.flatMap(({ relays }) => relays))].filter((url) => !own.includes(url));
    const others = hides ? [] : relaysFromOthers(named, own).slice(0, mostOthersRelays);
    if (own.join() === this.#own.join() && others.join() === this.#others.join()) return;
    this.#own = own;
    this.#others = others;
    this.#relays.renew();
  }

  async #listen(): Promise<void> {
    const secrets = [...this.#rooms].flatMap(([name, { room }]): [string, Bytes][] => {
      const secret = fromBase64url(room.view.show('people')?.members.get(room.self)?.reach?.inbox ?? '');
      return secret?.length === 16 && room.canWrite ? [[name, secret]] : [];
    });
    if (!this.#isClosed) await this.#inboxes.listen(new Map(secrets));
  }

  async #wayTo(id: string): Promise<MeetingWay> {
    const { contact, settings } = this.#parts;
    const known = await contact(id);
    const key = keyOf(id);
    const isMet = [...this.#rooms.values()].some(({ room }) => room.canWrite && room.isMember(key));
    if (known?.blocked || !isMet) return 'no';
    const hiding = addressHiding(await settings(), known ?? { hideAddress: this.#hidesFromSomebody });
    return hiding === 'off' ? 'open' : hiding === 'on' ? 'hidden' : 'no';
  }

  #next(run: () => Promise<void>): Promise<void> {
    const done = this.#work.run(async () => {
      if (!this.#isClosed) await run();
    });
    return done.catch((error: unknown) => this.#parts.fault('meeting members', error));
  }
}
