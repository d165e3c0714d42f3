// Clocks that are wrong, midnight, and summer time (docs/hostile-cases.md#e49).
import { afterEach, describe, expect, test } from 'vitest';
import { ending, Scene } from '../../support/persons/scene.ts';

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 10, 21, 12);
const midnight = Date.UTC(2026, 10, 22);
const almostTwoHours = 2 * hour - 1_000;

async function callWith(
  startMs: number,
  aliceSkewMs: number,
  bobSkewMs: number,
): Promise<{ scene: Scene; caller: string }> {
  const scene = await Scene.make({ startMs, alice: { clockSkewMs: aliceSkewMs }, bob: { clockSkewMs: bobSkewMs } });
  const { world, alice, bob } = scene;
  bob.onRing = (callId) => void bob.accept(alice, callId);
  const page = await alice.call(bob);
  await world.until(() => ['connected', 'ended'].includes(page.state().state), 'the call connects or ends');
  return { scene, caller: ending(page) };
}

describe('a contact whose clock is wrong', () => {
  const skews = [-almostTwoHours, -hour, -60_000, 60_000, hour, almostTwoHours];

  // Seen to fail with overlapMs of core/topics at one hour, and with the ring's end taken from the caller's clock.
  test.each(skews)('by %i ms: the call works, at noon and around midnight (E.49)', async (skewMs) => {
    for (const startMs of [noon, midnight - 1_000, midnight, midnight + 1_000, midnight - hour, midnight + hour])
      for (const [a, b] of [
        [skewMs, 0],
        [0, skewMs],
      ] as const)
        expect({ startMs, a, b, ...(await callWith(startMs, a, b)) }).toMatchObject({ caller: 'connected' });
  });

  // Seen to fail with inbox topics that do not depend on the day.
  test.each([-3 * day, 3 * day])('by %i ms: nobody rings, and the caller is told so (E.49)', async (skewMs) => {
    for (const [a, b] of [
      [skewMs, 0],
      [0, skewMs],
    ] as const) {
      const { scene, caller } = await callWith(noon, a, b);
      expect(caller).toBe('unreachable');
      expect([scene.bob.rings, scene.bob.recorded]).toEqual([[], []]);
    }
  });
});

describe('midnight', () => {
  // Seen to fail with the rotation timer taken out of InboxListener.
  test('a browser that has been on for days is reached at any hour (E.49)', async () => {
    const scene = await Scene.make({ startMs: noon });
    const { world, alice, bob } = scene;
    for (let calls = 1; calls <= 16; calls++) {
      const page = await alice.call(bob);
      await world.until(
        () => bob.rings.length === calls,
        `Bob rings at ${new Date(world.clock.now()).toISOString()}`,
        5_000,
      );
      page.hangUp();
      await world.pass(4.7 * hour);
    }
  });

  test('a call that begins before midnight and is answered after it connects (E.49)', async () => {
    const scene = await Scene.make({ startMs: midnight - 20_000 });
    const { page, callId } = await scene.ring();
    await scene.world.pass(40_000);
    await scene.untilConnected(page, await scene.bob.accept(scene.alice, callId));
  });
});

describe('an old invite', () => {
  // Seen to fail with the nonce of `alive` not compared in stepRing.
  test.each([10 * 60_000, hour, 3 * hour, day - hour, day, 3 * day])(
    'that a relay plays again after %i ms never rings, whatever the clocks say (E.49)',
    async (laterMs) => {
      for (const bobSkewMs of [0, -laterMs, hour]) {
        const scene = await Scene.make({ startMs: noon });
        const { world, alice, bob } = scene;
        const page = await alice.call(bob);
        await world.until(() => page.state().state === 'ringing', 'Bob rings');
        page.hangUp();
        const old = [...world.frames];
        await world.pass(laterMs);
        // Another browser of Bob's, which has heard of none of this; all of the old call is played to it, in order, ten times.
        const fresh = await Scene.make({ startMs: world.clock.now(), bob: { clockSkewMs: bobSkewMs } });
        for (let times = 0; times < 10; times++)
          for (const frame of old) {
            fresh.world.deliver(frame);
            await fresh.world.pass(1_000);
          }
        await fresh.world.pass(100_000);
        expect(fresh.bob.rings).toEqual([]);
        expect(fresh.bob.recorded.length).toBeLessThanOrEqual(1);
      }
    },
  );
});

describe('the time zone', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  // Seen to fail with epochDay counting days of local time.
  test.each([
    ['Pacific/Kiritimati', 'Pacific/Pago_Pago', noon],
    ['Europe/Berlin', 'Europe/Berlin', Date.UTC(2026, 9, 25, 1) - 10_000],
    ['Europe/Berlin', 'Europe/Berlin', Date.UTC(2027, 2, 28, 1) - 10_000],
  ])('of %s and %s does not matter, nor does its summer time (E.49)', async (bobs, alices, startMs) => {
    process.env['TZ'] = bobs;
    const scene = await Scene.make({ startMs });
    process.env['TZ'] = alices;
    const { page, callId } = await scene.ring();
    await scene.world.pass(20_000);
    await scene.untilConnected(page, await scene.bob.accept(scene.alice, callId));
  });
});
