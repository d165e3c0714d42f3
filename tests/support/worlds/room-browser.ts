// A person's browser as far as rooms go: a database of its own, its pages, and links to others over channels like a browser's.
import { toBase64url, toHex } from '../../../src/core/base/bytes.ts';
import type { RoomTools } from '../../../src/link/rooms/living-room.ts';
import { MeetingChannels } from '../../../src/link/rooms/meeting-channel.ts';
import { type CallMeetingOf, RoomMeetings } from '../../../src/link/rooms/room-meetings.ts';
import { RoomShelf } from '../../../src/link/rooms/room-shelf.ts';
import { NoRoomError } from '../../../src/platform/store/disk-room.ts';
import { RoomBlobs } from '../../../src/platform/store/room-blobs.ts';
import { openRoomDatabase, type RoomDatabase } from '../../../src/platform/store/room-database.ts';
import { onRoomChanged, RoomStore } from '../../../src/platform/store/room-store.ts';
import { systemClock } from '../../../src/platform/system-clock.ts';
import { FakeConnectionPair } from '../doubles/fake-channels.ts';
import { FakeDirectory } from '../doubles/fake-directory.ts';
import { fakeLocks } from '../doubles/fake-locks.ts';
import { sealer, type TestIdentity, testIdentity } from '../samples/test-identity.ts';

export class RoomBrowser {
  readonly identity: TestIdentity;
  readonly id: string;
  readonly key: string;
  readonly tools: RoomTools;
  readonly shelf: RoomShelf;
  readonly meetings: RoomMeetings;
  readonly channels: MeetingChannels;
  readonly faults: unknown[] = [];
  /** Meetings of rooms that others have told of. */
  readonly meetingsHeard: CallMeetingOf[] = [];
  /** Whose invitations are kept; everybody's unless a test says otherwise. */
  mayInvite: (id: string) => boolean = () => true;
  /** The private files of this browser. */
  readonly disk: FakeDirectory;
  readonly #stop: () => void;
  readonly #database: RoomDatabase;
  readonly #name: string;
  #isClosed = false;

  private constructor(name: string, identity: TestIdentity, database: RoomDatabase, disk = new FakeDirectory()) {
    const { signer } = identity;
    this.identity = identity;
    this.#name = name;
    this.disk = disk;
    this.#database = database;
    this.id = toHex(signer.publicKey);
    this.key = toBase64url(signer.publicKey);
    this.tools = {
      store: new RoomStore(database),
      blobs: new RoomBlobs(sealer, {
        root: async () => disk as unknown as FileSystemDirectoryHandle,
        checkRoom: async (bytes) => {
          if (disk.usage + bytes > disk.quota) throw new NoRoomError();
        },
      }),
      sealer,
      signer,
      clock: systemClock,
      alone: async (lock, run) => void (await fakeLocks.request(`${name} ${lock}`, run)),
      fault: (_what, error) => this.#fault(error),
    };
    this.shelf = new RoomShelf(this.tools, { name, x: toBase64url(identity.x25519) });
    this.meetings = new RoomMeetings({
      shelf: this.shelf,
      tools: this.tools,
      mayInvite: async (id) => this.mayInvite(id),
      onMeeting: (meeting) => void this.meetingsHeard.push(meeting),
    });
    this.channels = new MeetingChannels(
      async () => this.meetings,
      (error) => this.#fault(error),
    );
    this.#stop = onRoomChanged(() => {
      this.meetings.roomsChanged().catch((error: unknown) => this.#fault(error));
    });
  }

  /** What still runs when a browser is closed finds no database any more. */
  #fault(error: unknown): void {
    if (!this.#isClosed) this.faults.push(error);
  }

  /** @param seed of the person's keys. @param name of the person, and of the database. */
  static async open(seed: number, name: string): Promise<RoomBrowser> {
    return new RoomBrowser(name, await testIdentity(seed), await openRoomDatabase(`rooms of ${name}`));
  }

  /** Another page of the same browser, with nothing in common but the database and the locks. */
  async otherPage(): Promise<RoomBrowser> {
    return new RoomBrowser(this.#name, this.identity, await openRoomDatabase(`rooms of ${this.#name}`), this.disk);
  }

  async room(name: string) {
    const room = await this.shelf.open(name);
    if (!room) throw new Error('the room is not here');
    return room;
  }

  /** What was said in a room, as this browser shows it. */
  async said(name: string): Promise<readonly string[]> {
    return (await this.room(name)).view.show('conversation').map(({ text }) => text);
  }

  async say(name: string, text: string): Promise<void> {
    await (await this.room(name)).write(() => [{ k: 'say', text }]);
  }

  close(): void {
    this.#isClosed = true;
    this.#stop();
    this.meetings.close();
    this.shelf.close();
    this.#database.close();
  }
}

/** Two people have a proven link. */
export async function link(one: RoomBrowser, other: RoomBrowser, transcript = 5): Promise<FakeConnectionPair> {
  const pair = new FakeConnectionPair();
  one.channels.attach(other.id, pair.one);
  other.channels.attach(one.id, pair.two);
  pair.connect();
  const hash = new Uint8Array(32).fill(transcript);
  await Promise.all([one.channels.prove(other.id, hash), other.channels.prove(one.id, hash)]);
  return pair;
}
