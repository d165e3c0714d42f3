// A room with real keys and signatures, for what a text, a hash or a signature decides.
import { toBase64url } from '../../../src/core/base/bytes.ts';
import type { Signer } from '../../../src/core/base/ports.ts';
import {
  type EntryPlace,
  readRoomEntry,
  roomOf,
  type SignedText,
  signRoomEntry,
} from '../../../src/core/room/entry.ts';
import type { EntryBody } from '../../../src/core/room/entry-body.ts';
import { RoomGraph } from '../../../src/core/room/graph.ts';
import { RoomIntake, WaitingEntries } from '../../../src/core/room/intake.ts';
import { RoomView } from '../../../src/core/room/room-view.ts';
import { placeOfNext } from '../../../src/core/room/writing.ts';
import { sealer, testIdentity } from '../samples/test-identity.ts';

export const nonce = toBase64url(new Uint8Array(32).fill(9));
const device = toBase64url(new Uint8Array(8).fill(1));
export const foundingBody = { k: 'found', name: 'Garden', nonce, admit: 'stewards' } as const;
export const foundingPlace: EntryPlace = { device, seq: 1, n: 1, before: '', heads: [], at: 1_800_000_000_000 };

/** One person's copy of a room. */
export class SignedRoom {
  readonly graph = new RoomGraph();
  readonly intake: RoomIntake;
  readonly view = new RoomView(this.graph);
  readonly room: string;
  readonly signer: Signer;

  constructor(room: string, signer: Signer) {
    this.room = room;
    this.signer = signer;
    this.intake = new RoomIntake(sealer, room, this.graph);
  }

  get author(): string {
    return toBase64url(this.signer.publicKey);
  }

  async take(batch: readonly SignedText[], waiting = new WaitingEntries()) {
    const intake = await this.intake.take(batch, waiting);
    this.view.add(intake.taken);
    return intake;
  }

  /** Writes an own entry, with a place of one's own choice in parts. */
  async write(body: EntryBody, change: Partial<EntryPlace> = {}, signer = this.signer): Promise<SignedText> {
    const place = placeOfNext(this.graph, this.view, toBase64url(signer.publicKey), device, foundingPlace.at);
    const signed = await signRoomEntry(signer, this.room, { ...place, ...change }, body);
    await this.take([signed]);
    return signed;
  }

  /** Whether this person is a member here. Nobody is while nothing is here: then whoever has invited is trusted. */
  isMember(author: string): boolean {
    return this.graph.size === 0 || this.view.sight.standing.members().has(author);
  }

  /** Names of all that is here, sorted. */
  get ids(): readonly string[] {
    return [...this.graph.all()].map(({ id }) => id).sort();
  }

  /** Everything, the first first. */
  get all(): readonly SignedText[] {
    return [...this.graph.all()].map(({ signed }) => signed);
  }
}

/** Founded by the first of these people, who have all been let in; each has everything. */
export async function signedRooms(count: number): Promise<readonly SignedRoom[]> {
  const signers = await Promise.all(Array.from({ length: count }, async (_, i) => (await testIdentity(i + 1)).signer));
  const [founder] = signers;
  if (!founder) throw new Error('nobody');
  const founding = await signRoomEntry(founder, '', foundingPlace, foundingBody);
  const room = await roomOf(sealer, founding.e);
  const rooms = signers.map((signer) => new SignedRoom(room, signer));
  const [first] = rooms;
  await first?.take([founding]);
  for (const { author } of rooms.slice(1)) await first?.write({ k: 'admit', who: author, role: 'member', name: 'Bo' });
  for (const other of rooms.slice(1)) await other.take(first?.all ?? []);
  return rooms;
}

/** The name of an entry. */
export async function idOf(room: string, signed: SignedText): Promise<string> {
  return (await readRoomEntry(sealer, room, signed))?.id ?? '';
}
