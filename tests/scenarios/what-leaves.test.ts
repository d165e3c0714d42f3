// The README's table of what leaves this computer, row by row as far as relays go: in each moment of a call exactly these words go out, by
// these people, over these relays. Alice listens on the first relay, Bob on the second.
import { describe, expect, test } from 'vitest';
import type { Person } from '../support/persons/person.ts';
import { Scene } from '../support/persons/scene.ts';
import { ownNetwork } from '../support/samples/sample-findings.ts';

const [hers, his] = ['wss://one.example', 'wss://two.example'];
/** Bob is in a call with Carol, or calls her. */
const hold = (bob: Person, linked: boolean): void => {
  bob.held = {
    ...{ callId: 'other', contactId: 'carol', contactName: 'Carol', direction: 'outgoing', linked },
    ...{ tabId: 1, page: 'page' },
  };
};

const twoRelays = { relays: 2, alice: { relays: [hers] }, bob: { relays: [his] } };

/** Who said what over which relay, each kind once, in order of its first coming. */
function said({ world, alice }: Scene, from = 0): readonly string[] {
  return [
    ...new Set(
      world.frames.slice(from).map((frame) => {
        const signal = world.signalIn(frame);
        return `${signal?.dev === alice.dev ? 'Alice' : 'Bob'} ${signal?.t} ${frame.relay.url}`;
      }),
    ),
  ];
}

describe('what leaves over relays', () => {
  // README.md#leaves-relays
  test('while nobody does anything: no message, and topics of the own inboxes alone', async () => {
    const scene = await Scene.make(twoRelays);
    await scene.world.pass(6 * 3_600_000);
    expect(said(scene)).toEqual([]);
    // Of each person the link's and the contact's, filled up to eight; before they knew each other one more that nobody writes to.
    expect(scene.world.topics.size).toBe(2 * 9);
  });

  // README.md#leaves-page
  test('when Alice calls and nobody is there: invites, then cancel, over the relays of his link', async () => {
    const scene = await Scene.make(twoRelays);
    scene.bob.killBackground();
    await scene.alice.call(scene.bob);
    await scene.world.pass(62_000);
    expect(said(scene)).toEqual([`Alice invite ${his}`, `Alice cancel ${his}`]);
  });

  // README.md#leaves-answers: seen to fail with `ringing` sent to strangers, and with do-not-disturb not asked.
  test.each<[string, (scene: Scene) => void, readonly string[]]>([
    ['it rings', () => undefined, [`Bob ringing ${his}`]],
    ['he is in another call', ({ bob }) => hold(bob, true), [`Bob ringing ${his}`]],
    ['he is calling somebody else', ({ bob }) => hold(bob, false), [`Bob busy ${his}`]],
    [
      'he does not want to be disturbed',
      ({ bob }) => {
        bob.settings = { ...bob.settings, doNotDisturb: true };
      },
      [],
    ],
    ['he has blocked her', ({ alice, bob }) => bob.knows(alice, { blocked: true }), []],
    ['he does not know her', ({ bob }) => bob.contacts.clear(), []],
  ])('by Bob when Alice calls and %s', async (_, arrange, bobs) => {
    const scene = await Scene.make(twoRelays);
    arrange(scene);
    await scene.alice.call(scene.bob);
    await scene.world.pass(9_000);
    expect(said(scene).filter((word) => word.startsWith('Bob'))).toEqual(bobs);
  });

  // README.md#leaves-accepted: seen to fail with an `accept` that is repeated after its answer over relays that are not left.
  test('when Bob accepts: sealed connection data over his relays, and then nothing more over any', async () => {
    const scene = await Scene.make(twoRelays);
    await scene.connect();
    await scene.world.pass(10_000);
    const words = said(scene);
    for (const word of words)
      expect(word).toMatch(
        /^(?:Alice (?:invite|alive|answer|taken|candidates)|Bob (?:ringing|accept|candidates)) wss:\/\/two/,
      );
    for (const word of ['Bob accept', 'Alice answer', 'Alice taken']) expect(words).toContain(`${word} ${his}`);
    const then = scene.world.frames.length;
    await scene.world.pass(3_600_000);
    expect(said(scene, then)).toEqual([]);
  });

  // README.md#leaves-findings
  test('when the call fails although both said yes: each says what it found, and nothing after that', async () => {
    const scene = await Scene.make(twoRelays);
    scene.bob.network = ownNetwork({ udp: 'blocked', stun: 'silent', nat: 'unknown' });
    scene.links.isBlocked = true;
    const { a, b } = await scene.accepted();
    await scene.world.until(() => [a, b].every((page) => page.state().state === 'ended'), 'both give up', 25_000);
    const from = scene.world.frames.length;
    await scene.world.pass(60_000);
    const words = said(scene, from).filter((word) => !word.includes(' bye '));
    expect(words.toSorted()).toEqual([`Alice findings ${his}`, `Bob findings ${his}`]);
  });
});
