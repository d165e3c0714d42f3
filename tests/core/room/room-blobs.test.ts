// Blobs and files of a room: every byte of a blob can be checked, and a room comes out of its file as it went in. Seen to fail with the checks taken
// out (scripts/mutations.json, "room").
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesSource } from '../../../src/core/base/byte-source.ts';
import { type Bytes, concat, utf8 } from '../../../src/core/base/bytes.ts';
import { BlobList, ComingList } from '../../../src/core/blobs/blob-list.ts';
import { formatBlobLine, formatRoomFile, parseRoomFile } from '../../../src/core/data/room-file.ts';
import { formatRoomWord, parseRoomWord, type RoomWord } from '../../../src/core/room/sync-word.ts';
import { blockLength } from '../../../src/core/transfer/file-message.ts';
import { fileHash } from '../../support/samples/second-implementation.ts';
import { fuzzRuns, sealer, testIdentity } from '../../support/samples/test-identity.ts';
import { SignedRoom, signedRooms } from '../../support/worlds/signed-room.ts';

const tag = 'A'.repeat(22);
const blob = Uint8Array.from({ length: 2 * blockLength + 5 }, (_, i) => (i * 7 + (i >> 20)) & 255);
const hash = fileHash(blob);
const block = (bytes: Bytes, at: number) => bytes.slice(at * blockLength, (at + 1) * blockLength);
const listOf = async (bytes: Bytes): Promise<Bytes> => {
  const hashes = [0, 1, 2].map((at) => sealer.sha256(block(bytes, at)));
  return Uint8Array.from((await Promise.all(hashes)).flatMap((one) => [...one]));
};
async function list(): Promise<BlobList> {
  const read = await BlobList.read(sealer, hash, blob.length, await listOf(blob));
  if (!read) throw new Error('the list is not right');
  return read;
}

describe('a blob', () => {
  test('has a list that hashes to its name, and no other', async () => {
    const own = await listOf(blob);
    expect(await BlobList.read(sealer, hash, blob.length, own)).toBeDefined();
    expect(await BlobList.read(sealer, hash, blob.length + blockLength, own)).toBeUndefined();
    own[40] = (own[40] ?? 0) ^ 1;
    expect(await BlobList.read(sealer, hash, blob.length, own)).toBeUndefined();
  });

  test('names the block in which a byte was changed, wherever that is', async () => {
    const lists = await list();
    await fc.assert(
      fc.asyncProperty(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = blob.slice();
        changed[at] = (changed[at] ?? 0) ^ by;
        const wrong = await lists.wrong(sealer, async (one) => block(changed, one));
        expect(wrong).toEqual([Math.floor(at / blockLength)]);
      }),
      { numRuns: fuzzRuns(10) },
    );
    expect(await lists.wrong(sealer, async (one) => (one === 1 ? undefined : block(blob, one)))).toEqual([1]);
  });

  test('has blocks of one length each', async () => {
    const lists = await list();
    expect(await lists.isBlock(sealer, 2, block(blob, 2))).toBe(true);
    expect(await lists.isBlock(sealer, 2, block(blob, 1))).toBe(false);
    expect(await lists.isBlock(sealer, 1, block(blob, 0))).toBe(false);
    expect(await lists.isBlock(sealer, 3, new Uint8Array(0))).toBe(false);
  });

  test('is told by words and heard again, of any size', async () => {
    for (const size of [0, 5, 1_500 * blockLength]) {
      const hashes = new Uint8Array(32 * Math.ceil(size / blockLength)).fill(3);
      const name = Buffer.from(await sealer.sha256(hashes)).toString('base64url');
      const told = (await BlobList.read(sealer, name, size, hashes))?.words(tag) ?? [];
      const coming = new ComingList(name, size);
      const heard = [];
      for (const word of told)
        heard.push(await coming.hear(sealer, parseRoomWord(formatRoomWord(word)) as typeof word));
      expect(heard.at(-1)).toBeInstanceOf(BlobList);
      expect(heard.slice(0, -1).every((one) => one === undefined)).toBe(true);
    }
  });

  test('is not what somebody else tells under its name', async () => {
    const [word] = (await list()).words(tag);
    if (!word) throw new Error('no word');
    const said = (change: Partial<Extract<RoomWord, { t: 'blob-blocks' }>>) =>
      new ComingList(hash, blob.length).hear(sealer, { ...word, ...change });
    expect(await said({})).toBeInstanceOf(BlobList);
    for (const change of [{ size: 2 ** 40 }, { hash: 'x' }, { at: 1 }, { list: '' }, { list: 'A'.repeat(128) }])
      expect(await said(change), JSON.stringify(change)).toBe('wrong');
  });
});

describe('a room in a file', () => {
  const rooms = async () => {
    const [alice, bob] = await signedRooms(2);
    if (!alice || !bob) throw new Error('two are wanted');
    for (const text of ['one', '"two"\n\u2028', 'three']) await alice.write({ k: 'say', text });
    const text = [...formatRoomFile({ room: alice.room, entries: alice.all })].join('');
    return { alice, text };
  };
  const imported = async (text: string) => {
    const file = await parseRoomFile(bytesSource(utf8(text)));
    const copy = new SignedRoom(file?.room ?? '', (await testIdentity(7)).signer);
    if (file) await copy.take(file.entries);
    return { copy, file };
  };

  test('is the same room again', async () => {
    const { alice, text } = await rooms();
    const { copy } = await imported(text);
    expect(copy.ids).toEqual(alice.ids);
  });

  test('gives nothing that was not in it, however it was damaged', async () => {
    const { alice, text } = await rooms();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.nat(40), fc.string({ maxLength: 5 }), async (at, length, put) => {
        const { copy } = await imported(text.slice(0, at) + put + text.slice(at + length));
        for (const id of copy.ids) expect(alice.ids).toContain(id);
      }),
      { numRuns: fuzzRuns(60) },
    );
  });

  test('is none without its first line', async () => {
    const { text } = await rooms();
    const read = (of: string) => parseRoomFile(bytesSource(utf8(of)));
    expect(await read(text.slice(text.indexOf('\n') + 1))).toBeUndefined();
    expect(await read('')).toBeUndefined();
    expect(await read(text.replace('"v":1', '"v":2'))).toBeUndefined();
  });

  /** A room of one line, a file behind it, and whatever else. */
  const withFile = async (bytes: Bytes, more = '', size = bytes.length) => {
    const { alice, text } = await rooms();
    const [first = ''] = text.split('\n');
    const name = fileHash(bytes);
    const whole = concat(utf8(`${first}\n${formatBlobLine({ hash: name, size })}`), bytes, utf8(`\n${more}`));
    return { alice, name, read: await parseRoomFile(bytesSource(whole)), whole };
  };

  test('has its files where it says, and goes on behind them', async () => {
    const line = JSON.stringify({ e: 'x', s: 'y' });
    // What is in a file is no line of the room, whatever it looks like.
    const { read, whole } = await withFile(utf8(`\n${line}\n${line}\n`), `${line}\n`);
    expect(read?.entries).toEqual([{ e: 'x', s: 'y' }]);
    const [carried] = read?.blobs ?? [];
    expect(whole.slice(carried?.at, (carried?.at ?? 0) + (carried?.size ?? 0))).toEqual(utf8(`\n${line}\n${line}\n`));
    expect(read?.isCut).toBe(false);
  });

  test('that breaks off in a file says so, and has what came before', async () => {
    const { read } = await withFile(utf8('short'), '', 2 ** 40);
    expect(read).toMatchObject({ entries: [], blobs: [], isCut: true });
  });

  test('has lines of a bounded length, and none of those that are longer', async () => {
    const { alice, text } = await rooms();
    const long = JSON.stringify({ e: 'x'.repeat(600_000), s: 'y' });
    const [first = '', ...others] = text.split('\n');
    const read = await parseRoomFile(bytesSource(utf8([first, long, ...others].join('\n'))));
    expect(read?.entries).toEqual(alice.all);
  });

  test('ends where the next one begins', async () => {
    const { text } = await rooms();
    const source = bytesSource(utf8(text + text));
    const [one] = [await parseRoomFile(source)];
    expect(one?.end).toBe(utf8(text).length);
    expect(await parseRoomFile(source, one?.end)).toMatchObject({ room: one?.room, entries: one?.entries });
  });
});
