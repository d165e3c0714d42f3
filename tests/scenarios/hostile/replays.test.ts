// What a relay keeps and plays again (docs/hostile-cases.md#e4 to #e6): liveness decides, not clocks.
import { describe, expect, test } from 'vitest';
import { ending, Scene } from '../../support/persons/scene.ts';

/** A call that Bob answers and that ends as it should; the relay remembers every frame of it. */
async function finishedCall(scene: Scene): Promise<void> {
  const { a, b } = await scene.connect();
  await scene.world.pass(500);
  a.hangUp();
  await scene.world.until(() => b.state().state === 'ended', 'they part');
  await scene.world.pass(3_000);
  scene.bob.rings.length = 0;
}

describe('an invite that is played again', () => {
  // Seen to fail with finished calls not looked at and any nonce taken for the right one.
  test('after its call is over, with the signs of life of that time, rings nobody (E.4)', async () => {
    const scene = await Scene.make();
    await finishedCall(scene);
    const old = scene.world.frames.filter((frame) =>
      ['invite', 'alive'].includes(scene.world.signalIn(frame)?.t ?? ''),
    );
    scene.bob.killBackground();
    await scene.bob.wake();
    // The second time a ring, were there one, would listen on the topic of the call.
    for (let time = 0; time < 2; time++) {
      for (const frame of old) scene.world.deliver(frame);
      await scene.world.pass(5_000);
    }
    expect(scene.bob.rings).toEqual([]);
  });

  // Seen to fail with the day left out of the inbox topic.
  test('on another day finds nobody on its topic (E.4)', async () => {
    const scene = await Scene.make();
    await finishedCall(scene);
    const old = [...scene.world.frames];
    await scene.world.pass(26 * 3_600_000);
    scene.bob.finished.clear();
    scene.bob.killBackground();
    await scene.bob.wake();
    const sent = scene.world.frames.length;
    for (const frame of old) scene.world.deliver(frame);
    await scene.world.pass(10_000);
    expect(scene.bob.rings).toEqual([]);
    expect(scene.world.frames.length).toBe(sent);
  });

  // Seen to fail with an invite of a known ring taken for a new one.
  test('a hundred times within the minute rings once (E.5)', async () => {
    const scene = await Scene.make();
    const { page } = await scene.ring();
    const invites = scene.world.frames.filter((frame) => scene.world.signalIn(frame)?.t === 'invite');
    for (let time = 0; time < 100; time++) {
      // Half-way nothing but what was stored is left of the background.
      if (time === 50) {
        scene.bob.killBackground();
        await scene.bob.wake();
      }
      for (const frame of invites) scene.world.deliver(frame);
      await scene.world.pass(200);
    }
    expect(scene.bob.rings).toEqual([page.callId]);
  });
});

describe('an invite that was held back', () => {
  // Seen to fail with the ring started by the invite instead of by `alive`.
  test('for five minutes does not ring, and is a missed call (E.6)', async () => {
    const scene = await Scene.make();
    const release = scene.hold('invite');
    const page = await scene.alice.call(scene.bob);
    await scene.world.until(() => page.state().state === 'ended', 'Alice gives up', 61_000);
    expect(ending(page)).toBe('unreachable');
    await scene.world.pass(5 * 60_000);
    release();
    await scene.world.pass(90_000);
    expect(scene.bob.rings).toEqual([]);
    expect(scene.bob.recorded.map(({ callId }) => callId)).toEqual([page.callId]);
  });
});
