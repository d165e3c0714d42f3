// A file from its sender to its receiver over links that break, with people who pause: the same bytes in the end, nothing before a yes.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { blockLength, type FileWord, windowLength } from '../../../src/core/transfer/file-message.ts';
import { isIncomingOver, keptFile, stepIncoming } from '../../../src/core/transfer/incoming-file.ts';
import { isOutgoingOver } from '../../../src/core/transfer/outgoing-file.ts';
import { seededRandom } from '../../support/doubles/seeded-random.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';
import { FilePair } from '../../support/worlds/file-pair.ts';
import { facts, fileOf, first, hash, id, settle } from '../../support/worlds/file-steps.ts';

describe('a whole transfer', () => {
  it.each([0, 1, blockLength - 1, blockLength, 3 * blockLength + 5, 20 * blockLength])(
    'of %i bytes arrives and is verified on both sides',
    (size) => {
      const pair = new FilePair(fileOf(size, 1));
      settle(pair);
      // Seen to fail with 'offered' that opens at once.
      expect(pair.disk).toHaveLength(0);
      expect(pair.carried).toBe(0);
      pair.tellReceiver({ event: 'accept' });
      settle(pair);
      expect([pair.outgoing.state, pair.incoming?.state]).toEqual([{ state: 'verified' }, { state: 'verified' }]);
      expect(Buffer.compare(pair.disk, pair.source)).toBe(0);
      expect(pair.carried).toBe(size);
    },
  );

  it('that is declined writes and sends nothing', () => {
    const pair = new FilePair(fileOf(5 * blockLength, 1));
    settle(pair);
    pair.tellReceiver({ event: 'decline' });
    settle(pair);
    expect([pair.outgoing.state.state, pair.incoming?.state.state, pair.carried]).toEqual(['declined', 'declined', 0]);
  });

  it('stands still while either side has paused, and goes on from there', () => {
    for (const who of ['tellSender', 'tellReceiver'] as const) {
      const pair = new FilePair(fileOf(20 * blockLength, 2));
      settle(pair);
      pair.tellReceiver({ event: 'accept' });
      for (let turns = 0; turns < 60; turns++) pair.turn(first);
      pair[who]({ event: 'pause' });
      settle(pair);
      const before = pair.carried;
      expect(before).toBeLessThan(pair.source.length);
      expect([pair.outgoing.state.state, pair.incoming?.state.state]).toEqual(['paused', 'paused']);
      pair[who]({ event: 'resume' });
      settle(pair);
      expect(pair.incoming?.state.state).toBe('verified');
      expect(pair.carried).toBeLessThan(pair.source.length + 2 * blockLength);
    }
  });

  it('goes on after the link was lost, and repeats at most what was not written down', () => {
    const pair = new FilePair(fileOf(20 * blockLength, 3));
    settle(pair);
    pair.tellReceiver({ event: 'accept' });
    for (let turns = 0; turns < 80; turns++) pair.turn(first);
    pair.breakLink();
    pair.joinLink(true);
    settle(pair);
    expect(Buffer.compare(pair.disk, pair.source)).toBe(0);
    expect(pair.carried).toBeLessThan(pair.source.length + windowLength);
  });

  it('of which the receiver has another beginning starts over', () => {
    const pair = new FilePair(fileOf(5 * blockLength, 4));
    settle(pair);
    pair.incoming = keptFile(pair.facts, 2 * blockLength, false);
    pair.putOnDisk(fileOf(2 * blockLength, 5));
    pair.breakLink();
    pair.joinLink(true);
    settle(pair);
    expect(pair.incoming.state).toEqual({ state: 'verified' });
    expect(Buffer.compare(pair.disk, pair.source)).toBe(0);
  });

  it('whose bytes changed on the way is damaged, and nothing of it is kept', () => {
    const pair = new FilePair(fileOf(5 * blockLength, 6));
    settle(pair);
    pair.tellReceiver({ event: 'accept' });
    while (pair.disk.length < 2 * blockLength) pair.turn(first);
    pair.disk[65_536] = (pair.disk[65_536] ?? 0) ^ 1;
    settle(pair);
    expect([pair.outgoing.state, pair.incoming?.state]).toEqual([{ state: 'damaged' }, { state: 'damaged' }]);
    expect(pair.disk).toHaveLength(0);
  });
});

/** What people and networks do in between. */
const disturbances: readonly ((pair: FilePair, chance: () => number) => void)[] = [
  (pair) => pair.breakLink(),
  (pair, chance) => pair.joinLink(chance() < 0.5),
  (pair, chance) => pair.joinLink(chance() < 0.5),
  (pair) => pair.tellSender({ event: 'pause' }),
  (pair) => pair.tellSender({ event: 'resume' }),
  (pair) => pair.tellReceiver({ event: 'pause' }),
  (pair) => pair.tellReceiver({ event: 'resume' }),
];

// Seen to fail with `next` kept in a pause over a lost link, with frames before or after `next` taken, with no offer on a new link, and
// with the bytes of a broken block kept.
test('any interleaving of drops, pauses and delays ends with the same bytes', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 6 * blockLength }), (seed, size) => {
      const chance = seededRandom(seed);
      const pick = (count: number) => Math.floor(chance() * count);
      const pair = new FilePair(fileOf(size, seed));
      for (let turns = 0; turns < 300; turns++) {
        if (turns === 20) pair.tellReceiver({ event: 'accept' });
        if (chance() < 0.1) disturbances[pick(disturbances.length)]?.(pair, chance);
        else pair.turn(pick);
      }
      pair.joinLink(chance() < 0.5);
      settle(pair, pick);
      pair.tellReceiver({ event: 'accept' });
      pair.tellSender({ event: 'resume' });
      settle(pair, pick);
      pair.tellReceiver({ event: 'resume' });
      settle(pair, pick);
      expect([pair.outgoing.state, pair.incoming?.state]).toEqual([{ state: 'verified' }, { state: 'verified' }]);
      expect(Buffer.compare(pair.disk, pair.source)).toBe(0);
    }),
    { numRuns: fuzzRuns(400) },
  );
});

test('a cancel at any moment, from either side, over any link ends both sides and leaves nothing on the disk', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 200 }), fc.boolean(), (seed, at, bySender) => {
      const chance = seededRandom(seed);
      const pick = (count: number) => Math.floor(chance() * count);
      const pair = new FilePair(fileOf(6 * blockLength, seed));
      settle(pair);
      pair.tellReceiver({ event: 'accept' });
      for (let turns = 0; turns < at; turns++) {
        if (chance() < 0.1) disturbances[pick(disturbances.length)]?.(pair, chance);
        else pair.turn(pick);
      }
      if (isOutgoingOver(pair.outgoing) || pair.incoming?.state.state === 'checking') return;
      if (bySender) pair.tellSender({ event: 'cancel' });
      else pair.tellReceiver({ event: 'cancel' });
      pair.joinLink(true);
      settle(pair, pick);
      pair.tellReceiver({ event: 'resume' });
      settle(pair, pick);
      expect(isOutgoingOver(pair.outgoing)).toBe(true);
      expect(pair.incoming && isIncomingOver(pair.incoming)).toBe(true);
      if (pair.incoming?.state.state === 'cancelled') expect(pair.disk).toHaveLength(0);
    }),
    { numRuns: fuzzRuns(400) },
  );
});

it('a sender who did not hear the verdict and pauses is told it', () => {
  const word: FileWord = { t: 'pause', id };
  const { effects } = stepIncoming({ ...keptFile(facts, facts.size, true), linked: true }, { event: 'heard', word });
  expect(effects).toEqual([{ effect: 'say', word: { t: 'verdict', id, same: true } }]);
});

describe('what an earlier page has left', () => {
  it('is asked for on the next link, and goes on from there once the same file is offered under its id', () => {
    const kept = stepIncoming(keptFile(facts, 2 * blockLength, false), { event: 'linked' });
    expect(kept.effects).toEqual([{ effect: 'say', word: { t: 'wanted', ...facts, at: 2 * blockLength } }]);
    const word: FileWord = { t: 'offer', ...facts, picture: false, fresh: false };
    const offered = stepIncoming(kept.file, { event: 'heard', word });
    expect(offered.effects).toEqual([{ effect: 'open', fresh: false }]);
    const opened = stepIncoming(offered.file, { event: 'opened', at: 2 * blockLength, head: hash });
    expect(opened.effects).toEqual([{ effect: 'say', word: { t: 'accept', id, from: 2 * blockLength, head: hash } }]);
  });

  it('is not touched when a file of another size comes under its id', () => {
    const kept = stepIncoming(keptFile(facts, facts.size, true), { event: 'linked' }).file;
    const word: FileWord = { t: 'offer', ...facts, size: 1, picture: false, fresh: true };
    expect(stepIncoming(kept, { event: 'heard', word })).toEqual({ file: kept, effects: [] });
  });
});
