// What gathering brought, read as findings: candidates and errors as Chromium and Firefox really give them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Gathered,
  type GatheredCandidate,
  type GatheringWorld,
  readGathered,
} from '../../../src/core/network/gathered-findings.ts';
import { sharedFindings } from '../../../src/core/network/network-findings.ts';
import { ownNetwork } from '../../support/samples/sample-findings.ts';

const stun = 'stun:one.example:3478';
const otherStun = 'stun:two.example:3478';
const turnUdp = 'turn:one.example:3478?transport=udp';
const turnTcp = 'turn:one.example:3478?transport=tcp';
const turnTls = 'turns:one.example:443?transport=tcp';

const host = (address: string, port = 40_000): GatheredCandidate => ({ type: 'host', protocol: 'udp', address, port });

/** The public address and port that a server saw of the socket at `base`. */
const mapped = (port: number, url: string | undefined, base = 40_000, address = '198.51.100.7'): GatheredCandidate => ({
  type: 'srflx',
  protocol: 'udp',
  address,
  port,
  ...(url === undefined ? {} : { url }),
  relatedAddress: '192.168.1.2',
  relatedPort: base,
});

const relayed = (url: string | undefined, address = '203.0.113.9'): GatheredCandidate => ({
  type: 'relay',
  protocol: 'udp',
  address,
  port: 50_000,
  ...(url === undefined ? {} : { url }),
});

const home = host('192.168.1.2');

/** One gathering that asked all of `servers`. */
const read = (
  gathered: Partial<Gathered>,
  { servers = [], ...world }: Partial<GatheringWorld> & { readonly servers?: readonly string[] } = {},
) =>
  readGathered([{ asked: servers, candidates: [], errors: [], complete: true, ...gathered }], {
    tcpWorks: true,
    answerOverTcp: [],
    hidesAddress: false,
    ...world,
  });

describe('the addresses that the browser shows', () => {
  test.each([
    ['real ones', [home], 'open'],
    ['names in place of addresses', [host('8237820e.local')], 'names'],
    ['none, though a server sees one', [mapped(1, stun)], 'hidden'],
    ['none at all', [], 'none'],
  ] as const)('%s', (_what, candidates, addresses) => {
    expect(read({ candidates }).addresses).toBe(addresses);
  });

  test('are not looked at where the person hides the address', () => {
    expect(read({ candidates: [relayed(turnUdp)] }, { servers: [turnUdp], hidesAddress: true })).toMatchObject({
      addresses: 'unseen',
      ipv4: false,
      turn: 'works',
    });
  });

  test.each([
    [['192.168.1.2'], true, false, 'none'],
    [['192.168.1.2', '2001:db8::2'], true, true, 'none'],
    [['2001:db8::2', 'fe80::2', 'fd00::2'], false, true, 'none'],
    [['fd00::2'], false, false, 'none'],
    [['192.168.1.2', '201:aaaa::1'], true, false, 'yggdrasil'],
    [['400:aaaa::1'], false, false, 'mycelium'],
    [['400:aaaa::1', '300::9'], false, false, 'both'],
  ] as const)('%j: IPv4 %s, IPv6 %s, overlay %s', (addresses, ipv4, ipv6, overlay) => {
    expect(read({ candidates: addresses.map((one) => host(one)) })).toMatchObject({ ipv4, ipv6, overlay });
  });
});

describe('behind names in place of addresses', () => {
  const name = host('8237820e.local');
  const relayedFor = (relatedAddress: string): GatheredCandidate => ({ ...relayed(turnUdp), relatedAddress });

  test('a STUN server tells nothing of IPv6, which nothing translates', () => {
    const found = read({ candidates: [name] }, { servers: [stun] });
    expect(found).toMatchObject({ stun: 'answers', ipv4: false, ipv6: false });
  });

  test.each([
    ['2001:db8::2', false, true],
    ['198.51.100.7', true, false],
    ['0.0.0.0', false, false],
    ['::', false, false],
  ])('a TURN server that saw %s: IPv4 %s, IPv6 %s', (seen, ipv4, ipv6) => {
    expect(read({ candidates: [name, relayedFor(seen)] }, { servers: [turnUdp] })).toMatchObject({ ipv4, ipv6 });
  });

  test('nothing of it is looked at where the person hides the address', () => {
    const candidates = [relayedFor('2001:db8::2')];
    expect(read({ candidates }, { servers: [turnUdp], hidesAddress: true }).ipv6).toBe(false);
  });
});

describe('the kind of NAT', () => {
  const both = { servers: [stun, otherStun] };

  test('two servers see two ports of one socket: address-dependent', () => {
    const candidates = [home, mapped(1_001, stun), mapped(1_002, otherStun)];
    expect(read({ candidates }, both).nat).toBe('address-dependent');
  });

  test('two sockets have two ports anyway', () => {
    const candidates = [home, mapped(1_001, stun), mapped(1_002, otherStun, 40_001)];
    expect(read({ candidates }, both).nat).toBe('address-independent');
  });

  test('both servers answered and one candidate came: address-independent, the second was a copy', () => {
    expect(read({ candidates: [home, mapped(1_001, stun)] }, both).nat).toBe('address-independent');
  });

  test.each([
    ['the second did not answer in time', { complete: false }, both],
    ['the second could not be asked', { errors: [{ url: otherStun, code: 701, text: 'STUN host lookup' }] }, both],
    ['there is only one server', {}, { servers: [stun] }],
    ['both servers are one machine', {}, { servers: [stun, turnUdp] }],
  ])('cannot be told where %s', (_why, gathered, world) => {
    expect(read({ candidates: [home, mapped(1_001, stun)], ...gathered }, world).nat).toBe('unknown');
  });

  test('a server answers and sees the own public address: none', () => {
    expect(read({ candidates: [host('198.51.100.9')] }, { servers: [stun] }).nat).toBe('none');
    expect(read({ candidates: [host('198.51.100.9')], complete: false }, { servers: [stun] }).nat).toBe('unknown');
  });

  test('a server inside the own network says nothing of the router', () => {
    expect(read({ candidates: [home] }, { servers: [stun] }).nat).toBe('unknown');
  });

  test('is told for IPv4 only', () => {
    const candidates = [home, mapped(1, stun, 40_000, '2001:db8::9'), mapped(2, otherStun, 40_000, '2001:db8::9')];
    expect(read({ candidates }, both).nat).toBe('unknown');
  });
});

describe('UDP', () => {
  test.each([
    ['no server to ask', {}, [], 'untested'],
    ['only servers over TCP', { candidates: [relayed(turnTcp)] }, [turnTcp], 'untested'],
    ['a server that answers', { candidates: [mapped(1, stun)] }, [stun], 'works'],
    ['a TURN server that says no', { errors: [{ url: turnUdp, code: 401, text: '' }] }, [turnUdp], 'works'],
    ['one silent server', { complete: false }, [stun], 'silent'],
    ['two addresses of one silent machine', { complete: false }, [stun, turnUdp], 'silent'],
    ['two silent machines', { complete: false }, [stun, otherStun], 'blocked'],
    [
      'a machine that answers over TCP only',
      { candidates: [home, relayed(turnTcp)], complete: false },
      [turnUdp, turnTcp],
      'blocked',
    ],
    [
      'a machine that answers over TLS only',
      { candidates: [home, relayed(turnTls)], complete: false },
      [stun, turnTls],
      'blocked',
    ],
    [
      'a silent machine, and another one that answers over TCP',
      { candidates: [home, relayed(turnTcp)], complete: false },
      [otherStun, turnTcp],
      'silent',
    ],
    ['a name that nobody knows', { errors: [{ url: stun, code: 701, text: 'lookup' }] }, [stun], 'silent'],
  ] as const)('%s', (_what, gathered, servers, udp) => {
    expect(read({ candidates: [home], ...gathered } as Partial<Gathered>, { servers }).udp).toBe(udp);
  });

  test('a silent machine that says no over TCP, or was seen to answer there, is not down: blocked', () => {
    const errors = [{ url: turnTcp, code: 401, text: '' }];
    expect(read({ candidates: [home], errors, complete: false }, { servers: [turnUdp, turnTcp] }).udp).toBe('blocked');
    const asked = { servers: [stun, turnUdp], answerOverTcp: ['one.example'] };
    expect(read({ candidates: [home], complete: false }, asked).udp).toBe('blocked');
    expect(read({ candidates: [home], complete: false }, { ...asked, servers: [otherStun] }).udp).toBe('silent');
  });

  test('is not called blocked while nothing else answers either', () => {
    expect(read({ complete: false }, { servers: [stun, otherStun], tcpWorks: false }).udp).toBe('silent');
  });

  test('a gathering that ends at once without any interface is no answer', () => {
    expect(read({ candidates: [] }, { servers: [stun] })).toMatchObject({ udp: 'silent', stun: 'silent' });
  });
});

describe('TURN', () => {
  test.each([
    ['none', {}, [stun], 'unset'],
    ['an address from it', { candidates: [relayed(turnUdp)] }, [turnUdp], 'works'],
    ['a wrong password', { errors: [{ url: turnUdp, code: 401, text: 'Unauthorized' }] }, [turnUdp], 'refused'],
    ['no room', { errors: [{ url: turnUdp, code: 486, text: 'Quota' }] }, [turnUdp], 'refused'],
    ['an untrusted certificate', { errors: [{ url: turnTls, code: 701, text: '' }] }, [turnTls], 'unreachable'],
    ['no answer', { complete: false }, [turnTcp], 'silent'],
    ['time out', { errors: [{ url: turnUdp, code: 701, text: 'request timed out.' }] }, [turnUdp], 'silent'],
  ] as const)('%s', (_what, gathered, servers, turn) => {
    expect(read(gathered as Partial<Gathered>, { servers }).turn).toBe(turn);
  });

  test('counts what works and by which way, whatever the browser calls the server', () => {
    const servers = ['turn:one.example', 'turn:ONE.example:3478?transport=tcp', 'turns:one.example:443'];
    const errors = [{ url: turnTls, code: 701, text: '' }];
    const found = read({ candidates: [relayed(turnUdp), relayed(turnTcp, '2001:db8::9')], errors }, { servers });
    expect(found.turnServers).toEqual({ total: 3, working: 2, udp: true, tcp: true, tls: false });
    expect(found).toMatchObject({ turn: 'works', turnIpv4: true, turnIpv6: true });
  });

  test('an address without its server, as Firefox tells it, belongs to the only server there is', () => {
    expect(read({ candidates: [relayed(undefined)] }, { servers: [turnTls] }).turnServers).toMatchObject({ tls: true });
    expect(read({ candidates: [relayed(undefined)] }, { servers: [turnTls, turnUdp] })).toMatchObject({
      turn: 'works',
      turnServers: { working: 0 },
    });
  });
});

describe('several gatherings at the same time', () => {
  const world: GatheringWorld = { tcpWorks: true, answerOverTcp: [], hidesAddress: false };
  const together: Gathered = { asked: [stun, turnUdp], candidates: [home], errors: [], complete: false };
  const alone = (url: string, ...candidates: GatheredCandidate[]): Gathered => ({
    asked: [url],
    candidates,
    errors: [],
    complete: true,
  });

  test('a candidate without its server belongs to the one that was asked alone', () => {
    const gatherings = [together, alone(turnTcp, relayed(undefined)), alone(turnTls)];
    expect(readGathered(gatherings, world).turnServers).toEqual({
      total: 3,
      working: 1,
      udp: false,
      tcp: true,
      tls: false,
    });
  });

  test('one that does not come to its end says nothing about servers that it did not ask', () => {
    const done = { ...alone(stun, host('198.51.100.9')) };
    const endless: Gathered = { ...alone(turnTcp), complete: false };
    expect(readGathered([done, endless], world)).toMatchObject({ stun: 'answers', nat: 'none', turn: 'silent' });
    expect(readGathered([{ ...done, complete: false }, alone(turnTcp)], world)).toMatchObject({ stun: 'silent' });
  });
});

describe('what the other side may hear', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  const candidate = fc.record({
    type: fc.constantFrom('host' as const, 'srflx' as const, 'relay' as const),
    protocol: fc.constant('udp' as const),
    address,
    port: fc.integer({ min: 1, max: 65_535 }),
    url: fc.constantFrom(stun, otherStun, turnUdp, turnTcp, turnTls),
    relatedAddress: address,
    relatedPort: fc.integer({ min: 0, max: 65_535 }),
  });

  test('is words and yes or no, never an address, a port, a name or a number', () => {
    fc.assert(
      fc.property(fc.array(candidate), fc.boolean(), (candidates, complete) => {
        const found = read({ candidates, complete }, { servers: [stun, otherStun, turnUdp, turnTcp, turnTls] });
        const told = sharedFindings({ ...ownNetwork(), ...found });
        for (const value of Object.values(told)) expect(['boolean', 'string']).toContain(typeof value);
        expect(JSON.stringify(told)).not.toMatch(/\d{2,}|\.|example|::/);
      }),
    );
  });
});
