// A file from its sender to its receiver over links that break, with people who pause: the same bytes in the end, nothing before a yes.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { blockLength, type FileWord, windowLength } from '../../../src/core/transfer/file-message.ts';
import {
  hearOffer,
  type Incoming,
  type IncomingEvent,
  isIncomingOver,
  keptFile,
  stepIncoming,
} from '../../../src/core/transfer/incoming-file.ts';
import {
  isOutgoingOver,
  type Outgoing,
  type OutgoingEvent,
  offerFile,
  stepOutgoing,
} from '../../../src/core/transfer/outgoing-file.ts';
import { seededRandom } from '../../support/doubles/seeded-random.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';
import { FilePair } from '../../support/worlds/file-pair.ts';

function fileOf(length: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) bytes.fill(Math.floor(random() * 256), at, at + 65_536);
  return bytes;
}

const first = () => 0;

/** Everything that can happen without a person happens. */
function settle(pair: FilePair, pick: (count: number) => number = first): void {
  for (let turns = 0; pair.turn(pick); turns++) if (turns > 10_000) throw new Error('it never comes to rest');
}

const id = toBase64url(new Uint8Array(16).fill(1));
const hash = toBase64url(new Uint8Array(32).fill(2));
const facts = { id, name: 'a.bin', size: 3 * blockLength + 5, type: '', modified: 0 };

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

const words: readonly FileWord[] = [
  { t: 'offer', ...facts, picture: false, fresh: false },
  { t: 'offer', ...facts, picture: false, fresh: true },
  { t: 'offer', ...facts, size: 1, picture: false, fresh: false },
  { t: 'accept', id, from: 0, head: hash },
  { t: 'accept', id, from: blockLength, head: hash },
  { t: 'accept', id, from: 7, head: hash },
  { t: 'accept', id, from: Number.MAX_SAFE_INTEGER, head: hash },
  { t: 'decline', id },
  { t: 'pause', id },
  { t: 'progress', id, at: blockLength },
  { t: 'progress', id, at: Number.MAX_SAFE_INTEGER },
  { t: 'end', id, hash },
  { t: 'verdict', id, same: true },
  { t: 'verdict', id, same: false },
  { t: 'cancel', id, why: 'stopped' },
  { t: 'wanted', ...facts, at: 0 },
];
const heard = words.map((word) => ({ event: 'heard', word }) as const);

const outgoingEvents: readonly OutgoingEvent[] = [
  ...heard,
  { event: 'linked' },
  { event: 'unlinked' },
  { event: 'compared', same: true },
  { event: 'compared', same: false },
  { event: 'sent', length: blockLength },
  { event: 'hashed', hash },
  { event: 'pause' },
  { event: 'resume' },
  { event: 'cancel' },
  { event: 'source-failed' },
];
const incomingEvents: readonly IncomingEvent[] = [
  ...heard,
  { event: 'linked' },
  { event: 'unlinked' },
  { event: 'frame', offset: 0, length: blockLength },
  { event: 'frame', offset: Number.MAX_SAFE_INTEGER, length: 1 },
  { event: 'opened', at: 0, head: hash },
  { event: 'written', at: blockLength },
  { event: 'checked', same: true },
  { event: 'checked', same: false },
  { event: 'store-failed', why: 'no-room' },
  { event: 'accept' },
  { event: 'decline' },
  { event: 'pause' },
  { event: 'resume' },
  { event: 'cancel' },
];

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

describe('whatever the other side says, in any order', () => {
  it('a sender never throws, never sends what is not in the file, and stays over once it is over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...outgoingEvents), { maxLength: 40 }), (events) => {
        let file: Outgoing = offerFile(facts, false, true).file;
        for (const event of events) {
          const before = file;
          const step = stepOutgoing(file, event);
          file = step.file;
          if (isOutgoingOver(before)) expect(file.state).toEqual(before.state);
          for (const effect of step.effects) if (effect.effect === 'send') expect(effect.from).toBeLessThan(facts.size);
        }
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  it('a receiver never throws, opens nothing before a yes, and stays over once it is over', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...incomingEvents), { maxLength: 40 }), (events) => {
        let file: Incoming = hearOffer(facts);
        let saidYes = false;
        for (const event of events) {
          const before = file;
          saidYes ||= event.event === 'accept';
          const step = stepIncoming(file, event);
          file = step.file;
          if (isIncomingOver(before)) expect(file.state).toEqual(before.state);
          if (!saidYes) expect(step.effects.every(({ effect }) => effect === 'say' || effect === 'discard')).toBe(true);
        }
      }),
      { numRuns: fuzzRuns(2_000) },
    );
  });

  it('a sender who runs further ahead than the window is cut off', () => {
    const big = { ...facts, size: 100 * blockLength };
    let file = stepIncoming(hearOffer(big), { event: 'accept' }).file;
    file = stepIncoming(file, { event: 'opened', at: 0, head: hash }).file;
    for (let at = 0; at < 17 * blockLength; at += blockLength)
      file = stepIncoming(file, { event: 'frame', offset: at, length: blockLength }).file;
    expect(file.state).toEqual({ state: 'cancelled', by: 'us', why: 'broken' });
  });

  it('a receiver who twice claims another beginning is cut off', () => {
    let file = offerFile(facts, false, true).file;
    const claim: OutgoingEvent = { event: 'heard', word: { t: 'accept', id, from: blockLength, head: hash } };
    for (const event of [claim, { event: 'compared', same: false } as const, claim])
      file = stepOutgoing(file, event).file;
    expect(file.state).toEqual({ state: 'cancelled', by: 'us', why: 'broken' });
  });
});
