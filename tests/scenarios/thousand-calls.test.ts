// A thousand calls over two and three relays in storms, each made up by its seed: nobody gets stuck, nothing happens twice, and both
// sides tell the same story (issue 3). FFC_CALL_SEEDS: how many; FFC_SEED: this one only.
import { describe, expect, test } from 'vitest';
import type { EndReason } from '../../src/core/call/end-reason.ts';
import { limitMs } from '../../tools/machine/limits.mjs';
import { inconsistency } from '../support/worlds/consistent-endings.ts';
import { type CallStory, StormyCall } from '../support/worlds/stormy-call.ts';

const onlySeed = process.env['FFC_SEED'];
const count = Number(process.env['FFC_CALL_SEEDS'] ?? 1_000);
const seeds = onlySeed === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(onlySeed)];

const longestRingMs = 60_000 + 25_000;
const missed: readonly string[] = ['missed', 'caller-cancelled'];

/** What is wrong with a story, in words. */
function faultsOf(story: CallStory): string[] {
  const { linksConnected, callerEnd, calleeEnds, devices, callId, nothingWasLost } = story;
  const faults: (string | undefined)[] = [
    linksConnected > 1 ? `${linksConnected} links connected` : undefined,
    inconsistency(linksConnected > 0, callerEnd, calleeEnds, nothingWasLost),
  ];
  for (const device of devices) {
    const records = device.recorded.filter((one) => one.callId === callId);
    const ring = device.rang.get(callId);
    const accepted = device.pages.some((page) => page.callId === callId);
    faults.push(
      device.rings.length > 1 ? 'rang twice' : undefined,
      ring && (ring.ms ?? Number.POSITIVE_INFINITY) > longestRingMs ? `rang for ${ring.ms} ms` : undefined,
      ring && !accepted && records.length !== 1 ? `${records.length} records of a ring without an answer` : undefined,
      device.toldMissed.size > records.filter(({ outcome }) => missed.includes(outcome)).length
        ? 'told of a missed call that is not recorded'
        : undefined,
      device.stored.size > 0 ? 'a ring is still stored' : undefined,
    );
  }
  return faults.filter((fault) => fault !== undefined);
}

describe('a thousand calls in storms', () => {
  // Seen to fail with each of: no silence deadline, `failed` goodbyes taken for hang-ups, a second accept taken, missed calls not
  // recorded, `declined` told as answered elsewhere, nothing taken up that a dead background had stored but not done.
  test(`seeds ${seeds[0]} to ${seeds.at(-1)}: none stuck, none doubled, one story on both sides`, {
    timeout: limitMs(200_000),
  }, async () => {
    const endings = new Map<EndReason, number>();
    const faults: string[] = [];
    for (const seed of seeds) {
      const story = await new StormyCall(seed).play().catch((error: Error) => error);
      if (story instanceof Error) faults.push(`seed ${seed}: ${story.message}`);
      else {
        endings.set(story.callerEnd, (endings.get(story.callerEnd) ?? 0) + 1);
        const told = `${story.callerEnd} / ${story.calleeEnds.join(' + ')}${story.nothingWasLost ? ', nothing lost' : ''}`;
        faults.push(...faultsOf(story).map((fault) => `seed ${seed}: ${fault} (${told})`));
      }
    }
    console.log(
      `seeds ${seeds[0]} to ${seeds.at(-1)}: ${[...endings].map(([end, calls]) => `${calls} ${end}`).join(', ')}`,
    );
    expect(faults).toEqual([]);
    // The storms are wild enough to reach every ending that a set-up can have.
    if (seeds.length >= 1_000)
      expect([...endings.keys()].sort()).toEqual(
        [
          'busy',
          'cancelled',
          'connection-failed',
          'declined',
          'hung-up',
          'no-answer',
          'relays-unreachable',
          'remote-hung-up',
          'unreachable',
        ].sort(),
      );
  });
});
