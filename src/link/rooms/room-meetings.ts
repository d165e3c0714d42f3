// Every room that is kept here, on every proven link of a page: whoever may have a room gets what they lack of it, and gives what is lacking
// here (docs/rooms.md#meeting). Loaded once there is a link.

import { type Bytes, fromHex, toBase64url } from '../../core/base/bytes.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import type { BlobSource } from '../../core/blobs/blob-fetch.ts';
import { BlobList } from '../../core/blobs/blob-list.ts';
import type { Placed } from '../../core/room/graph.ts';
import type { Invitation, RoomCopy } from '../../core/room/room-copy.ts';
import { RoomExchange } from '../../core/room/room-exchange.ts';
import type { NegotiatedChannel } from '../connection/negotiated-channel.ts';
import { BlobFetching, blobsOf } from './blob-fetching.ts';
import type { LivingRoom, NewsFrom, RoomTools } from './living-room.ts';
import type { RoomShelf } from './room-shelf.ts';

/** Bytes that may wait for the network on one link: words of a call come before old entries. */
const mostWaiting = 262_144;
/** Signatures that were not needed are looked at so many at a time, this often. */
const prove = { most: 64, everyMs: 500 };

/** A link to somebody, with the channel for rooms. */
interface Meeting {
  readonly author: string;
  readonly exchange: RoomExchange;
  /** Rooms for whose blobs the other side may be asked. */
  readonly sources: Map<string, BlobSource>;
}

export interface MeetingParts {
  readonly shelf: RoomShelf;
  readonly tools: RoomTools;
  /** Whether an invitation of this person is kept for us: of contacts only. By id, hex. */
  readonly mayInvite: (id: string) => Promise<boolean>;
  /** A member says that the call with them is a meeting of this room, and of which planned one. */
  readonly onMeeting?: (meeting: CallMeetingOf) => void;
}

/** Which room a call is a meeting of. */
export interface CallMeetingOf {
  readonly room: string;
  /** The planned meeting, by its entry. */
  readonly meeting?: string;
}

export class RoomMeetings {
  readonly #parts: MeetingParts;
  readonly #rooms = new Map<string, LivingRoom>();
  readonly #meetings = new Map<NegotiatedChannel, Meeting>();
  readonly #reads = new TaskQueue();
  #cancelProving: (() => void) | undefined;
  readonly #fetching: BlobFetching;
  #callMeeting: CallMeetingOf | undefined;

  constructor(parts: MeetingParts) {
    this.#parts = parts;
    this.#fetching = new BlobFetching(parts.tools);
  }

  /** Nothing is fetched any more. */
  close(): void {
    this.#fetching.close();
  }

  /** This channel is up, and proven to be theirs. @param id Ed25519 key, hex. @param transcript of the link, 32 bytes. */
  async meet(id: string, channel: NegotiatedChannel, transcript: Bytes): Promise<void> {
    const author = toBase64url(fromHex(id) ?? new Uint8Array(32));
    const { sealer, clock, fault } = this.#parts.tools;
    const exchange = new RoomExchange({
      sealer,
      clock,
      transcript,
      say: (text) => void channel.send(text),
      send: (bytes) => void channel.send(bytes),
      hasRoom: () => channel.waiting < mostWaiting,
      onInvited: (invitation) => {
        this.#invited(id, author, invitation).catch((error: unknown) => fault('invitation to a room', error));
      },
    });
    const meeting: Meeting = { author, exchange, sources: new Map() };
    this.#meetings.set(channel, meeting);
    await this.#read();
    await this.#setRooms(meeting);
  }

  /** A message on the channel. */
  heard(channel: NegotiatedChannel, message: string | ArrayBuffer): void {
    const exchange = this.#meetings.get(channel)?.exchange;
    const done = typeof message === 'string' ? exchange?.heard(message) : exchange?.heardBytes(new Uint8Array(message));
    done?.catch((error: unknown) => this.#parts.tools.fault('rooms of a link', error));
  }

  /** There is room for more. */
  drained(channel: NegotiatedChannel): void {
    this.#meetings.get(channel)?.exchange.drained();
  }

  /** The link is over. */
  part(channel: NegotiatedChannel): void {
    const meeting = this.#meetings.get(channel);
    meeting?.exchange.close();
    this.#meetings.delete(channel);
    for (const [room, source] of meeting?.sources ?? []) this.#fetching.parted(room, source);
  }

  /** The calls of this page are a meeting of this room: its members are told, now or when they are met. */
  setMeeting(meeting: CallMeetingOf): void {
    this.#callMeeting = meeting;
    for (const { exchange } of this.#meetings.values()) exchange.changed(meeting.room);
  }

  /** A room has come or gone in this browser. */
  async roomsChanged(): Promise<void> {
    const before = [...this.#rooms.keys()].join();
    await this.#read();
    // Which files are kept may have changed.
    this.#fetching.lookAgain();
    if ([...this.#rooms.keys()].join() === before) return;
    for (const meeting of this.#meetings.values()) await this.#setRooms(meeting);
  }

  async #setRooms(meeting: Meeting): Promise<void> {
    const { sources, author, exchange } = meeting;
    for (const [name, source] of sources)
      if (!this.#rooms.has(name)) {
        sources.delete(name);
        this.#fetching.parted(name, source);
      }
    for (const name of this.#rooms.keys()) {
      if (sources.has(name)) continue;
      const fault = (error: unknown) => this.#parts.tools.fault('files of rooms', error);
      const source: BlobSource = {
        author,
        askList: (hash) => void exchange.wantBlob(name, hash).catch(fault),
        askBlock: (hash, at, length) => void exchange.wantBlock(name, hash, at, length).catch(fault),
      };
      sources.set(name, source);
    }
    await exchange.setRooms([...this.#rooms.values()].map((room) => this.#copyOf(room, meeting)));
  }

  /** One after the other: a room is opened once. */
  #read(): Promise<void> {
    return this.#reads.run(async () => {
      const { shelf, tools } = this.#parts;
      const kept = await shelf.all();
      for (const name of this.#rooms.keys()) {
        if (kept.some(({ room }) => room === name)) continue;
        this.#rooms.delete(name);
        this.#fetching.remove(name);
      }
      for (const { room: name } of kept) {
        if (this.#rooms.has(name)) continue;
        const room = await shelf.open(name).catch((error: unknown) => {
          tools.fault('opening a room', error);
          return undefined;
        });
        if (!room) continue;
        this.#rooms.set(name, room);
        this.#fetching.add(room);
        room.onNews((entries, from) => this.#news(room, entries, from));
      }
    });
  }

  #copyOf(room: LivingRoom, { author, exchange: link, sources }: Meeting): RoomCopy {
    const { blobs, sealer, fault } = this.#parts.tools;
    const { name } = room;
    const source = sources.get(name);
    const isInviter = () => room.graph.size === 0 && room.kept.invitedBy === author;
    return {
      room: room.name,
      graph: room.graph,
      intake: {
        take: (batch, waiting) => room.takeFromLink(link, batch, waiting),
        proveLater: (most) => room.proveLater(most),
      },
      mayHave: () => isInviter() || room.isMember(author),
      onTaken: () => undefined,
      invitation: () => {
        const people = room.view.show('people');
        return people && { name: people.name, members: people.members.size };
      },
      removal: () => room.view.sight.standing.cutsOf(author).find(({ body }) => body?.k === 'remove')?.signed,
      onOut: (removal) => {
        room.heardOut(removal).catch((error: unknown) => fault('being shown out', error));
      },
      meeting: () => {
        const { room: of, meeting } = this.#callMeeting ?? {};
        if (of !== name) return undefined;
        return meeting === undefined ? {} : { meeting };
      },
      onMeeting: (meeting) => this.#parts.onMeeting?.({ room: name, ...(meeting === undefined ? {} : { meeting }) }),
      onMet: () => {
        if (source) this.#fetching.linked(name, source);
      },
      blob: async (hash) => {
        const size = blobsOf(room).get(hash)?.size;
        const list = size === undefined ? undefined : await blobs.list(name, hash);
        return list && BlobList.read(sealer, hash, size ?? 0, list);
      },
      block: async (hash, at) => {
        const size = blobsOf(room).get(hash)?.size;
        return size === undefined ? undefined : blobs.checked(name, hash, size, at);
      },
      onBlocks: (word) => {
        if (source) this.#fetching.heardBlocks(name, source, word).catch((error) => fault('files of rooms', error));
      },
      onBlock: (hash, at, block) => {
        if (source)
          this.#fetching.heardBlock(name, source, hash, at, block).catch((error) => fault('files of rooms', error));
      },
    };
  }

  #news(room: LivingRoom, entries: readonly Placed[], from: NewsFrom): void {
    const { shelf, tools } = this.#parts;
    this.#fetching.news(entries);
    const own = entries.filter(({ author }) => author === room.self);
    for (const { exchange } of this.#meetings.values()) {
      // What this person has written, on whichever page, goes out at once; of others' words the others are told.
      if (own.length > 0 && (from === 'here' || from === 'store'))
        exchange.wrote(room.name, own).catch((error: unknown) => tools.fault('telling entries', error));
      if (typeof from !== 'object' || from.link !== exchange) exchange.changed(room.name);
    }
    if (typeof from === 'object') {
      shelf.introduce(room.name).catch((error: unknown) => tools.fault('introducing oneself', error));
      this.#proveSoon();
    }
  }

  #proveSoon(): void {
    this.#cancelProving?.();
    this.#cancelProving = this.#parts.tools.clock.after(prove.everyMs, () => {
      for (const { exchange } of this.#meetings.values())
        for (const name of this.#rooms.keys()) exchange.proveLater(name, prove.most).catch(() => undefined);
    });
  }

  async #invited(id: string, by: string, { room, name, members }: Invitation): Promise<void> {
    const { mayInvite, tools } = this.#parts;
    if (!(await mayInvite(id))) return;
    await tools.store.invite({ room, name, members, by, at: tools.clock.now(), isDeclined: false });
  }
}
