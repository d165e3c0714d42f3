// The rooms behind the text of a backup: they come back as they went in, byte for byte, or nothing of them is taken. Seen to fail with the checks taken
// out (scripts/mutations.json, "backup: rooms").
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesSource } from '../../../src/core/base/byte-source.ts';
import { type Bytes, concat, u32be } from '../../../src/core/base/bytes.ts';
import { formatBackupText, parseBackupText } from '../../../src/core/data/backup.ts';
import { backupHead, openBackup, sealBackup } from '../../../src/core/data/backup-file.ts';
import {
  areRoomsOf,
  type BackupRooms,
  ChangedBackupError,
  openedRooms,
  roomsBlockLength,
  sealRooms,
} from '../../../src/core/data/backup-rooms.ts';
import { webCryptoBlockCipher } from '../../../src/platform/crypto/web-crypto-block-cipher.ts';
import { QuickPassphrase, sampleContents } from '../../support/samples/backup-samples.ts';
import { fuzzRuns, sealer, testIdentity } from '../../support/samples/test-identity.ts';

const name = (of: number) => Buffer.alloc(32, of).toString('base64url');
const list = [
  { room: name(1), name: 'Garden', joinedAt: 5, seen: [name(3)] },
  { room: name(2), name: 'Choir', joinedAt: 6, seen: [], invitedBy: name(4), shownOut: { e: '{}', s: 'x' } },
];

async function sealed(plain: Bytes, fill = 9): Promise<{ readonly rooms: BackupRooms; readonly bytes: Bytes }> {
  const key = new Uint8Array(32).fill(fill);
  const parts: Bytes[] = [];
  const hash = await sealRooms(
    { sealer, cipherOf: webCryptoBlockCipher },
    key,
    bytesSource(plain),
    async (part) => void parts.push(part),
  );
  return { rooms: { list, files: 1, fileBytes: 5, length: plain.length, key, hash }, bytes: concat(...parts) };
}
const long = new Uint8Array(2 * roomsBlockLength + 7).map((_, i) => (i * 31 + (i >> 12)) & 255);

describe('backup rooms', () => {
  test('come back as they went in, whatever their length', async () => {
    for (const plain of [new Uint8Array(0), long.slice(0, 5), long.slice(0, roomsBlockLength), long]) {
      const { rooms, bytes } = await sealed(plain);
      expect(await areRoomsOf(rooms, sealer, bytesSource(bytes))).toBe(true);
      const opened = openedRooms(rooms, webCryptoBlockCipher, bytesSource(bytes));
      expect(opened.size).toBe(plain.length);
      expect(Buffer.from(await opened.read(0, plain.length)).equals(Buffer.from(plain))).toBe(true);
    }
  });

  test('are read from any place to any other', async () => {
    const { rooms, bytes } = await sealed(long);
    const opened = openedRooms(rooms, webCryptoBlockCipher, bytesSource(bytes));
    await fc.assert(
      fc.asyncProperty(fc.nat(long.length), fc.nat(long.length + 9), async (from, to) => {
        const [read, meant] = [await opened.read(from, to), long.slice(from, Math.max(from, to))];
        expect(Buffer.from(read).equals(Buffer.from(meant))).toBe(true);
      }),
      { numRuns: fuzzRuns(20) },
    );
  });

  test('are not those of the backup with a byte changed, cut off, added, in another order or of another backup', async () => {
    const { rooms, bytes } = await sealed(long);
    const one = roomsBlockLength + 16;
    const changed = bytes.slice();
    changed[one + 40] = (changed[one + 40] ?? 0) ^ 1;
    const wrong = [
      changed,
      bytes.slice(0, -1),
      bytes.slice(0, one),
      concat(bytes, new Uint8Array(1)),
      concat(bytes.slice(one, 2 * one), bytes.slice(0, one), bytes.slice(2 * one)),
      (await sealed(long, 8)).bytes,
      new Uint8Array(0),
    ];
    for (const [at, each] of wrong.entries())
      expect(await areRoomsOf(rooms, sealer, bytesSource(each)), `case ${at}`).toBe(false);
    await expect(openedRooms(rooms, webCryptoBlockCipher, bytesSource(changed)).read(0, long.length)).rejects.toThrow(
      ChangedBackupError,
    );
  });
});

describe('a backup file with rooms', async () => {
  const alice = await testIdentity(1);
  const { rooms, bytes } = await sealed(long.slice(0, 99));
  const contents = await sampleContents({ rooms });
  const tools = { sealer, cipher: new QuickPassphrase(), passphrase: 'correct horse battery staple' };
  const head = await sealBackup({ ...tools, contents, signer: alice.signer });
  const open = (file: Bytes) => openBackup({ ...tools, file, ownEd25519: alice.ed25519 });
  const withSum = async (inside: Bytes) => concat(inside, await sealer.sha256(inside));

  test('is opened by its head, and has its rooms behind it', async () => {
    const file = concat(head, bytes);
    expect(head[10]).toBe(2);
    expect(await backupHead(bytesSource(file))).toEqual(head);
    expect(await open(head)).toEqual({ contents });
  });

  test('is one of version 1 where it has none, and its head is all of it', async () => {
    const plain = await sealBackup({ ...tools, contents: await sampleContents(), signer: alice.signer });
    expect(plain[10]).toBe(1);
    expect(await backupHead(bytesSource(plain))).toEqual(plain);
  });

  test('is refused by name when it breaks off, says another length, or hides what it has', async () => {
    for (const cut of [11, 47, 48, 200, head.length - 1]) {
      const read = await backupHead(bytesSource(head.slice(0, cut)));
      expect(read && (await open(read)), `cut at ${cut}`).toEqual({ refused: 'damaged' });
    }
    const longer = head.slice();
    longer.set(u32be(0xffff_ffff), 44);
    expect(await backupHead(bytesSource(longer))).toBeUndefined();
    // The same text as a file of version 1: the passphrase opens what was sealed for another header.
    const hidden = concat(head.slice(0, 44), head.slice(48, -32));
    hidden[10] = 1;
    expect(await open(await withSum(hidden))).toEqual({ refused: 'wrong-passphrase' });
  });

  test('has exactly the keys that it may have', () => {
    const text = formatBackupText(contents);
    expect(parseBackupText(text)).toEqual(contents);
    const change = (from: string, to: string) => parseBackupText(text.replace(from, to));
    expect(change('"files":1', '"files":1,"more":2')).toBeUndefined();
    expect(change('"files":1', '"files":-1')).toBeUndefined();
    expect(change(name(2), name(1))).toBeUndefined();
    expect(change('"joinedAt":5', '"joinedAt":1e300')).toBeUndefined();
    expect(change(`"seen":["${name(3)}"]`, '"seen":["x"]')).toBeUndefined();
  });
});
