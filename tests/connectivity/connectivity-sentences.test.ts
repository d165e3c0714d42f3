// The sentences of the self-test: every verdict and finding has one, in plain words, with the right person in it, and no address.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combinedVerdict } from '../../src/core/network/combined-verdict.ts';
import { ownVerdict } from '../../src/core/network/own-verdict.ts';
import '../support/drivers/extension-texts.ts';
import { anyOwn, anyTheirs, ownNetwork, theirNetwork, turnFor } from '../support/samples/sample-findings.ts';

const { combinedVerdictWords, ownRowWords, ownVerdictWords, reportText, theirRowWords } = await import(
  '../../src/connectivity/connectivity-sentences.ts'
);

const whole = /^[^$]*[\p{L}46.…]$/u;

describe('the words for a verdict', () => {
  test('exist for any findings of one side, and say what to do unless all is well', () => {
    fc.assert(
      fc.property(anyOwn, (own) => {
        const verdict = ownVerdict(own);
        const { sentence, todo } = ownVerdictWords(verdict);
        expect(sentence).toMatch(whole);
        expect(todo === undefined).toBe(verdict.grade === 'good');
      }),
    );
  });

  test('are one sentence for any two findings, which names the other person when it is about that side', () => {
    fc.assert(
      fc.property(anyOwn, fc.option(anyTheirs, { nil: undefined }), (own, theirs) => {
        const verdict = combinedVerdict(own, theirs);
        const { sentence, todo } = combinedVerdictWords(verdict, 'Oma Erna');
        expect(sentence).toMatch(whole);
        expect(sentence).not.toMatch(/\.\s/);
        expect(todo).toMatch(whole);
        if ('whose' in verdict && verdict.whose !== 'own') expect(sentence).toContain('Oma Erna');
        if (verdict.forWhom === 'theirs') expect(todo).toContain('Oma Erna');
        if (verdict.forWhom === 'own') expect(todo).not.toContain('Oma Erna');
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [{ udp: 'blocked', stun: 'silent' }, {}, 'Your network blocks calls', /^Use another network/],
    [{}, { udp: 'blocked', stun: 'silent' }, 'Bob’s network blocks calls', /^For Bob: Use another/],
    [
      { nat: 'address-dependent' },
      { nat: 'address-dependent' },
      'Your router and Bob’s are both too strict for a direct call',
      /^Either of you can do this: Add a TURN server/,
    ],
    [
      turnFor('ipv4'),
      { ipv4: false, ipv6: true, turn: 'unreachable' },
      'You have only IPv4 and Bob has only IPv6, and your TURN server works only for your side: it has no IPv6',
      /has both IPv4 and IPv6/,
    ],
    [
      {},
      { addresses: 'names', ipv4: false, nat: 'unknown' },
      'We can’t tell why: Bob’s browser hides whether they have IPv4 or IPv6',
      /^Either of you can do this: Add a TURN server that has both/,
    ],
  ] as const)('%j here and %j there: %s', (own, theirs, sentence, todo) => {
    const words = combinedVerdictWords(combinedVerdict(ownNetwork(own), theirNetwork(theirs)), 'Bob');
    expect(words.sentence).toBe(sentence);
    expect(words.todo).toMatch(todo);
  });
});

describe('the words for single findings', () => {
  const sentenceAbout = (topic: string, own: Parameters<typeof ownNetwork>[0]): string | undefined =>
    ownRowWords(ownNetwork(own), 'nothing').find((row) => row.topic === topic)?.sentences;

  test('exist for any findings of either side', () => {
    fc.assert(
      fc.property(anyOwn, anyTheirs, (own, theirs) => {
        const rows = [...ownRowWords(own, 'nothing'), ...theirRowWords(theirs)];
        expect(rows).toHaveLength(13);
        for (const { topic, sentences } of rows) expect(`${topic} ${sentences}`).toMatch(whole);
      }),
    );
  });

  test('count relays and TURN servers, and tell the ways to them', () => {
    const turnServers = { total: 2, working: 1, udp: false, tcp: true, tls: false };
    expect(sentenceAbout('Relays', { relays: { total: 3, up: 1 } })).toMatch(/^1 of 3 working/);
    expect(sentenceAbout('TURN server', { ...turnFor('ipv4', 'ipv6'), turnServers })).toBe('1 of 2 work.');
    const both = { ...turnServers, working: 2, tls: true };
    expect(sentenceAbout('TURN server', { ...turnFor('ipv4', 'ipv6'), turnServers: both })).toBe(
      'It works over TCP, TLS.',
    );
    expect(sentenceAbout('TURN server', { ...turnFor('ipv6'), turnServers: both })).toMatch(/IPv6 addresses only/);
  });

  test('say what to do, but not again what the verdict has said', () => {
    const own = ownNetwork({ turn: 'refused' });
    const said = (already: 'nothing' | 'mend-turn-login') =>
      ownRowWords(own, already).find(({ topic }) => topic === 'TURN server')?.sentences;
    expect(said('nothing')).toMatch(/Check the TURN server’s user name and password/);
    expect(said('mend-turn-login')).not.toMatch(/Check the TURN server’s user name and password/);
  });
});

test('the text to copy has the verdict first, then every finding, and nothing that tells where anybody is', () => {
  const own = ownNetwork({ udp: 'blocked', stun: 'silent' });
  const words = ownVerdictWords(ownVerdict(own));
  const content = reportText(words, [{ heading: 'What was found', rows: ownRowWords(own, 'nothing') }]);
  expect(content).toMatch(/^Your network blocks calls\nUse another network.*\n\nWhat was found\n- Relays: 2 of 2/);
  expect(content.match(/^- /gm)).toHaveLength(7);
});
