// A blob on its way from several members: in whatever order they answer, whoever of them lies, goes or falls silent, only what was put there is
// written. Seen to fail with the checks taken out (scripts/mutations.json, "room: blobs").
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bytes, concat } from '../../../src/core/base/bytes.ts';
import { BlobFetch, type BlobSource } from '../../../src/core/blobs/blob-fetch.ts';
import { BlobLink } from '../../../src/core/blobs/blob-link.ts';
import { BlobList } from '../../../src/core/blobs/blob-list.ts';
import { type BlobPiece, formatBlobPiece, parseBlobPiece } from '../../../src/core/blobs/blob-piece.ts';
import { blockLength } from '../../../src/core/transfer/file-message.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { fileHash } from '../../support/samples/second-implementation.ts';
import { fuzzRuns, sealer } from '../../support/samples/test-identity.ts';

const tag = 'A'.repeat(22);
const size = 4 * blockLength + 9;
const blob = new Uint8Array(size).map((_, i) => (i * 11 + (i >> 20)) & 255);
const hash = fileHash(blob);
const blockAt = (at: number) => blob.slice(at * blockLength, (at + 1) * blockLength);
/** Millions of bytes, compared at once. */
const same = (one: Bytes | undefined, other: Bytes) => one !== undefined && Buffer.from(one).equals(Buffer.from(other));
let list: BlobList;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock(0);
  const hashes = await Promise.all([0, 1, 2, 3, 4].map((at) => sealer.sha256(blockAt(at))));
  const read = await BlobList.read(sealer, hash, size, concat(...hashes));
  if (!read) throw new Error('the list is not right');
  list = read;
});

/** What is on the disk. */
class Keep {
  kept: Bytes | undefined;
  readonly there = new Map<number, Bytes>();
  readonly wrong: string[] = [];
  isFull = false;
  readonly list = async () => this.kept;
  readonly keepList = async (_hash: string, bytes: Bytes) => {
    this.kept = bytes;
  };
  readonly blocks = async () => new Set(this.there.keys());
  readonly write = async (_hash: string, at: number, block: Bytes) => {
    if (this.isFull) throw new Error('no room');
    this.there.set(at, block.slice());
  };
  readonly noteWrong = async (_hash: string, author: string) => {
    this.wrong.push(author);
  };
}

type Manner = 'honest' | 'silent' | 'nothing' | 'wrong-list' | 'wrong-block' | 'half';

/** A member who answers in their manner. */
class Lender implements BlobSource {
  readonly author: string;
  readonly asked: number[] = [];
  readonly #manner: Manner;
  readonly #answers: (() => Promise<void>)[] = [];
  fetch: BlobFetch | undefined;

  constructor(author: string, manner: Manner) {
    this.author = author;
    this.#manner = manner;
  }

  askList(): void {
    const [word] = list.words(tag);
    if (!word || this.#manner === 'silent') return;
    const none = { ...word, size: 0, list: '' };
    const wrong = { ...word, list: `B${word.list.slice(1)}` };
    const told = this.#manner === 'nothing' ? none : this.#manner === 'wrong-list' ? wrong : word;
    this.#answers.push(async () => this.fetch?.heardBlocks(this, told));
  }

  askBlock(_hash: string, at: number): void {
    this.asked.push(at);
    if (this.#manner === 'silent') return;
    const lacks = this.#manner === 'nothing' || (this.#manner === 'half' && at % 2 === 0);
    const bytes = this.#manner === 'honest' || this.#manner === 'half' ? blockAt(at) : blockAt(at).fill(7, 3, 4);
    this.#answers.push(async () => {
      if (lacks) this.fetch?.heardNone(this, at);
      else await this.fetch?.heardBlock(this, at, bytes);
    });
  }

  /** One answer. @returns whether there was one. */
  async answer(): Promise<boolean> {
    const next = this.#answers.shift();
    await next?.();
    return next !== undefined;
  }
}

async function answerAll(...all: readonly Lender[]): Promise<void> {
  for (let more = true; more; ) {
    more = false;
    for (const one of all) if (await one.answer()) more = true;
  }
}

function begin(keep: Keep, ...lenders: readonly Lender[]) {
  const rests: string[] = [];
  const fetch = new BlobFetch({ sealer, clock, keep, hash, size, onRest: (why) => rests.push(why) });
  for (const one of lenders) {
    one.fetch = fetch;
    fetch.linked(one);
  }
  return { fetch, rests };
}

describe('room blobs: one on its way', () => {
  test('comes from two members at once, and is what was put there', async () => {
    const [keep, alice, bob] = [new Keep(), new Lender('alice', 'honest'), new Lender('bob', 'honest')];
    const { fetch, rests } = begin(keep, alice, bob);
    await fetch.begin();
    await answerAll(alice, bob);
    expect(rests).toEqual(['whole']);
    expect(same(concat(...[0, 1, 2, 3, 4].map((at) => keep.there.get(at) ?? new Uint8Array(0))), blob)).toBe(true);
    expect([...alice.asked, ...bob.asked].toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(alice.asked.length).toBeGreaterThan(0);
    expect(bob.asked.length).toBeGreaterThan(0);
  });

  test('goes on from what is here, and asks for nothing twice', async () => {
    const [keep, alice] = [new Keep(), new Lender('alice', 'honest')];
    keep.kept = list.bytes;
    for (const at of [0, 3]) keep.there.set(at, blockAt(at));
    const { fetch, rests } = begin(keep, alice);
    await fetch.begin();
    await answerAll(alice);
    expect(rests).toEqual(['whole']);
    expect(alice.asked).toEqual([1, 2, 4]);
  });

  // docs/hostile-cases.md#e88
  test.each(['wrong-list', 'wrong-block'] as const)(
    'is not what a member with a %s says: they are named, others give it',
    async (manner) => {
      const [keep, mallory, bob] = [new Keep(), new Lender('mallory', manner), new Lender('bob', 'honest')];
      const { fetch, rests } = begin(keep, mallory, bob);
      await fetch.begin();
      await answerAll(mallory, bob);
      expect(rests).toEqual(['whole']);
      expect(keep.wrong).toEqual(['mallory']);
      for (const [at, block] of keep.there) expect(same(block, blockAt(at))).toBe(true);
    },
  );

  test('rests where nobody has it, or nobody who has it tells the truth', async () => {
    for (const manner of ['nothing', 'wrong-list'] as const) {
      const [keep, one] = [new Keep(), new Lender('one', manner)];
      const { fetch, rests } = begin(keep, one);
      await fetch.begin();
      await answerAll(one);
      expect(rests).toEqual(['nobody']);
    }
    const { fetch, rests } = begin(new Keep());
    await fetch.begin();
    expect(rests).toEqual(['nobody']);
  });

  test('asks others for what a member does not give, or is silent about', async () => {
    const [keep, silent, bob] = [new Keep(), new Lender('silent', 'silent'), new Lender('bob', 'honest')];
    const { fetch, rests } = begin(keep, silent, bob);
    await fetch.begin();
    await answerAll(silent, bob);
    expect(rests).toEqual([]);
    await clock.advance(120_000);
    await answerAll(silent, bob);
    expect(rests).toEqual(['whole']);
    const [half, whole] = [new Lender('half', 'half'), new Lender('whole', 'honest')];
    const other = begin(new Keep(), half, whole);
    await other.fetch.begin();
    await answerAll(half, whole);
    expect(other.rests).toEqual(['whole']);
  });

  test('asks others for what somebody who goes was asked for', async () => {
    const [keep, silent, bob] = [new Keep(), new Lender('silent', 'silent'), new Lender('bob', 'honest')];
    const { fetch, rests } = begin(keep, silent, bob);
    await fetch.begin();
    await answerAll(bob);
    fetch.parted(silent);
    await answerAll(bob);
    expect(rests).toEqual(['whole']);
  });

  test('ends where nothing can be written', async () => {
    const [keep, alice] = [new Keep(), new Lender('alice', 'honest')];
    keep.isFull = true;
    const { fetch, rests } = begin(keep, alice);
    await fetch.begin();
    await answerAll(alice);
    expect(rests).toEqual(['disk']);
  });

  test('is nothing but what was put there, whoever gives it and however', async () => {
    const manners = fc.constantFrom<Manner>('honest', 'nothing', 'wrong-list', 'wrong-block', 'half');
    await fc.assert(
      fc.asyncProperty(fc.array(manners, { minLength: 1, maxLength: 4 }), async (all) => {
        const keep = new Keep();
        const lenders = all.map((manner, i) => new Lender(`${manner} ${i}`, manner));
        const { fetch, rests } = begin(keep, ...lenders);
        await fetch.begin();
        await answerAll(...lenders);
        expect(rests).toHaveLength(1);
        if (all.includes('honest')) expect(rests).toEqual(['whole']);
        for (const [at, block] of keep.there) expect(same(block, blockAt(at))).toBe(true);
        for (const author of keep.wrong) expect(author).toContain('wrong');
      }),
      { numRuns: fuzzRuns(20) },
    );
  });
});

describe('room blobs: pieces on a link', () => {
  const name = { tag, hash, at: 0 };

  test('are read as they were written, and nothing else is', () => {
    const piece = { ...name, at: 3, offset: 65_536, bytes: Uint8Array.of(1, 2, 3) };
    const bytes = formatBlobPiece(piece);
    expect(parseBlobPiece(bytes)).toEqual(piece);
    expect(parseBlobPiece(bytes.subarray(0, bytes.length - 3))).toBeUndefined();
    expect(parseBlobPiece(Uint8Array.of(1, ...bytes.subarray(1)))).toBeUndefined();
    expect(parseBlobPiece(formatBlobPiece({ ...piece, bytes: new Uint8Array(65_537) }))).toBeUndefined();
    expect(parseBlobPiece(formatBlobPiece({ ...piece, offset: blockLength - 2 }))).toBeUndefined();
    expect(parseBlobPiece(new Uint8Array(0))).toBeUndefined();
  });

  const silent = {
    block: async () => undefined,
    isOpen: () => true,
    none: () => undefined,
    send: () => undefined,
    hasRoom: () => true,
  };

  test('become the block again; those that nobody asked for, or out of turn, become nothing', async () => {
    const sent: BlobPiece[] = [];
    const lender = new BlobLink({
      ...silent,
      block: async ({ at }) => blockAt(at),
      send: (bytes) => sent.push(parseBlobPiece(bytes) as BlobPiece),
    });
    lender.heardGet(name);
    await expect.poll(() => sent.length).toBe(16);
    const taker = new BlobLink(silent);
    expect(taker.heardPiece(sent[0] as BlobPiece)).toBe('strange');
    taker.expect(name, blockLength);
    expect(taker.heardPiece(sent[1] as BlobPiece)).toBe('strange');
    const heard = sent.map((piece) => taker.heardPiece(piece));
    expect(heard.slice(0, -1)).toEqual(Array.from({ length: 15 }, () => undefined));
    expect(same(heard.at(-1) as Bytes, blockAt(0))).toBe(true);
    expect(taker.heardPiece(sent[15] as BlobPiece)).toBe('strange');
  });

  test('wait while there is no room, and stop once the other side may not have the room any more', async () => {
    let [room, isOpen] = [3, true];
    let sent = 0;
    const lender = new BlobLink({
      ...silent,
      block: async ({ at }) => blockAt(at),
      hasRoom: () => room > 0,
      isOpen: () => isOpen,
      send: () => {
        room -= 1;
        sent += 1;
      },
    });
    lender.heardGet(name);
    await expect.poll(() => sent).toBe(3);
    room = 2;
    lender.fill();
    expect(sent).toBe(5);
    isOpen = false;
    room = 100;
    lender.fill();
    expect(sent).toBe(5);
  });

  test('are told to be not here where too many are asked for at once', async () => {
    const none: number[] = [];
    const lender = new BlobLink({
      ...silent,
      block: () => new Promise(() => undefined),
      none: ({ at }) => none.push(at),
    });
    for (let at = 0; at < 20; at++) lender.heardGet({ ...name, at });
    expect(none).toEqual([17, 18, 19]);
  });
});
