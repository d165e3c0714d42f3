// STUN and TURN servers: what is read from an address, what is refused and why, and which servers a call asks.
import { describe, expect, it } from 'vitest';
import {
  askableServers,
  formatIceAddress,
  type IceAddress,
  type IceServer,
  readIceAddress,
  readIceServer,
  type TypedIceServer,
  timeLimitedUser,
  typedFrom,
} from '../../../src/core/network/ice-server.ts';

const turnOverTls = { kind: 'turn', transport: 'tls' } as const;

describe('an address', () => {
  it.each<[string, IceAddress, string]>([
    ['stun:stun.example.org', { kind: 'stun', transport: 'udp', host: 'stun.example.org', port: 3478 }, ':3478'],
    [
      'STUN:Stun.Example.ORG:19302',
      { kind: 'stun', transport: 'udp', host: 'stun.example.org', port: 19302 },
      ':19302',
    ],
    ['turn:turn.example.org', { kind: 'turn', transport: 'udp', host: 'turn.example.org', port: 3478 }, ':3478'],
    [
      'turn:turn.example.org?transport=udp',
      { kind: 'turn', transport: 'udp', host: 'turn.example.org', port: 3478 },
      ':3478',
    ],
    [
      'turn:198.51.100.7:443?transport=tcp',
      { kind: 'turn', transport: 'tcp', host: '198.51.100.7', port: 443 },
      ':443?transport=tcp',
    ],
    [
      'turns:turn.example.org',
      { kind: 'turn', transport: 'tls', host: 'turn.example.org', port: 5349 },
      ':5349?transport=tcp',
    ],
    [
      'turns:[2001:DB8::7]:443?Transport=TCP',
      { kind: 'turn', transport: 'tls', host: '[2001:db8::7]', port: 443 },
      ':443?transport=tcp',
    ],
    ['  turn://turn.example.org:1 ', { kind: 'turn', transport: 'udp', host: 'turn.example.org', port: 1 }, ':1'],
    ['stun:[::ffff:192.0.2.1]', { kind: 'stun', transport: 'udp', host: '[::ffff:192.0.2.1]', port: 3478 }, ']:3478'],
    ['turn:coturn', { kind: 'turn', transport: 'udp', host: 'coturn', port: 3478 }, 'turn:coturn:3478'],
    ['turn:my_turn.lan:65535', { kind: 'turn', transport: 'udp', host: 'my_turn.lan', port: 65535 }, ':65535'],
  ])('%s is read, and written so that it reads the same', (typed, address, ending) => {
    expect(readIceAddress(typed)).toEqual(address);
    expect(formatIceAddress(address).endsWith(ending)).toBe(true);
    expect(readIceAddress(formatIceAddress(address))).toEqual(address);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['https://turn.example.org', 'other-scheme'],
    ['turn.example.org', 'other-scheme'],
    ['stuns:stun.example.org', 'stun-over-tls'],
    ['turn:alice@turn.example.org', 'user-in-address'],
    ['turn:', 'no-host'],
    ['turn::3478', 'no-host'],
    ['turn:?transport=tcp', 'no-host'],
    ['turn:turn..example.org', 'bad-name'],
    ['turn:-turn.example.org', 'bad-name'],
    ['turn:türn.example.org', 'bad-name'],
    [`turn:${'a'.repeat(64)}.org`, 'bad-name'],
    [`turn:${'a.'.repeat(130)}org`, 'bad-name'],
    ['turn:198.51.100', 'bad-ipv4'],
    ['turn:198.51.100.256', 'bad-ipv4'],
    ['turn:198.51.100.07', 'bad-ipv4'],
    ['turn:[2001:db8::g]', 'bad-ipv6'],
    ['turn:[2001:db8::1', 'bad-ipv6'],
    ['turn:[fe80::1%eth0]', 'bad-ipv6'],
    ['turn:[2001:db8::1]443', 'bad-ipv6'],
    ['turn:2001:db8::1', 'bare-ipv6'],
    ['turn:turn.example.org:', 'bad-port'],
    ['turn:turn.example.org:0', 'bad-port'],
    ['turn:turn.example.org:65536', 'bad-port'],
    ['turn:turn.example.org:34a', 'bad-port'],
    ['turn:turn.example.org?transport=tls', 'bad-transport'],
    ['turn:turn.example.org?transport=', 'bad-transport'],
    ['stun:stun.example.org?transport=udp', 'stun-transport'],
    ['turns:turn.example.org?transport=udp', 'tls-over-udp'],
    ['turn:turn.example.org/', 'extra-text'],
    ['turn:turn.example.org 3478', 'extra-text'],
    ['turn:turn.example.org#x', 'extra-text'],
    ['turn:turn.example.org?x=y', 'extra-text'],
    ['turn:turn.example.org?transport=tcp&x=y', 'extra-text'],
    ['turn:turn.example.org?transport=tcp?transport=tcp', 'extra-text'],
  ])('%j is refused: %s', (typed, refused) => {
    expect(readIceAddress(typed)).toEqual({ refused });
  });

  it.each([
    ['turn.example.org', { kind: 'turn', transport: 'tls' }, 'turns:turn.example.org:5349?transport=tcp'],
    ['turn.example.org:443', { kind: 'turn', transport: 'tcp' }, 'turn:turn.example.org:443?transport=tcp'],
    ['[2001:db8::7]', { kind: 'turn', transport: 'udp' }, 'turn:[2001:db8::7]:3478'],
    ['stun.example.org', { kind: 'stun', transport: 'tls' }, 'stun:stun.example.org:3478'],
    ['turn.example.org?transport=tcp', { kind: 'turn', transport: 'udp' }, 'turn:turn.example.org:3478?transport=tcp'],
    // A whole address says it itself.
    ['stun:stun.example.org', { kind: 'turn', transport: 'tls' }, 'stun:stun.example.org:3478'],
    ['turn:turn.example.org', { kind: 'turn', transport: 'tcp' }, 'turn:turn.example.org:3478'],
  ] as const)('%s under a choice of %o is %s', (typed, chosen, urls) => {
    const address = readIceAddress(typed, chosen);
    expect('refused' in address ? address : formatIceAddress(address)).toBe(urls);
  });

  it.each([
    ['https://turn.example.org', 'other-scheme'],
    ['turn.example.org?transport=udp', 'tls-over-udp'],
    ['2001:db8::1', 'bare-ipv6'],
  ])('%s under a choice of TURN over TLS is refused: %s', (typed, refused) => {
    expect(readIceAddress(typed, turnOverTls)).toEqual({ refused });
  });
});

describe('a server that a person types', () => {
  const typed: TypedIceServer = {
    kind: 'turn',
    transport: 'udp',
    address: 'turn.example.org',
    user: ' alice ',
    signsInWith: 'password',
    password: ' p w ',
  };
  const kept: IceServer = { urls: 'turn:turn.example.org:3478', username: 'alice', credential: ' p w ' };

  it('keeps its password as it is, and the user name without spaces around it', () => {
    expect(readIceServer(typed, [])).toEqual(kept);
  });

  it('with a shared secret keeps that instead of a password, with a user name or without', () => {
    const withSecret = { ...typed, signsInWith: 'secret' } as const;
    expect(readIceServer(withSecret, [])).toEqual({ urls: kept.urls, username: 'alice', secret: ' p w ' });
    expect(readIceServer({ ...withSecret, user: ' ' }, [])).toEqual({ urls: kept.urls, secret: ' p w ' });
  });

  it('for STUN keeps nothing but the address', () => {
    expect(readIceServer({ ...typed, kind: 'stun' }, [])).toEqual({ urls: 'stun:turn.example.org:3478' });
  });

  it.each<[string, Partial<TypedIceServer>, string]>([
    ['no address', { address: '' }, 'empty'],
    ['no user name', { user: '  ' }, 'needs-user'],
    ['no password', { password: '' }, 'needs-password'],
    ['no secret', { signsInWith: 'secret', password: '' }, 'needs-secret'],
    ['a very long password', { password: 'x'.repeat(257) }, 'too-long'],
    ['a very long user name', { user: 'x'.repeat(257), signsInWith: 'secret' }, 'too-long'],
  ])('with %s is refused', (_, change, refused) => {
    expect(readIceServer({ ...typed, ...change }, [])).toEqual({ refused });
  });

  it.each([
    ['turn:turn.example.org', 'known'],
    ['TURN:turn.example.org:3478?transport=udp', 'known'],
    ['turn:turn.example.org?transport=tcp', undefined],
    ['turns:turn.example.org', undefined],
    ['stun:turn.example.org', undefined],
    ['turn:turn.example.org:5349', undefined],
  ])('is known when %s is in the list: %s', (urls, refused) => {
    const read = readIceServer(typed, [{ urls }]);
    expect('refused' in read ? read.refused : undefined).toBe(refused);
  });

  it.each<IceServer>([
    kept,
    { urls: 'turn:turn.example.org:3478', secret: 's' },
    { urls: 'turns:[2001:db8::7]:443?transport=tcp', username: 'u', secret: 's' },
    { urls: 'stun:stun.example.org:3478' },
  ])('comes back into the fields as it was: %o', (server) => {
    expect(readIceServer(typedFrom(server), [])).toEqual(server);
  });

  it('whose kept address cannot be read comes into the fields to be mended', () => {
    expect(typedFrom({ urls: 'turn:a b', username: 'u', credential: 'p' })).toMatchObject({
      kind: 'turn',
      address: 'turn:a b',
      user: 'u',
      password: 'p',
    });
  });
});

describe('the servers that a call asks', () => {
  const stun: IceServer = { urls: 'stun:stun.example' };
  const turn: IceServer = { urls: 'turn:turn.example', username: 'u', credential: 'p' };
  const withSecret: IceServer = { urls: 'turns:turn.example?transport=tcp', secret: 's' };
  const unusable: readonly IceServer[] = [
    { urls: 'stun:stun.example?transport=tcp' },
    { urls: 'turn:a b', username: 'u', credential: 'p' },
    { urls: 'turn:no-password.example' },
    { urls: 'turn:no-user.example', credential: 'p' },
    { urls: 'turn:empty.example', username: 'u', credential: '' },
  ];

  it('are those that a browser takes: one bad address would make it refuse them all', () => {
    expect(askableServers([stun, ...unusable, turn, withSecret])).toEqual([stun, turn, withSecret]);
  });

  it('are only those that relay when the address stays hidden', () => {
    expect(askableServers([stun, ...unusable, turn, withSecret], true)).toEqual([turn, withSecret]);
    expect(askableServers([stun, ...unusable], true)).toEqual([]);
  });
});

describe('the user name for a password that expires', () => {
  it('begins with the second when it does, a day from now', () => {
    expect(timeLimitedUser('alice', 1_700_000_000_999)).toBe('1700086400:alice');
  });

  it('is that second alone without a user name', () => {
    expect(timeLimitedUser(undefined, 1_700_000_000_000)).toBe('1700086400');
    expect(timeLimitedUser('', 1_700_000_000_000)).toBe('1700086400');
  });
});
