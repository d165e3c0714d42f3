// The verdict on the own network: a table of what can be wrong, and that there is always exactly one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NetworkFindings } from '../../../src/core/network/network-findings.ts';
import { networkRows, ownRows, ownVerdict } from '../../../src/core/network/own-verdict.ts';
import { anyOwn, ownNetwork, theirNetwork, turnFor } from '../../support/samples/sample-findings.ts';

const relaysDown = { relays: { total: 2, up: 0 } };
const noServers = { stun: 'unset', udp: 'untested', nat: 'unknown' } as const;
const silent = { stun: 'silent', udp: 'silent', nat: 'unknown' } as const;
const blocked = { stun: 'silent', udp: 'blocked', nat: 'unknown' } as const;

const table: readonly (readonly [string, Partial<NetworkFindings>, string, string])[] = [
  ['an ordinary router and STUN servers', {}, 'works-directly', 'nothing'],
  ['a public address of its own', { nat: 'none' }, 'works-directly', 'nothing'],
  ['one STUN server, which cannot tell the kind of router', { nat: 'unknown' }, 'works-unsure', 'nothing'],
  ['a strict router', { nat: 'address-dependent' }, 'strict-nat', 'add-turn'],
  ['a strict router and a TURN server', { nat: 'address-dependent', ...turnFor('ipv4') }, 'works-by-turn', 'nothing'],
  [
    'a strict router and a refused password',
    { nat: 'address-dependent', turn: 'refused' },
    'strict-nat',
    'mend-turn-login',
  ],
  ['an ordinary router and a TURN server', turnFor('ipv4'), 'works-directly', 'nothing'],
  ['UDP blocked', blocked, 'udp-blocked', 'add-turn-tls'],
  ['UDP blocked and a TURN server over TLS', { ...blocked, ...turnFor('ipv4') }, 'works-by-turn', 'nothing'],
  [
    'UDP blocked and a TURN server that is silent',
    { ...blocked, turn: 'silent' },
    'udp-blocked',
    'reach-turn-otherwise',
  ],
  [
    'UDP blocked and a TURN server out of reach',
    { ...blocked, turn: 'unreachable' },
    'udp-blocked',
    'mend-turn-address',
  ],
  ['a TURN server that refuses, else all well', { turn: 'refused' }, 'turn-broken', 'mend-turn-login'],
  ['a silent STUN server', silent, 'servers-silent', 'check-stun'],
  ['no server at all', noServers, 'no-servers', 'add-stun'],
  ['a browser that shows no address', { addresses: 'none', ipv4: false, ...silent }, 'no-addresses', 'show-addresses'],
  [
    'a browser that shows no address, and a TURN server',
    { addresses: 'none', ...turnFor('ipv4') },
    'works-by-turn',
    'nothing',
  ],
  ['a browser without calls', { addresses: 'off' }, 'calls-off', 'switch-calls-on'],
  [
    'a hidden address and no TURN server',
    { hidesAddress: true, addresses: 'unseen', ...noServers },
    'hides-without-turn',
    'add-turn',
  ],
  [
    'a hidden address and a TURN server with a wrong password',
    { hidesAddress: true, addresses: 'unseen', ...noServers, turn: 'refused' },
    'hides-without-turn',
    'mend-turn-login',
  ],
  [
    'a hidden address and a TURN server',
    { hidesAddress: true, addresses: 'unseen', ...turnFor('ipv4') },
    'works-by-turn',
    'nothing',
  ],
  ['no relay', { relays: { total: 0, up: 0 } }, 'no-relays', 'add-relay'],
  ['one relay of two', { relays: { total: 2, up: 1 } }, 'works-directly', 'nothing'],
  ['relays that are down while the internet is there', relaysDown, 'relays-down', 'check-relays'],
  ['relays that are down, nobody else to ask', { ...relaysDown, ...noServers }, 'relays-down', 'check-relays'],
  [
    'relays that are down and a TURN server that answers',
    { ...relaysDown, ...silent, ...turnFor('ipv4') },
    'relays-down',
    'check-relays',
  ],
  ['silence everywhere', { ...relaysDown, ...silent }, 'offline', 'check-internet'],
  ['no network interface', { ...relaysDown, ...noServers, addresses: 'none' }, 'offline', 'check-internet'],
  ['a browser that knows it is offline', { ...relaysDown, ...noServers, online: false }, 'offline', 'check-internet'],
  ['a browser that thinks it is offline, and relays that answer', { online: false }, 'works-directly', 'nothing'],
  [
    'a login page of a hotel',
    { relays: { total: 1, up: 0, trouble: 'web-page' }, ...silent },
    'captive-portal',
    'log-in',
  ],
  ['a wrong clock', { relays: { total: 1, up: 0, trouble: 'clock-wrong' } }, 'clock-wrong', 'set-clock'],
];

describe('the verdict on the own network', () => {
  test.each(table)('%s', (_what, change, verdict, todo) => {
    expect(ownVerdict(ownNetwork(change))).toMatchObject({ verdict, todo });
  });

  test('is good exactly where there is nothing to do', () => {
    fc.assert(
      fc.property(anyOwn, (own) => {
        const { grade, todo } = ownVerdict(own);
        expect(grade === 'good').toBe(todo === 'nothing');
      }),
    );
  });

  test('every one of its names is reached by the table', () => {
    expect(new Set(table.map(([, , verdict]) => verdict)).size).toBe(16);
  });
});

describe('the single findings', () => {
  test('are seven, relays first', () => {
    const rows = ownRows(ownNetwork());
    expect(rows.map(({ finding }) => finding)).toEqual([
      'relays-all',
      'udp-works',
      'nat-address-independent',
      'turn-unset',
      'families-ipv4',
      'overlay-none',
      'addresses-open',
    ]);
  });

  test.each([
    [{ relays: { total: 2, up: 1 } }, 'relays-some'],
    [{ relays: { total: 2, up: 0 } }, 'relays-down'],
    [{ relays: { total: 0, up: 0 } }, 'relays-unset'],
    [{ relays: { total: 1, up: 0, trouble: 'web-page' } }, 'relays-portal'],
    [{ relays: { total: 1, up: 0, trouble: 'clock-wrong' } }, 'relays-clock'],
    [{ ipv6: true }, 'families-both'],
    [{ ipv4: false, ipv6: true }, 'families-ipv6'],
    [{ ipv4: false }, 'families-unknown'],
    [{ addresses: 'names', ipv4: false }, 'families-hidden'],
    [{ addresses: 'names' }, 'families-ipv4-seen'],
    [{ addresses: 'hidden', ipv4: false, ipv6: true }, 'families-ipv6-seen'],
    [{ addresses: 'names', ipv6: true }, 'families-both'],
  ] as const)('%j: %s', (change, finding) => {
    expect(ownRows(ownNetwork(change)).map((row) => row.finding)).toContain(finding);
  });

  test('tell when only some of several TURN servers work', () => {
    const turnServers = { total: 2, working: 1, udp: true, tcp: false, tls: false };
    const findings = (change: Partial<NetworkFindings>) =>
      ownRows(ownNetwork({ ...turnFor('ipv4'), ...change })).map(({ finding }) => finding);
    expect(findings({ turnServers })).toContain('turn-some');
    expect(findings({ turnServers: { ...turnServers, working: 2 } })).toContain('turn-works');
    // One works, and the browser does not tell which.
    expect(findings({ turnServers: { ...turnServers, working: 0 } })).toContain('turn-works');
  });

  test('of the other side say nothing of relays', () => {
    expect(networkRows(theirNetwork())).toHaveLength(6);
  });
});
