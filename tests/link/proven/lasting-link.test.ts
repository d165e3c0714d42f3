// A link that takes a new connection in place of one that could not be saved: with the certificate of the call, or not at all.
import { beforeEach, describe, expect, test } from 'vitest';
import type { DescriptionMessage, LinkMessage, WireCandidate } from '../../../src/core/signaling/link-message.ts';
import { LastingLink } from '../../../src/link/proven/lasting-link.ts';
import type { LinkEvents, LinkOpening } from '../../../src/link/proven/raw-link.ts';
import { fakeCandidate, fakeDescription } from '../../support/doubles/fake-links.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';

const own = new Uint8Array(32).fill(1);
const theirs = new Uint8Array(32).fill(2);
const another = new Uint8Array(32).fill(3);

interface Opened {
  readonly opening: LinkOpening;
  readonly events: LinkEvents;
  /** Descriptions of the other side that this connection was given. */
  readonly given: string[];
  /** Candidates of the other side that this connection was to try. */
  readonly tried: WireCandidate[];
}

let clock: ManualClock;
let connections: Opened[];
let said: LinkMessage[];
let link: LastingLink;

const nothing = () => undefined;
const fresh = (type: 'offer' | 'answer', certificate: Uint8Array<ArrayBuffer>, r = 1): DescriptionMessage => ({
  t: 'description',
  type,
  r,
  fresh: true,
  sdp: fakeDescription(certificate),
  c: [],
});

beforeEach(() => {
  clock = new ManualClock(0);
  [connections, said] = [[], []];
  link = new LastingLink({
    clock,
    role: 'answer',
    relays: { say: (message) => said.push(message), join: nothing, leave: nothing },
    openLink: (opening, events) => {
      const given: string[] = [];
      const tried: WireCandidate[] = [];
      connections.push({ opening, events, given, tried });
      return {
        takeDescription: (sdp, _fingerprint, candidates) => {
          given.push(sdp);
          tried.push(...candidates);
        },
        take: (message) => tried.push(...message.c),
        restart: nothing,
        renegotiate: nothing,
        offerAgain: () => false,
        sendKeyFrame: nothing,
        send: () => true,
        close: nothing,
      };
    },
    events: {
      onDescription: nothing,
      onFailed: nothing,
      onForgery: nothing,
      onControl: nothing,
      onWord: nothing,
      onUp: nothing,
      onInterrupted: nothing,
      onReplaced: nothing,
      onClosed: nothing,
      onControlOpen: nothing,
    },
  });
  link.takeDescription(fakeDescription(theirs), theirs, []);
  connections[0]?.events.onConnected();
});

// Each seen to fail with the fingerprint not compared in LastingLink.
describe('a description for a new connection (E.39)', () => {
  test('that names another certificate opens none', () => {
    link.take(fresh('offer', another));
    expect(connections).toHaveLength(1);
    link.take(fresh('offer', theirs, 2));
    expect(connections).toHaveLength(2);
    expect(connections[1]?.given).toEqual([fakeDescription(theirs)]);
  });

  test('that answers ours with another certificate is not given to it', async () => {
    connections[0]?.events.onBroken();
    await clock.advance(1_000);
    const made = connections.at(-1);
    expect(made?.opening).toMatchObject({ role: 'offer', isFresh: true });
    made?.events.onDescription(fakeDescription(own), []);
    const offer = said.find((message) => message.t === 'description');
    const r = offer?.t === 'description' ? offer.r : 0;
    link.take(fresh('answer', another, r));
    expect(made?.given).toEqual([]);
    link.take(fresh('answer', theirs, r));
    expect(made?.given).toEqual([fakeDescription(theirs)]);
  });
});

// Each seen to fail with the limit of PeerLimits taken out: scripts/mutations.json.
describe('what one participant has us try is bounded in a call, not in a description (L3)', () => {
  const candidates = (count: number): WireCandidate[] => Array.from({ length: count }, (_, i) => fakeCandidate(i));
  const tried = () => connections.reduce((sum, connection) => sum + connection.tried.length, 0);

  test('candidates: in however many rounds, a few hundred, and then some each second', async () => {
    for (let round = 0; round < 20; round++) link.take({ t: 'candidates', u: `u${round}`, c: candidates(60) });
    expect(tried()).toBe(256);
    await clock.advance(5_000);
    link.take({ t: 'candidates', u: 'later', c: candidates(60) });
    expect(tried()).toBe(256 + 40);
  });

  test('candidates beside and inside of descriptions count', () => {
    const described = (r: number, inside: number, beside: number): DescriptionMessage => ({
      ...fresh('offer', theirs, r),
      fresh: false,
      sdp: `${fakeDescription(theirs).trimEnd()}\n${candidates(inside)
        .map(({ c }) => `a=${c}\n`)
        .join('')}`,
      c: candidates(beside),
    });
    for (let r = 1; r <= 3; r++) link.take(described(r, 50, 30));
    expect(tried()).toBe(3 * 30);
    link.take(described(4, 50, 30));
    expect(tried()).toBe(3 * 30);
    link.take(described(5, 0, 30));
    expect(tried()).toBe(3 * 30 + 16);
  });

  test('new connections: a few, and then one after a while', async () => {
    for (let r = 1; r <= 20; r++) link.take(fresh('offer', theirs, r));
    expect(connections).toHaveLength(1 + 8);
    await clock.advance(5_000);
    link.take(fresh('offer', theirs, 30));
    link.take(fresh('offer', theirs, 31));
    expect(connections).toHaveLength(1 + 9);
  });
});
