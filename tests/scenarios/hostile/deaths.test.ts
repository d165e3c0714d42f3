// The callee's background dies, at every single moment at which it can (docs/hostile-cases.md#e33).
import { describe, expect, test } from 'vitest';
import { ending, Scene } from '../../support/persons/scene.ts';

describe('the background dies', () => {
  // Seen to fail with a ring that does not remember that a page had its call.
  test('in a call whose page is then closed: no other page opens for it', async () => {
    const scene = await Scene.make();
    await scene.connect();
    const { bob } = scene;
    const shown = bob.views.length;
    bob.killBackground();
    // The page went without a word: there was nobody to hear it.
    bob.held = undefined;
    await bob.wake();
    expect(bob.views.slice(shown)).toEqual([]);
  });

  // Seen to fail with a page opened for every answer.
  test.each([0, 100, 5_000])(
    'around an answer in the page of the ring, told after %i ms: no other page opens',
    async (ms) => {
      for (let second = 0; second <= 6; second++) {
        const scene = await Scene.make({ seed: second + 1 });
        const { world, alice, bob } = scene;
        const { page: a, callId } = await scene.ring();
        world.clock.after(second * 1_000, () => bob.killBackground());
        const b = await bob.acceptInPage(alice, callId, ms);
        await scene.untilConnected(a, b);
        b.hangUp();
        await world.pass(8_000);
        await bob.wake();
        await world.pass(200_000);
        const opened = bob.views.filter(({ phase }) => phase === 'answered');
        expect({ second, opened, over: bob.views.at(-1) }).toMatchObject({
          second,
          opened: [],
          over: { phase: 'over', outcome: 'answered-here' },
        });
        expect({ second, recorded: bob.recorded, stored: bob.stored.size }).toEqual({
          second,
          recorded: [],
          stored: 0,
        });
      }
    },
  );

  // Seen to fail with rings not restored.
  test('at any second between the first invite and the answer: the call connects (E.33)', async () => {
    for (let second = 0; second <= 30; second++) {
      const scene = await Scene.make({ seed: second + 1 });
      const { world, alice, bob } = scene;
      world.clock.after(second * 1_000, () => bob.killBackground());
      world.clock.after(second * 1_000 + 8_000, () => void bob.wake());
      bob.onRing = (callId) => {
        world.clock.after(15_000, () => void bob.accept(alice, callId));
      };
      const page = await alice.call(bob);
      await world.until(
        () => page.state().state === 'connected',
        `death in second ${second}: the call connects`,
        40_000,
      );
      expect(bob.recorded).toEqual([]);
    }
  });

  // Seen to fail with RingRunner taking up nothing of what the life before had stored but not done.
  test('in the middle of any step: the ring ends, and is told of once (E.33)', async () => {
    for (const decides of ['accept', 'decline', 'nothing'] as const)
      for (let call = 1; call <= 40; call++) {
        const scene = await Scene.make({ seed: call });
        const { world, alice, bob } = scene;
        await bob.wake(call);
        bob.onRing = (callId) => {
          world.clock.after(3_000, () => {
            if (decides === 'accept') bob.accept(alice, callId).catch(() => undefined);
            else if (decides === 'decline') void bob.decline(callId);
          });
        };
        world.clock.after(7_000, () => void bob.wake());
        const page = await alice.call(bob);
        await world.pass(90_000);
        const [b] = bob.pages;
        const story = { decides, call, caller: ending(page), callee: b && ending(b) };
        expect({ ...story, stored: bob.stored.size }).toEqual({ ...story, stored: b ? 1 : 0 });
        expect({ ...story, open: [...bob.rang.values()].filter(({ ms }) => ms === undefined) }).toEqual({
          ...story,
          open: [],
        });
        expect({ ...story, records: bob.recorded.length }).toEqual({ ...story, records: b ? 0 : 1 });
        if (b) expect(story).toMatchObject({ caller: 'connected', callee: 'connected' });
        // It may have died with the word `declined` in hand.
        else
          expect({ ...story, ending: ['declined', 'no-answer'].includes(story.caller) }).toEqual({
            ...story,
            ending: true,
          });
      }
  });
});
