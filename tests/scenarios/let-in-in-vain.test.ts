// Places that are held by people whom others say to be in the call: they come to an end.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Bridging } from '../../src/call/group/bridging.ts';
import { pageOf } from '../support/groups/group-steps.ts';
import { add, letInEachOther, linksTo, newcomers, scene, strangers } from '../support/groups/stranger-steps.ts';

// docs/hostile-cases.md#e85. Seen to fail with the wait of Departures taken out: the place was held until the end.
describe('E.85 somebody who was let in and never links', () => {
  /** Bob brings somebody in to whom Alice finds no way, and forwards nothing. */
  async function inVain(areStrangers: boolean) {
    const attach = vi.spyOn(Bridging.prototype, 'attach').mockImplementation(() => undefined);
    onTestFinished(() => attach.mockRestore());
    const { world, people } = await scene('Alice', 'Bob', 'Sybil');
    const [alice, bob, sybil] = people;
    if (areStrangers) strangers(alice, sybil);
    world.cut(alice, sybil, true);
    alice.call(bob);
    await world.pass(1_000);
    await add(bob, sybil);
    await world.pass(2_000);
    letInEachOther(alice, sybil);
    await world.pass(170_000);
    const shown = () => pageOf(alice).model.participants.value.map(({ id }) => id);
    expect(shown()).toEqual([bob.id, sybil.id]);
    let wasAbsent = false;
    const stop = pageOf(alice).model.participants.subscribe((all) => {
      wasAbsent ||= !all.some(({ id }) => id === sybil.id);
    });
    await world.pass(90_000);
    stop();
    return { world, alice, bob, sybil, shown, wasAbsent };
  }

  test('gives the place back, and is asked about again', async () => {
    const { world, alice, bob, sybil, shown } = await inVain(true);
    expect(shown()).toEqual([bob.id]);
    expect(newcomers(alice)).toEqual(['Sybil: asking']);
    const calls = linksTo(world, alice, sybil).length;
    await world.pass(120_000);
    expect(linksTo(world, alice, sybil)).toHaveLength(calls);
    world.cut(alice, sybil, false);
    letInEachOther(alice, sybil);
    await world.pass(70_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Sybil']);
  });

  test('keeps the place as a contact: it is their own word that they are in the call', async () => {
    const { bob, sybil, shown, wasAbsent } = await inVain(false);
    expect([shown(), wasAbsent]).toEqual([[bob.id, sybil.id], false]);
  });
});
