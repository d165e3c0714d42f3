// Writes the rooms that the gallery shows, by the same rules as everybody: each entry is signed by whom it says.
import { toBase64url } from '../core/base/bytes.ts';
import type { Signer } from '../core/base/ports.ts';
import { roomOf, type SignedText, signRoomEntry } from '../core/room/entry.ts';
import type { EntryBody } from '../core/room/entry-body.ts';
import { RoomGraph } from '../core/room/graph.ts';
import { RoomIntake, WaitingEntries } from '../core/room/intake.ts';
import { RoomView } from '../core/room/room-view.ts';
import { placeOfNext } from '../core/room/writing.ts';
import { deriveIdentityKeys } from '../platform/crypto/identity-keys.ts';
import { WebCryptoSealer, WebCryptoSigner } from '../platform/crypto/web-crypto-sealer.ts';
import { RoomBlobs } from '../platform/store/room-blobs.ts';
import { openRoomDatabase } from '../platform/store/room-database.ts';
import { RoomStore } from '../platform/store/room-store.ts';
import { galleryNow, names } from './fixtures/people.ts';
import type { RoomState } from './room-states.ts';
import { addNotes } from './rooms/note-scene.ts';

const sealer = new WebCryptoSealer();
const blobs = new RoomBlobs(sealer);
const longName = 'Wilhelmina-Alexandrowna von und zu Hohenlohe-Waldenburg-Schillin';

async function signerOf(place: number): Promise<Signer> {
  const keys = await deriveIdentityKeys(new Uint8Array(32).fill(place));
  return new WebCryptoSigner(keys.ed25519Private, keys.ed25519Public);
}

/** Who has written most beside the person here, by key. */
export const secondMember = async (): Promise<string> => toBase64url((await signerOf(8)).publicKey);

/** A room that is being written by several people who always have all of it. */
class Writing {
  readonly graph = new RoomGraph();
  readonly view = new RoomView(this.graph);
  readonly #intake: RoomIntake;
  readonly #room: string;
  #at = galleryNow - 3 * 86_400_000;

  private constructor(room: string) {
    this.#room = room;
    this.#intake = new RoomIntake(sealer, room, this.graph);
  }

  static async found(signer: Signer, name: string, purpose: string): Promise<Writing> {
    const nonce = toBase64url(new Uint8Array(32).fill(3));
    const device = toBase64url(new Uint8Array(8).fill(1));
    const place = { device, seq: 1, n: 1, before: '', heads: [], at: galleryNow - 4 * 86_400_000 };
    const signed = await signRoomEntry(signer, '', place, { k: 'found', name, nonce, admit: 'stewards', purpose });
    const writing = new Writing(await roomOf(sealer, signed.e));
    await writing.#take(signed);
    return writing;
  }

  get room(): string {
    return this.#room;
  }

  /** @returns the name of the entry. */
  async write(signer: Signer, body: EntryBody): Promise<string> {
    this.#at += 3_600_000;
    const device = toBase64url(new Uint8Array(8).fill(1));
    const place = placeOfNext(this.graph, this.view, toBase64url(signer.publicKey), device, this.#at);
    return this.#take(await signRoomEntry(signer, this.#room, place, body));
  }

  async #take(signed: SignedText): Promise<string> {
    const { taken } = await this.#intake.take([signed], new WaitingEntries());
    this.view.add(taken);
    const [entry] = taken;
    if (!entry) throw new Error('an entry of the gallery is not taken');
    return entry.id;
  }
}

const reach = (signer: Signer, name: string): EntryBody => ({
  ...{ k: 'join', name, x: toBase64url(signer.publicKey), relays: [], inbox: toBase64url(new Uint8Array(16)) },
});

/** What three people have talked about, planned and decided. */
async function fill(writing: Writing, [alice, bob, carol]: readonly [Signer, Signer, Signer]): Promise<void> {
  await writing.write(bob, reach(bob, names[1]));
  await writing.write(carol, reach(carol, names[2]));
  await writing.write(bob, { k: 'say', text: 'Good morning! Shall we talk about the garden on Friday?' });
  await writing.write(carol, {
    k: 'say',
    text: `Yes. ${'And about the roof, which has been leaking since March. '.repeat(5)}`,
  });
  const own = await writing.write(alice, { k: 'say', text: 'I have asked for three offers.' });
  await writing.write(alice, { k: 'amend', of: own, text: 'I have asked for three offers; two have come.' });
  await writing.write(alice, { k: 'unsay', of: await writing.write(alice, { k: 'say', text: 'Never mind.' }) });
  const first = await writing.write(alice, { k: 'meeting', title: 'Spring meeting', at: galleryNow - 2 * 86_400_000 });
  const items = ['Budget', 'Who waters in August', 'Roof of the shed'];
  for (const [i, title] of items.entries()) {
    const item = await writing.write(bob, { k: 'item', title, order: `${i + 1}V`, meeting: first });
    if (i === 0) await writing.write(bob, { k: 'item-set', of: item, state: 'done' });
  }
  const held = galleryNow - 2 * 86_400_000;
  await writing.write(alice, { k: 'met', meeting: first, began: held, ended: held, people: [] });
  const next = await writing.write(carol, { k: 'meeting', title: 'Summer meeting', at: galleryNow + 5 * 86_400_000 });
  await writing.write(carol, { k: 'item', title: 'Party', order: '9', meeting: next });
  const card = (title: string, column: string, order: string, more: object = {}): EntryBody => ({
    ...{ k: 'card', title, column, order },
    ...more,
  });
  const who = [alice, carol].map(({ publicKey }) => toBase64url(publicKey));
  const roof = await writing.write(
    carol,
    card('A solar roof', 'ideas', 'A', {
      text: 'On the south side.',
      need: 'Two people with a ladder',
      who,
      progress: 20,
    }),
  );
  await writing.write(bob, card('Bicycle shed', 'doing', 'A', { progress: 80 }));
  await writing.write(bob, card(`A card with a ${'very '.repeat(20)}long title`, 'ideas', 'B'));
  await writing.write(alice, card('Bench under the tree', 'done', 'A', { progress: 100 }));
  await writing.write(bob, { k: 'card-set', of: roof, progress: 25 });
  const pass = { share: 60, of: 'members', quorum: 50 } as const;
  const choices = ['Yes', 'No', 'Later'];
  const open = await writing.write(carol, {
    k: 'ballot',
    of: roof,
    question: 'A solar roof?',
    choices,
    pass,
    hide: false,
  });
  await writing.write(bob, { k: 'vote', of: open, choice: 0 });
  await writing.write(carol, { k: 'vote', of: open, choice: 2 });
  await writing.write(alice, {
    k: 'ballot',
    question: 'Who speaks for us?',
    choices: ['Bob', 'Maria'],
    pass,
    hide: true,
  });
  const closed = await writing.write(alice, {
    k: 'ballot',
    question: 'Paint the shed green?',
    choices,
    pass,
    hide: false,
  });
  for (const one of [alice, bob, carol]) await writing.write(one, { k: 'vote', of: closed, choice: 0 });
  await writing.write(alice, { k: 'close', of: closed });
  await writing.write(bob, {
    k: 'decision',
    text: 'The shed will be green: Paint the shed green? Passed: Yes',
    of: closed,
  });
  await writing.write(carol, { k: 'say', text: 'I have put the offers on the wall.', in: roof });
  await writing.write(carol, { k: 'say', text: 'See you on Friday 🌻' });
}

/** Files of which all is here, something, nothing, and one that was changed on this disk. */
async function addFiles(writing: Writing, [alice, bob, carol]: readonly [Signer, Signer, Signer]): Promise<void> {
  const { room } = writing;
  const nowhere = (of: number) => toBase64url(new Uint8Array(32).fill(of));
  const file = (name: string, size: number, hash: string): EntryBody => ({ k: 'file', name, type: '', size, hash });
  const offers = new Uint8Array(1_400_000).fill(65);
  await writing.write(bob, file('Offers for the roof.pdf', offers.length, await blobs.put(room, new Blob([offers]))));
  const plan = await blobs.put(room, new Blob(['What we plan']));
  await writing.write(carol, file('plan.txt', 12, plan));
  await blobs.write(room, plan, 0, new TextEncoder().encode('What WE plan'));
  await writing.write(
    alice,
    file(`${'A very long name of a picture of the garden '.repeat(3)}.jpg`, 3_400_000, nowhere(41)),
  );
  await blobs.write(room, nowhere(41), 0, offers.slice(0, 1_000));
  await blobs.noteWrong(room, nowhere(41), toBase64url(carol.publicKey));
  await writing.write(carol, file('Walk through the garden.webm', 64_000_000, nowhere(42)));
  await writing.write(bob, file('sprinkler-setup.exe', 900_000, nowhere(43)));
  await blobs.want(room, nowhere(43));
}

/** A book with a chapter that others have reviewed, of which a picture is here and a film is not. */
async function addBook(writing: Writing, [alice, bob, carol]: readonly [Signer, Signer, Signer]): Promise<void> {
  const { room } = writing;
  const book = await writing.write(bob, { k: 'book', title: 'How we keep bees' });
  await writing.write(carol, { k: 'book', title: `A book with a ${'very '.repeat(20)}long title` });
  const svg = new Blob(
    [
      '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120"><rect width="320" height="120" fill="olive"/></svg>',
    ],
    { type: 'image/svg+xml' },
  );
  const hash = await blobs.put(room, svg);
  const hive = { name: 'Hive.svg', type: 'image/svg+xml', size: svg.size, hash };
  const film = {
    name: 'Swarm.webm',
    type: 'video/webm',
    size: 48_000_000,
    hash: toBase64url(new Uint8Array(32).fill(51)),
  };
  const first = await writing.write(bob, {
    ...{ k: 'chapter', book, title: 'Where a hive stands', order: 'A', source: 'Seen by myself, in three gardens' },
    parts: [{ text: 'A hive stands dry.' }],
  });
  const second = await writing.write(bob, {
    ...{
      k: 'chapter',
      book,
      of: first,
      title: 'Where a hive stands',
      order: 'A',
      source: 'Seen by myself, in three gardens',
    },
    parts: [
      {
        text: `A hive stands dry, out of the wind, and looks to the south-east.\n\n${'Bees like the morning sun. '.repeat(9)}`,
      },
      { blob: hive },
      { blob: film },
    ],
  });
  await writing.write(carol, {
    k: 'review',
    of: second,
    verdict: 'confirmed',
    sure: 9,
    text: 'Mine stand like that.',
    source: 'https://bees.example/hives',
  });
  await writing.write(alice, { k: 'review', of: second, verdict: 'doubtful', sure: 4, text: 'Even in summer?' });
  await writing.write(alice, {
    k: 'chapter',
    book,
    title: 'What they need in winter',
    order: 'B',
    parts: [{ text: 'Leave them enough honey.' }],
  });
}

/** Empties the rooms of this browser and writes what a state has. @returns the room to show. */
export async function writeRooms(state: RoomState): Promise<string | undefined> {
  const database = await openRoomDatabase();
  const stores = [...database.objectStoreNames];
  const clearing = database.transaction(stores, 'readwrite');
  await Promise.all(stores.map((store) => clearing.objectStore(store).clear()));
  await clearing.done;
  const store = new RoomStore(database);
  const [alice, bob, carol] = await Promise.all([signerOf(7), signerOf(8), signerOf(9)]);
  const founder = state.isShownOut ? bob : alice;
  const writing = await Writing.found(
    founder,
    'Garden of the Blumenstraße',
    'What grows, who waters it, and what it costs.',
  );
  await blobs.removeRoom(writing.room);
  const by = toBase64url(new Uint8Array(32).fill(2));
  if (state.isInvited)
    await store.invite({ room: writing.room, name: 'Garden', members: 5, by, at: galleryNow, isDeclined: false });
  if (state.room === 'none') return undefined;
  await writing.write(founder, reach(founder, names[0]));
  if (state.room === 'full') {
    for (const [one, name] of [
      [alice, names[0]],
      [bob, names[1]],
      [carol, names[2]],
    ] as const)
      if (one !== founder)
        await writing.write(founder, { k: 'admit', who: toBase64url(one.publicKey), role: 'member', name });
    for (let i = 0; i < (state.crowd ?? 0); i++) {
      const key = new Uint8Array(32).fill(100);
      key.set([i >> 8, i & 255]);
      await writing.write(founder, {
        k: 'admit',
        who: toBase64url(key),
        role: 'member',
        name: `${longName.slice(0, 60)}${i}`,
      });
    }
    await fill(writing, [alice, bob, carol]);
    await addFiles(writing, [alice, bob, carol]);
    await addBook(writing, [alice, bob, carol]);
    await addNotes((signer, body) => writing.write(signer, body), [alice, bob, carol]);
    if (state.isShownOut) await writing.write(bob, { k: 'remove', who: toBase64url(alice.publicKey) });
  }
  const kept = {
    room: writing.room,
    name: 'Garden of the Blumenstraße',
    joinedAt: galleryNow,
    device: toBase64url(new Uint8Array(8).fill(1)),
    isKeptFresh: false,
    keepsBlobs: false,
    ...(state.isAskedToMeet ? {} : { meets: false }),
    seen: state.isRead ? writing.graph.heads() : [],
  };
  if (state.room !== 'awaited') await store.append(writing.room, [...writing.graph.all()], 'us');
  await store.put(state.room === 'awaited' ? { ...kept, invitedBy: by } : kept);
  await store.put({ ...kept, room: toBase64url(new Uint8Array(32).fill(77)), name: longName });
  database.close();
  return writing.room;
}
