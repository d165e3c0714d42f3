// Each message takes effect once (docs/protocol.md#signals, docs/hostile-cases.md#e23, #e32).
import { describe, expect, it } from 'vitest';
import { SeenCounters } from '../../../src/core/signaling/seen-counters.ts';

describe('counters that were seen', () => {
  it('are new once for each device (E.23, E.32)', () => {
    const seen = new SeenCounters();
    expect([seen.isNew('a', 1), seen.isNew('a', 1), seen.isNew('b', 1), seen.isNew('a', 0)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  // Seen to fail with either bound taken out.
  it('are bounded: so many of one device, so many devices', () => {
    const seen = new SeenCounters(3);
    expect([1, 2, 3, 4, 1].map((n) => seen.isNew('a', n))).toEqual([true, true, true, false, false]);
    const devices = Array.from({ length: 100 }, (_, number) => seen.isNew(`device ${number}`, 1));
    expect(devices.filter(Boolean)).toHaveLength(15);
  });
});
