// Calls of versions that seal against quantum computers, with each other and with older ones (docs/protocol.md#quantum-computers).
import { describe, expect, test } from 'vitest';
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import { envelopeSizes, quantumEnvelopeSizes } from '../../../src/core/signaling/envelope.ts';
import { Person } from '../../support/persons/person.ts';
import type { PersonChoices } from '../../support/persons/person-choices.ts';
import { ending, Scene } from '../../support/persons/scene.ts';

const newer: PersonChoices = { quantum: true };

/** A first call, in which they say their keys. */
async function acquainted(alice = newer, bob = newer): Promise<Scene> {
  const scene = await Scene.make({ alice, bob });
  const { a, b } = await scene.connect();
  await scene.world.pass(5_000);
  expect([a.isQuantumSafe, b.isQuantumSafe]).toEqual([false, false]);
  a.hangUp();
  await scene.world.until(() => b.state().state === 'ended', 'the first call is over');
  await scene.world.pass(5_000);
  // Older versions pass over what they do not know.
  if (!alice.quantum)
    for (const { quantumKey: _, ...contact } of scene.alice.contacts.values())
      scene.alice.contacts.set(contact.id, contact);
  scene.world.frames.length = 0;
  scene.bob.rings.length = 0;
  return scene;
}

/** What went out to inboxes, and under the caller's hand to the lasting key: all but what is sealed to a key of the call. */
const lasting = new Set(['invite', 'alive', 'cancel', 'taken', 'missed', 'noted']);
function sizesOf({ world }: Scene, isLasting: boolean): number[] {
  const sizes = world.frames.flatMap((frame) => {
    const signal = world.signalIn(frame);
    return signal && lasting.has(signal.t) === isLasting ? [frame.payload.length] : [];
  });
  return [...new Set(sizes)];
}

describe('two who have talked before', () => {
  test('begin each further call sealed to both halves of their keys, and the card says so', async () => {
    const scene = await acquainted();
    const { a, b } = await scene.connect();
    await scene.world.pass(5_000);
    expect([a.isQuantumSafe, b.isQuantumSafe]).toEqual([true, true]);
    expect(a.emoji).toBe(b.emoji);
    expect(sizesOf(scene, true)).toEqual([2162]);
    for (const size of sizesOf(scene, false)) expect(envelopeSizes).toContain(size);
    a.hangUp();
  });

  test('tell each other of a missed call so, too', async () => {
    const scene = await acquainted();
    scene.bob.killBackground();
    const a = await scene.alice.call(scene.bob);
    await scene.world.until(() => a.state().state === 'ended', 'nobody answers');
    await scene.bob.wake();
    await scene.world.pass(3 * 3_600_000);
    expect(scene.sent()).toMatchObject({ missed: expect.any(Number), noted: 1 });
    expect(sizesOf(scene, true).filter((size) => !quantumEnvelopeSizes.includes(size))).toEqual([]);
  });

  // Seen to fail with an invite of the plain suite after one that nobody answered.
  test('are not talked down by a relay that lets nothing of the kind through (E.120)', async () => {
    const scene = await acquainted();
    scene.world.swallow = ({ payload }) => quantumEnvelopeSizes.includes(payload.length);
    const a = await scene.alice.call(scene.bob);
    await scene.world.until(() => a.state().state === 'ended', 'nobody answers', 120_000);
    expect(scene.bob.rings).toEqual([]);
    expect(sizesOf(scene, true).filter((size) => !quantumEnvelopeSizes.includes(size))).toEqual([]);
  });

  test('ring once, however often an invite is played again (E.123)', async () => {
    const scene = await acquainted();
    const { page } = await scene.ring();
    const [invite] = scene.world.frames.filter((frame) => scene.world.signalIn(frame)?.t === 'invite');
    if (!invite) throw new Error('no invite');
    page.hangUp();
    await scene.world.pass(10_000);
    for (let times = 0; times < 3; times++) scene.world.deliver(invite);
    await scene.world.pass(10_000);
    expect(scene.bob.rings).toHaveLength(1);
  });

  // Seen to fail with quantumKeyB left out of the callee's transcript.
  test('find out when the key that was called is not the one that answers (E.121)', async () => {
    const scene = await acquainted();
    const otherKey = (world: CallWorld): CallWorld => ({
      ...world,
      own: async () => {
        const own = await world.own();
        const quantum = own?.opener.quantum;
        if (!own || !quantum) return own;
        const { publicKey, open } = own.opener;
        const other = { ...quantum, publicKey: async () => new Uint8Array(1184) };
        return { ...own, opener: { publicKey, open, quantum: other } };
      },
    });
    const { page: a, callId } = await scene.ring();
    const b = await scene.bob.accept(scene.alice, callId, otherKey);
    await scene.world.pass(5_000);
    expect([ending(a), ending(b)]).toContain('security-check-failed');
  });
});

describe('with an older version', () => {
  test.each([
    ['of the callee', newer, {}],
    ['of the caller', {}, newer],
  ])('%s calls go as before, and the card says what is so', async (_, alice, bob) => {
    const scene = await acquainted(alice, bob);
    const { a, b } = await scene.connect();
    await scene.world.pass(5_000);
    expect([a.isQuantumSafe, b.isQuantumSafe]).toEqual([false, false]);
    expect(a.emoji).toBe(b.emoji);
    expect(sizesOf(scene, true)).toEqual([1074]);
  });

  test('on a second device: it does not ring until the callee has talked with it', async () => {
    const scene = await acquainted();
    const older = await Person.make(scene.world, scene.links, 'Bob', { device: 'old' });
    older.knows(scene.alice);
    const { page: a } = await scene.ring();
    await scene.world.pass(8_000);
    expect(older.rings).toEqual([]);
    a.hangUp();
    await scene.world.pass(10_000);
    // From there Alice learns that it has none: both ring again.
    const page = await older.call(scene.alice);
    await scene.world.until(() => scene.alice.rings.length > 0, 'Alice rings');
    const other = await scene.alice.accept(older, page.callId);
    await scene.untilConnected(page, other);
    await scene.world.pass(5_000);
    page.hangUp();
    await scene.world.pass(10_000);
    expect(scene.alice.contacts.get(older.id)?.quantumKey).toBeUndefined();
    const again = await scene.alice.call(scene.bob);
    await scene.world.until(() => older.rings.includes(again.callId), 'the older device rings');
    expect(scene.bob.rings).toContain(again.callId);
  });
});
