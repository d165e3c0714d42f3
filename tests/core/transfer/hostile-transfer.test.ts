// Whatever the other side of a transfer says, in any order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockLength, type FileWord } from '../../../src/core/transfer/file-message.ts';
import {
  hearOffer,
  type Incoming,
  type IncomingEvent,
  isIncomingOver,
  stepIncoming,
} from '../../../src/core/transfer/incoming-file.ts';
import {
  isOutgoingOver,
  type Outgoing,
  type OutgoingEvent,
  offerFile,
  stepOutgoing,
} from '../../../src/core/transfer/outgoing-file.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';
import { facts, hash, id } from '../../support/worlds/file-steps.ts';

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
