// A call that both accepted and no network let through: each side looks at its own network, both findings cross over the relays, and
// each names the same culprit. Whole stacks, real cryptography, simulated relays.
import { beforeEach, describe, expect, test } from 'vitest';
import { combinedVerdict } from '../../src/core/network/combined-verdict.ts';
import { sharedFindings } from '../../src/core/network/network-findings.ts';
import type { Page } from '../support/persons/call-page-double.ts';
import { ending, Scene } from '../support/persons/scene.ts';
import { bytesOf, lastInvite, post, topicsOf } from '../support/samples/forgery.ts';
import { ownNetwork } from '../support/samples/sample-findings.ts';

const blocked = ownNetwork({ udp: 'blocked', stun: 'silent', nat: 'unknown' });
const good = ownNetwork();

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.make();
  scene.alice.network = good;
  scene.bob.network = blocked;
});

/** Bob accepts, and nothing gets through: both give up. */
async function failedCall(): Promise<{ a: Page; b: Page }> {
  scene.links.isBlocked = true;
  const { a, b } = await scene.accepted();
  const isOver = () => [a, b].every((page) => page.state().state === 'ended');
  await scene.world.until(isOver, 'both give up', 25_000);
  return { a, b };
}

/** The verdict that a page shows, and whose network it names. */
function verdictOf({ why }: Page) {
  if (why.state !== 'known') return why.state;
  const verdict = combinedVerdict(why.own, why.theirs);
  return `${verdict.because} ${'whose' in verdict ? verdict.whose : ''}`.trim();
}

const known = (...pages: readonly Page[]) => pages.every(({ why }) => why.state === 'known');

describe('a call that could not connect', () => {
  test.each([
    ['callee', 'udp-blocked theirs', 'udp-blocked own'],
    ['caller', 'udp-blocked own', 'udp-blocked theirs'],
  ])("both findings cross, and each side names the %s's network", async (culprit, atAlice, atBob) => {
    if (culprit === 'caller') [scene.alice.network, scene.bob.network] = [blocked, good];
    const { a, b } = await failedCall();
    expect([ending(a), ending(b)]).toEqual(['connection-failed', 'connection-failed']);
    expect([a.why.state, b.why.state]).toEqual(['looking', 'looking']);
    await scene.world.until(() => known(a, b), 'both know', 10_000);
    expect([verdictOf(a), verdictOf(b)]).toEqual([atAlice, atBob]);
    expect(scene.sent()['findings']).toBe(2);
  });

  test('the findings are no larger than any other small message, and name nothing but words', async () => {
    const { a, b } = await failedCall();
    await scene.world.until(() => known(a, b), 'both know', 10_000);
    const told = scene.world.frames.flatMap((frame) => {
      const signal = scene.world.signalIn(frame);
      return signal?.t === 'findings' ? [{ size: frame.payload.length, said: signal.f }] : [];
    });
    expect(told.map(({ size }) => size)).toEqual([1074, 1074]);
    expect(told.map(({ said }) => said)).toEqual(
      expect.arrayContaining([sharedFindings(good), sharedFindings(blocked)]),
    );
  });

  test('one message is lost: that side judges by itself and blames nobody who did not speak', async () => {
    scene.lose('findings', 'once');
    const { a, b } = await failedCall();
    await scene.world.until(() => known(a, b), 'both know', 11_000);
    expect([verdictOf(a), verdictOf(b)].sort()).toEqual(['not-own', 'udp-blocked own']);
  });

  test('all messages are lost: each side judges by itself', async () => {
    scene.lose('findings', 'always');
    const { a, b } = await failedCall();
    await scene.world.until(() => known(a, b), 'both know', 11_000);
    expect([verdictOf(a), verdictOf(b)]).toEqual(['not-own', 'udp-blocked own']);
  });

  test('the relays are left after 10 seconds at the latest, and nothing follows', async () => {
    scene.lose('findings', 'always');
    await failedCall();
    await scene.world.pass(10_100);
    const quiet = scene.world.frames.length;
    const topics = [...scene.world.topics.values()].filter(({ to }) => to >= scene.world.clock.now());
    await scene.world.pass(60_000);
    expect(scene.world.frames.length).toBe(quiet);
    expect(topics).toEqual([]);
  });
});

test('a call that was lost in the middle: the findings cross over the relays that both have come back to', async () => {
  const { a, b } = await scene.connect();
  await scene.world.pass(3_000);
  scene.links.cut();
  await scene.world.until(() => known(a, b), 'both know', 70_000);
  expect([ending(a), ending(b)]).toEqual(['connection-lost', 'connection-lost']);
  expect([verdictOf(a), verdictOf(b)]).toEqual(['udp-blocked theirs', 'udp-blocked own']);
});

describe('nobody is told of a network', () => {
  test.each([
    ['declines', (_page: Page, callId: string) => scene.bob.decline(callId)],
    ['is called off', (page: Page) => page.hangUp()],
  ])('who %s', async (_what, end) => {
    const { page, callId } = await scene.ring();
    await end(page, callId);
    await scene.world.pass(20_000);
    expect(page.state().state).toBe('ended');
    expect(page.why.state).toBe('none');
    expect(scene.sent()['findings']).toBeUndefined();
  });

  test('after a call that ended well', async () => {
    const { a, b } = await scene.connect();
    a.hangUp();
    await scene.world.pass(20_000);
    expect([a.why.state, b.why.state]).toEqual(['none', 'none']);
    expect(scene.sent()['findings']).toBeUndefined();
  });

  // Seen to fail with the device not compared in CallerFlow.
  test('words of a device that did not take the call are no findings', async () => {
    scene.lose('findings', 'always');
    const { a, b } = await failedCall();
    const invite = lastInvite(scene.world);
    const { b2a } = await topicsOf(scene.world, invite);
    const body = { t: 'findings', f: sharedFindings(blocked) } as const;
    const letter = { by: scene.bob, to: scene.alice, key: invite.ek, topicHex: b2a, body };
    await post(scene.world, { ...letter, head: { id: invite.id, dev: bytesOf(8, 1), n: 91 } });
    await post(scene.world, { ...letter, head: { id: bytesOf(16, 1), dev: scene.bob.dev, n: 92 } });
    await scene.world.until(() => known(a, b), 'both know', 11_000);
    expect(verdictOf(a)).toBe('not-own');
  });
});
