// Files from calls on the disk: block by block, found again by a later page, refused when there is no room, gone after a day.
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { blockLength } from '../../../src/core/transfer/file-message.ts';
import { BlockWriter } from '../../../src/platform/store/block-writer.ts';
import { NoRoomError } from '../../../src/platform/store/disk-room.ts';
import {
  leftFrom,
  type ReceivedNote,
  ReceivedSweep,
  receivedBytes,
  removeReceived,
} from '../../../src/platform/store/received-files.ts';
import { FakeDirectory } from '../../support/doubles/fake-directory.ts';

const hour = 3_600_000;
let root: FakeDirectory;

beforeEach(() => {
  root = new FakeDirectory();
  root.install();
});

const noteOf = (number: number, size: number, participant = 'alice'): ReceivedNote => ({
  participant,
  facts: { id: toBase64url(new Uint8Array(16).fill(number)), name: 'a.bin', size, type: '', modified: 0 },
  verified: false,
});
const blockOf = (fill: number, length = blockLength) => new Uint8Array(length).fill(fill);

/** SHA-256 over the SHA-256 of each block. */
function hashOf(...blocks: readonly Uint8Array[]): string {
  const digests = blocks.map((block) => createHash('sha256').update(block).digest());
  return toBase64url(new Uint8Array(createHash('sha256').update(Buffer.concat(digests)).digest()));
}

describe('a file that is received', () => {
  it('is written block by block, and its hash is over the hashes of its blocks', async () => {
    const writer = new BlockWriter();
    const note = noteOf(1, 2 * blockLength + 5);
    expect(await writer.open(note, true)).toEqual({ at: 0, head: hashOf() });
    const blocks = [blockOf(1), blockOf(2), blockOf(3, 5)];
    for (const [index, block] of blocks.entries()) writer.write(note.facts.id, index * blockLength, block);
    expect(await writer.hash(note.facts.id)).toBe(hashOf(...blocks));
    await writer.keep(note.facts.id);
    expect((await receivedBytes(note.facts.id)).size).toBe(2 * blockLength + 5);
    expect(await leftFrom('alice')).toEqual([{ ...note, verified: true, written: 2 * blockLength + 5 }]);
  });

  it('takes no block that does not follow the last', async () => {
    const writer = new BlockWriter();
    const { facts } = noteOf(1, 5 * blockLength);
    await writer.open(noteOf(1, 5 * blockLength), true);
    expect(() => writer.write(facts.id, blockLength, blockOf(1))).toThrow();
  });

  // Seen to fail with the digests of what is on the disk not read back, and with no cutting back to a whole block.
  it('is found by a later page: cut back to whole blocks, with the hash of what is there', async () => {
    const note = noteOf(1, 5 * blockLength);
    const first = new BlockWriter();
    await first.open(note, true);
    first.write(note.facts.id, 0, blockOf(1));
    first.write(note.facts.id, blockLength, blockOf(2));
    const folder = await root.getDirectoryHandle('received-files');
    // The page ended in the middle of a block.
    const entry = folder.entry(`${note.facts.id}.bytes`);
    entry.isLocked = false;
    entry.bytes = new Uint8Array([...entry.bytes, 7, 7, 7]);
    const later = new BlockWriter();
    expect(await leftFrom('alice')).toMatchObject([{ written: 2 * blockLength + 3, verified: false }]);
    expect(await leftFrom('bob')).toEqual([]);
    expect(await later.open(note, false)).toEqual({ at: 2 * blockLength, head: hashOf(blockOf(1), blockOf(2)) });
    later.write(note.facts.id, 2 * blockLength, blockOf(3));
    expect(await later.hash(note.facts.id)).toBe(hashOf(blockOf(1), blockOf(2), blockOf(3)));
    expect(await later.open(note, true)).toEqual({ at: 0, head: hashOf() });
  });

  it('that does not fit is refused before anything is written, and when the disk fills up meanwhile', async () => {
    root.quota = 60_000_000;
    const writer = new BlockWriter();
    await expect(writer.open(noteOf(1, 20_000_000), true)).rejects.toBeInstanceOf(NoRoomError);
    await expect(writer.open(noteOf(2, 5_000_000), true)).resolves.toBeTruthy();
    (await root.getDirectoryHandle('received-files')).quota = 1_000;
    expect(() => writer.write(noteOf(2, 0).facts.id, 0, blockOf(1))).toThrow(/Quota/);
    await writer.discard(noteOf(2, 0).facts.id);
    await removeReceived(noteOf(1, 0).facts.id);
  });

  it('is gone when it is discarded', async () => {
    const writer = new BlockWriter();
    const note = noteOf(1, 5);
    await writer.open(note, true);
    writer.write(note.facts.id, 0, blockOf(1, 5));
    await writer.discard(note.facts.id);
    expect((await root.getDirectoryHandle('received-files')).files.size).toBe(0);
  });
});

describe('what nobody touched', () => {
  // Seen to fail with the times not compared, and with files that are written removed.
  it('for a day goes, but for what is just being written', async () => {
    const writer = new BlockWriter();
    for (const number of [1, 2, 3]) await writer.open(noteOf(number, 3 * blockLength), true);
    const folder = await root.getDirectoryHandle('received-files');
    for (const number of [1, 2]) folder.entry(`${noteOf(number, 0).facts.id}.bytes`).isLocked = false;
    folder.now = 20 * hour;
    folder.put(`${noteOf(2, 0).facts.id}.bytes`, blockOf(1));
    const sweep = new ReceivedSweep();
    await sweep.tick(25 * hour);
    const left = [...folder.files.keys()]
      .filter((name) => name.endsWith('.bytes'))
      .map((name) => name.replace('.bytes', ''));
    expect(left).toEqual([2, 3].map((number) => noteOf(number, 0).facts.id));
    // Not asked again within the hour.
    await sweep.tick(25 * hour + 1_000);
    await sweep.tick(50 * hour);
    expect([...folder.files.keys()].filter((name) => name.startsWith(noteOf(2, 0).facts.id))).toEqual([]);
  });

  it('is no folder at all as long as no file came', async () => {
    await new ReceivedSweep().tick(0);
    expect(await leftFrom('alice')).toEqual([]);
    expect(root.folders.size).toBe(0);
  });
});
