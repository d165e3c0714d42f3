// A call whose way is cut: both sides find a new one over relays, or say the truth. Whole stacks, real cryptography, simulated relays.
import { describe, expect, test } from 'vitest';
import type { Page } from '../support/persons/call-page-double.ts';
import { ending, Scene } from '../support/persons/scene.ts';

/** In a call, and the relays left. */
async function inCall(choices: Parameters<typeof Scene.make>[0] = {}): Promise<{ scene: Scene; a: Page; b: Page }> {
  const scene = await Scene.make(choices);
  const { a, b } = await scene.connect();
  await scene.world.pass(3_000);
  return { scene, a, b };
}

const both = (pages: readonly Page[], state: string) => () => pages.every((page) => page.state().state === state);

describe('a call whose way is cut', () => {
  test('reconnects over the relays, which both had left, and leaves them again', async () => {
    const { scene, a, b } = await inCall();
    const before = scene.sent();
    expect(before['description']).toBeUndefined();
    scene.links.cut();
    await scene.world.until(both([a, b], 'reconnecting'), 'both notice', 2_000);
    scene.links.mend();
    await scene.world.until(both([a, b], 'connected'), 'both are back', 8_000);
    expect(scene.sent()['description']).toBeGreaterThanOrEqual(2);
    const quietFrom = scene.world.frames.length;
    await scene.world.pass(6_000);
    const quiet = scene.world.frames.length;
    await scene.world.pass(120_000);
    expect(scene.world.frames.length).toBe(quiet);
    expect(quiet - quietFrom).toBeLessThan(4);
    expect(ending(a)).toBe('connected');
  });

  test('asks for a picture that stands by itself as soon as it is back', async () => {
    const { scene, a, b } = await inCall();
    scene.links.cut();
    await scene.world.until(both([a, b], 'reconnecting'), 'both notice', 2_000);
    scene.links.mend();
    await scene.world.until(both([a, b], 'connected'), 'both are back', 8_000);
    expect(scene.links.all.map(({ keyFrames }) => keyFrames)).toEqual([1, 1]);
  });

  test.each([5_000, 12_000, 25_000, 40_000])('of %d ms is got over', async (ms) => {
    const { scene, a, b } = await inCall();
    scene.links.cut();
    scene.world.relaysAreUp(false);
    await scene.world.pass(ms);
    expect(both([a, b], 'reconnecting')()).toBe(true);
    scene.world.relaysAreUp(true);
    scene.links.mend();
    await scene.world.until(both([a, b], 'connected'), 'both are back', 10_000);
  });

  test('takes a new connection where the old one cannot be saved, with the same proof', async () => {
    const { scene, a, b } = await inCall();
    scene.links.cut('rebuild');
    await scene.world.until(both([a, b], 'reconnecting'), 'both notice', 2_000);
    scene.links.mend();
    await scene.world.until(both([a, b], 'connected'), 'both are back', 40_000);
    const [, , ...fresh] = scene.links.all;
    expect(fresh.length).toBeGreaterThanOrEqual(2);
    expect(fresh.every(({ opening }) => opening.isFresh)).toBe(true);
    expect(scene.links.all.filter(({ closed }) => !closed)).toHaveLength(2);
    // Words go both ways again.
    a.hangUp();
    await scene.world.pass(3_000);
    expect([ending(a), ending(b)]).toEqual(['hung-up', 'remote-hung-up']);
  });

  test('that stays cut ends for both, by name, and nothing goes on', async () => {
    const { scene, a, b } = await inCall();
    scene.links.cut();
    await scene.world.pass(60_000);
    expect([ending(a), ending(b)]).toEqual(['connection-lost', 'connection-lost']);
    const quiet = scene.world.frames.length;
    await scene.world.pass(120_000);
    expect(scene.world.frames.length).toBe(quiet);
  });

  test('is hung up meanwhile: the other side hears it over the relays', async () => {
    const { scene, a, b } = await inCall();
    scene.links.cut();
    await scene.world.until(both([a, b], 'reconnecting'), 'both notice', 2_000);
    b.hangUp();
    await scene.world.until(() => a.state().state === 'ended', 'the other side ends', 3_000);
    expect([ending(a), ending(b)]).toEqual(['remote-hung-up', 'hung-up']);
  });

  test.each(['description', 'candidates'])('reconnects where relays lose the first %s', async (kind) => {
    const { scene, a, b } = await inCall();
    scene.lose(kind, 'once');
    scene.links.cut();
    await scene.world.until(both([a, b], 'reconnecting'), 'both notice', 2_000);
    scene.links.mend();
    await scene.world.until(both([a, b], 'connected'), 'both are back', 20_000);
  });

  test.each(Array.from({ length: 60 }, (_, seed) => seed + 100))(
    'comes back on relays that lose, double and reorder, both cures, seed %d',
    async (seed) => {
      const { scene, a, b } = await inCall({
        seed,
        relays: 2,
        weather: { lose: 0.2, double: 0.2, maxDelayMs: 800 },
      });
      scene.links.cut(seed % 2 === 0 ? 'restart' : 'rebuild');
      await scene.world.pass(1_600 + (seed % 7) * 900);
      scene.links.mend();
      await scene.world.until(both([a, b], 'connected'), 'both are back', 44_000);
      await scene.world.pass(10_000);
      expect([ending(a), ending(b)]).toEqual(['connected', 'connected']);
      expect(scene.links.all.filter(({ closed }) => !closed)).toHaveLength(2);
    },
  );
});
