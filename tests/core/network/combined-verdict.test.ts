// The verdict on a failed call, from both sides' findings: whose network is in the way, and what helps.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combinedVerdict, isDoneInSettings } from '../../../src/core/network/combined-verdict.ts';
import { type NetworkFindings, sharedFindings } from '../../../src/core/network/network-findings.ts';
import { anyOwn, anyTheirs, ownNetwork, theirNetwork, turnFor } from '../../support/samples/sample-findings.ts';
import {
  blind,
  blocked,
  hiding,
  named,
  noServers,
  onlyIpv6,
  silent,
  strict,
  unknown,
} from '../../support/samples/verdict-changes.ts';

describe('IPv4 on the one side and IPv6 on the other', () => {
  test.each([
    ['no TURN server', {}, onlyIpv6, 'ipv4', 'nobody', 'add-turn-both-families', 'either'],
    ['seen from the other side', onlyIpv6, {}, 'ipv6', 'nobody', 'add-turn-both-families', 'either'],
    ['my TURN server has IPv4 only', turnFor('ipv4'), onlyIpv6, 'ipv4', 'own', 'add-turn-both-families', 'either'],
    [
      'their TURN server gives IPv6 only',
      {},
      { ...onlyIpv6, ...turnFor('ipv6') },
      'ipv4',
      'theirs',
      'add-turn-both-families',
      'either',
    ],
    [
      'both TURN servers serve their own side only',
      turnFor('ipv4'),
      { ...onlyIpv6, ...turnFor('ipv6') },
      'ipv4',
      'both',
      'add-turn-both-families',
      'either',
    ],
    [
      'the same IPv4 TURN server, which is out of reach there',
      turnFor('ipv4'),
      { ...onlyIpv6, turn: 'unreachable' },
      'ipv4',
      'own',
      'add-turn-both-families',
      'either',
    ],
    ['a TURN server that refuses', { turn: 'refused' }, onlyIpv6, 'ipv4', 'nobody', 'mend-turn-login', 'own'],
    [
      'an overlay on both sides',
      { overlay: 'yggdrasil' },
      { ...onlyIpv6, overlay: 'both' },
      'ipv4',
      'nobody',
      'check-overlay',
      'both',
    ],
    [
      'two different overlays',
      { overlay: 'yggdrasil' },
      { ...onlyIpv6, overlay: 'mycelium' },
      'ipv4',
      'nobody',
      'add-turn-both-families',
      'either',
    ],
  ] as const)('%s', (_what, own, theirs, family, whoseTurn, todo, forWhom) => {
    expect(combinedVerdict(ownNetwork(own), theirNetwork(theirs))).toEqual({
      because: 'families',
      own: family,
      oneSided: whoseTurn,
      todo,
      forWhom,
    });
  });

  test.each([
    ['a TURN server with both, here', turnFor('ipv4', 'ipv6'), onlyIpv6],
    ['a TURN server that gives IPv4 to the side with IPv6', {}, { ...onlyIpv6, ...turnFor('ipv4') }],
    ['TURN servers of one family on both sides', turnFor('ipv4'), { ...onlyIpv6, ...turnFor('ipv4') }],
  ] as const)('%s joins them', (_what, own, theirs) => {
    expect(combinedVerdict(ownNetwork(own), theirNetwork(theirs)).because).toBe('passing');
  });
});

describe('a browser that hides which families of addresses there are', () => {
  test.each([
    ['the browser there', {}, named, 'families-hidden', 'theirs', 'add-turn-both-families', 'either'],
    ['the browser here', onlyIpv6, named, 'families-hidden', 'theirs', 'add-turn-both-families', 'either'],
    ['both browsers', named, named, 'families-hidden', 'both', 'add-turn-both-families', 'either'],
    [
      'a server saw IPv4 here, and IPv6 may be there, too',
      { addresses: 'hidden' },
      onlyIpv6,
      'families-hidden',
      'own',
      'add-turn-both-families',
      'either',
    ],
    [
      'a TURN server is to be mended',
      { ...named, turn: 'silent' },
      {},
      'turn-broken',
      'own',
      'mend-turn-silence',
      'own',
    ],
    ['the router here is strict', strict, named, 'strict-nat', 'own', 'add-turn', 'either'],
    [
      'a family was seen on both sides',
      { ...unknown, addresses: 'names' },
      unknown,
      'unclear',
      undefined,
      'add-turn',
      'either',
    ],
  ] as const)('%s', (_what, own, theirs, because, whose, todo, forWhom) => {
    const verdict = combinedVerdict(ownNetwork(own), theirNetwork(theirs));
    expect(verdict).toEqual({ because, ...(whose ? { whose } : {}), todo, forWhom });
  });
});

describe('a way that was seen to work', () => {
  test.each([
    ['two ordinary routers', {}, {}],
    ['a strict router and a public address', strict, { nat: 'none' }],
    ['a TURN server here for two strict routers', { ...strict, ...turnFor('ipv4') }, strict],
    ['a TURN server there for two strict routers', strict, { ...strict, ...turnFor('ipv4') }],
    ['IPv6 on both sides', { ...strict, ipv6: true }, { ...strict, ipv6: true }],
    ['UDP blocked here, a TURN server by TLS here', { ...blocked, ...turnFor('ipv4') }, {}],
    [
      'UDP blocked on both sides, TURN servers by TLS on both',
      { ...blocked, ...turnFor('ipv4') },
      { ...blocked, ...turnFor('ipv4') },
    ],
    [
      'hidden addresses and TURN servers on both sides',
      { ...hiding, ...turnFor('ipv4') },
      { ...hiding, ...turnFor('ipv4') },
    ],
  ] as const)('%s: it passes, call again', (_what, own, theirs) => {
    expect(combinedVerdict(ownNetwork(own), theirNetwork(theirs))).toEqual({
      because: 'passing',
      todo: 'call-again',
      forWhom: 'own',
    });
  });
});

describe('nothing came from the other side', () => {
  const lost: Partial<NetworkFindings> = { ...silent, relays: { total: 2, up: 0 } };
  test.each([
    ['the own network is fine', {}, 'not-own', undefined],
    ['the own network cannot be told', unknown, 'not-own', undefined],
    ['UDP is blocked here', blocked, 'udp-blocked', 'own'],
    ['the router here is strict', strict, 'strict-nat', 'own'],
    ['no server is set here', noServers, 'no-servers', 'own'],
    ['nothing answers here', lost, 'offline', undefined],
    ['the browser is offline', { online: false }, 'offline', undefined],
    ['the relays are down and a STUN server answers', { relays: { total: 2, up: 0 } }, 'not-own', undefined],
  ] as const)('%s', (_what, own, because, whose) => {
    const verdict = combinedVerdict(ownNetwork(own), undefined);
    expect([verdict.because, 'whose' in verdict ? verdict.whose : undefined]).toEqual([because, whose]);
  });

  test('the other side is never blamed for what it did not say', () => {
    fc.assert(
      fc.property(anyOwn, (own) => {
        const verdict = combinedVerdict(own, undefined);
        if ('whose' in verdict) expect(verdict.whose).toBe('own');
      }),
    );
  });
});

describe('the own settings help', () => {
  test.each([
    ['where a server is to be set', noServers, noServers, true],
    ['where either of the two may set a server', strict, {}, true],
    ['where the own server is to be mended', { ...unknown, turn: 'refused' }, unknown, true],
    ['not where only the other side has set nothing', unknown, noServers, false],
    ['not where only the other side can do something', {}, { ...unknown, turn: 'refused' }, false],
    ['not where the browser is in the way', blind, {}, false],
  ] as const)('%s', (_what, own, theirs, help) => {
    expect(isDoneInSettings(combinedVerdict(ownNetwork(own), theirNetwork(theirs)))).toBe(help);
  });
});

describe('any two findings', () => {
  const mirrored = { own: 'theirs', theirs: 'own', both: 'both', nobody: 'nobody', either: 'either' } as const;

  test('have exactly one verdict', () => {
    fc.assert(
      fc.property(anyOwn, fc.option(anyTheirs, { nil: undefined }), (own, theirs) => {
        const { because, todo, forWhom } = combinedVerdict(own, theirs);
        expect([because, todo, forWhom].every((word) => word.length > 0)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('are judged alike from both sides: each names the same network', () => {
    fc.assert(
      fc.property(anyOwn, anyOwn, (one, two) => {
        const here = combinedVerdict(one, sharedFindings(two));
        const there = combinedVerdict(two, sharedFindings(one));
        expect(here.because).toBe(there.because);
        if ('whose' in here && 'whose' in there) expect(here.whose).toBe(mirrored[there.whose]);
        if ('oneSided' in here && 'oneSided' in there) expect(here.oneSided).toBe(mirrored[there.oneSided]);
      }),
      { numRuns: 2_000 },
    );
  });
});
