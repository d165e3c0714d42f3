// Two negotiations against each other: offers that cross, get lost, come twice or late, and lies (docs/hostile-cases.md#e21, #e39).
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import type { DescriptionMessage, LinkMessage } from '../../../src/core/signaling/link-message.ts';
import { Negotiation } from '../../../src/link/proven/negotiation.ts';
import { FakeConnection } from '../../support/doubles/fake-connection.ts';
import { fakeCandidate, fakeDescription, fragmentOf } from '../../support/doubles/fake-links.ts';
import { until } from '../../support/runner/condition.ts';
import { sealer } from '../../support/samples/test-identity.ts';

const fingerprints = await Promise.all(['impolite', 'polite'].map((name) => sealer.sha256(utf8(name))));
const [impolitePrint = new Uint8Array(), politePrint = new Uint8Array()] = fingerprints;

class End {
  readonly connection: FakeConnection;
  readonly negotiation: Negotiation;
  readonly sent: LinkMessage[] = [];
  heard = 0;
  broken = 0;

  constructor(isPolite: boolean) {
    const [own, theirs] = isPolite ? [politePrint, impolitePrint] : [impolitePrint, politePrint];
    this.connection = new FakeConnection(fakeDescription(own));
    this.negotiation = new Negotiation({
      connection: this.connection.asCallConnection,
      isPolite,
      hides: false,
      theirFingerprint: () => theirs,
      sendFirst: () => undefined,
      send: (message) => void this.sent.push(message),
      onHeard: () => {
        this.heard += 1;
      },
      onBroken: () => {
        this.broken += 1;
      },
    });
  }

  /** The next description that it sends. */
  async description(): Promise<DescriptionMessage> {
    const next = () => this.sent.findIndex(({ t }) => t === 'description');
    await until(() => next() >= 0, { what: 'a description', everyMs: 1 });
    const [message] = this.sent.splice(next(), 1);
    if (message?.t !== 'description') throw new Error('no description');
    return message;
  }

  /** Everything asked for so far has been done, and nothing was sent. */
  async isSilent(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(this.sent).toEqual([]);
  }
}

const pair = () => ({ impolite: new End(false), polite: new End(true) });

describe('a restart', () => {
  test.each([true, false])('is offered and answered, whoever begins (the polite one: %s)', async (politeBegins) => {
    const { impolite, polite } = pair();
    const [one, two] = politeBegins ? [polite, impolite] : [impolite, polite];
    one.negotiation.restart(1);
    const offer = await one.description();
    expect(offer).toMatchObject({ type: 'offer', r: 1, fresh: false });
    expect(one.connection.restarts).toBe(1);
    two.negotiation.takeDescription(offer);
    const answer = await two.description();
    expect(answer).toMatchObject({ type: 'answer', r: 1 });
    one.negotiation.takeDescription(answer);
    await until(() => one.heard === 1, { what: 'the answer to be taken', everyMs: 1 });
    expect([one.connection.signalingState, two.connection.signalingState]).toEqual(['stable', 'stable']);
  });

  test('asked for several times at once is offered once', async () => {
    const { impolite } = pair();
    for (const round of [1, 2, 3]) impolite.negotiation.restart(round);
    await impolite.description();
    await impolite.isSilent();
    expect(impolite.connection.restarts).toBe(1);
  });

  test('by both at once: the impolite one’s goes on, and says it again', async () => {
    const { impolite, polite } = pair();
    impolite.negotiation.restart(1);
    polite.negotiation.restart(1);
    const [winner, loser] = [await impolite.description(), await polite.description()];
    impolite.negotiation.takeDescription(loser);
    expect(await impolite.description()).toMatchObject({ type: 'offer', r: 1 });
    polite.negotiation.takeDescription(winner);
    impolite.negotiation.takeDescription(await polite.description());
    await until(() => impolite.heard === 1, { what: 'the answer', everyMs: 1 });
    expect(impolite.connection.signalingState).toBe('stable');
    // Chromium shows no picture of the other side any more after one (docs/decisions/0011-no-rollback.md).
    expect([impolite.connection.rollbacks, polite.connection.rollbacks]).toEqual([0, 0]);
    // The one that was dropped comes late: nobody follows it.
    impolite.negotiation.takeDescription(loser);
    await impolite.isSilent();
  });

  test('whose answer was lost is answered again, the same', async () => {
    const { impolite, polite } = pair();
    impolite.negotiation.restart(1);
    const offer = await impolite.description();
    polite.negotiation.takeDescription(offer);
    const answer = await polite.description();
    polite.negotiation.takeDescription(offer);
    expect(await polite.description()).toEqual(answer);
  });

  test('that is older than the last exchange is not followed', async () => {
    const { impolite, polite } = pair();
    polite.negotiation.restart(1);
    const late = await polite.description();
    impolite.negotiation.restart(2);
    polite.negotiation.takeDescription(await impolite.description());
    impolite.negotiation.takeDescription(await polite.description());
    await until(() => impolite.heard === 1, { what: 'the answer', everyMs: 1 });
    impolite.negotiation.takeDescription(late);
    await impolite.isSilent();
    expect(impolite.connection.remoteDescriptions.map(({ type }) => type)).toEqual(['answer']);
  });

  test('answered too late, after the next offer, takes only the answer to that', async () => {
    const { impolite, polite } = pair();
    impolite.negotiation.restart(1);
    polite.negotiation.takeDescription(await impolite.description());
    const late = await polite.description();
    impolite.negotiation.restart(2);
    const offer = await impolite.description();
    impolite.negotiation.takeDescription(late);
    await impolite.isSilent();
    expect(impolite.connection.signalingState).toBe('have-local-offer');
    polite.negotiation.takeDescription(offer);
    impolite.negotiation.takeDescription(await polite.description());
    await until(() => impolite.connection.signalingState === 'stable', { what: 'the answer', everyMs: 1 });
  });

  test('says its offer again, as long as one waits', async () => {
    const { impolite } = pair();
    expect(impolite.negotiation.offerAgain()).toBe(false);
    impolite.negotiation.restart(1);
    const offer = await impolite.description();
    expect(impolite.negotiation.offerAgain()).toBe(true);
    expect(await impolite.description()).toEqual(offer);
  });
});

describe('a description that lies', () => {
  test.each(['offer', 'answer'] as const)('about its certificate is not taken: %s (E.39)', async (type) => {
    const { impolite } = pair();
    if (type === 'answer') {
      impolite.negotiation.restart(1);
      await impolite.description();
    }
    impolite.negotiation.takeDescription({
      t: 'description',
      type,
      r: 1,
      fresh: false,
      sdp: fakeDescription(impolitePrint),
      c: [],
    });
    await impolite.isSilent();
    expect(impolite.connection.remoteDescriptions).toEqual([]);
    expect([impolite.heard, impolite.broken]).toEqual([0, 0]);
  });

  test('that the browser refuses is told, and the next one is taken', async () => {
    const { impolite, polite } = pair();
    impolite.connection.refusal = new Error('no');
    polite.negotiation.restart(1);
    const offer = await polite.description();
    impolite.negotiation.takeDescription(offer);
    await until(() => impolite.broken === 1, { what: 'the refusal', everyMs: 1 });
    impolite.connection.refusal = undefined;
    impolite.negotiation.takeDescription(offer);
    expect(await impolite.description()).toMatchObject({ type: 'answer' });
  });
});

describe('candidates', () => {
  const candidates = (from: number, count: number) =>
    Array.from({ length: count }, (_, number) => fakeCandidate(from + number));

  test('of a description that is still on its way wait for it; others are forgotten; 64 at most (E.21)', async () => {
    const { impolite, polite } = pair();
    const u = fragmentOf(politePrint);
    impolite.negotiation.takeCandidates({ t: 'candidates', u: 'other', c: candidates(0, 4) });
    for (const from of [0, 20, 40, 60])
      impolite.negotiation.takeCandidates({ t: 'candidates', u, c: candidates(from, 20) });
    expect(impolite.connection.remoteCandidates).toEqual([]);
    polite.negotiation.restart(1);
    impolite.negotiation.takeDescription(await polite.description());
    await impolite.description();
    expect(impolite.connection.remoteCandidates).toEqual(candidates(0, 60).map(({ c }) => c));
    impolite.negotiation.takeCandidates({ t: 'candidates', u, c: candidates(100, 20) });
    expect(impolite.connection.remoteCandidates).toHaveLength(64);
  });

  test('inside a description count as well (L3)', async () => {
    const { impolite, polite } = pair();
    const u = fragmentOf(politePrint);
    polite.negotiation.restart(1);
    const offer = await polite.description();
    const inside = candidates(0, 50).map(({ c }) => `a=${c}\n`);
    impolite.negotiation.takeDescription({ ...offer, sdp: `${offer.sdp.trimEnd()}\n${inside.join('')}` });
    await impolite.description();
    impolite.negotiation.takeCandidates({ t: 'candidates', u, c: candidates(100, 20) });
    const { length } = offer.c;
    expect(impolite.connection.remoteCandidates).toEqual(
      [...offer.c, ...candidates(100, 14 - length)].map(({ c }) => c),
    );
  });

  test('of ours travel with their description, the later ones by its username fragment', async () => {
    const { impolite } = pair();
    const u = fragmentOf(impolitePrint);
    impolite.negotiation.restart(1);
    impolite.negotiation.found(u, fakeCandidate(1));
    expect((await impolite.description()).c).toEqual([fakeCandidate(1)]);
    impolite.negotiation.found('older', fakeCandidate(2));
    impolite.negotiation.found(u, fakeCandidate(3));
    impolite.negotiation.gathered();
    expect(impolite.sent).toEqual([{ t: 'candidates', u, c: [fakeCandidate(3)] }]);
  });
});
