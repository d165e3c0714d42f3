// Which relays of other people's links this browser asks (M8).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv6Groups } from '../../../src/core/base/ip-address.ts';
import { suggestedRelays } from '../../../src/core/data/settings.ts';
import { isPublicRelayUrl, relaysFromOthers, relaysToReach } from '../../../src/core/network/others-relays.ts';
import { isAcceptableRelayUrl } from '../../../src/core/network/relay-address.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const outside = [
  ...suggestedRelays,
  'wss://relay.example.org',
  'wss://relay.example.org:8443/',
  'mqtt+wss://broker.example.net:8884/mqtt',
  'wss://RELAY.Example.org/ws/v1',
  'wss://93.184.216.34',
  'wss://172.32.0.1',
  'wss://100.128.0.1',
  'wss://169.253.0.1',
  'wss://[2606:2800:220:1::1]',
  'wss://[200:1234::1]',
  'wss://[301:abcd::7]:8443/',
  'wss://[400::1]',
  'wss://[5ff:1::1]',
  'wss://local.example.org',
  'wss://internal.example',
  'wss://xn--bcher-kva.example',
];

const inside = [
  'ws://127.0.0.1:7777',
  'wss://127.0.0.1',
  'wss://127.9.9.9/',
  'ws://localhost:80',
  'wss://localhost',
  'wss://LOCALHOST',
  'wss://a.localhost',
  'wss://localhost.',
  'ws://[::1]:7777/',
  'wss://[::1]',
  'wss://[0:0:0:0:0:0:0:1]',
  'wss://[::]',
  'wss://0.0.0.0',
  'wss://0.1.2.3',
  'wss://10.0.0.1',
  'wss://100.64.0.1',
  'wss://100.127.255.255',
  'wss://169.254.169.254/latest/meta-data',
  'wss://172.16.0.1',
  'wss://172.31.255.255',
  'wss://192.168.0.1',
  'wss://192.0.0.8',
  'wss://198.18.0.1',
  'wss://198.19.255.255',
  'wss://224.0.0.251',
  'wss://255.255.255.255',
  'wss://240.0.0.1',
  'wss://127.1',
  'wss://0x7f.1',
  'wss://0x7f000001',
  'wss://2130706433',
  'wss://0177.0.0.1',
  'wss://017700000001',
  'wss://127.0.0.1.',
  'wss://192.168.0.1.',
  'wss://[::ffff:127.0.0.1]',
  'wss://[::ffff:7f00:1]',
  'wss://[::ffff:c0a8:1]',
  'wss://[::127.0.0.1]',
  'wss://[64:ff9b::7f00:1]',
  'wss://[64:ff9b:1::a00:1]',
  'wss://[2002:7f00:1::]',
  'wss://[2002:c0a8:1::1]',
  'wss://[2001::1]',
  'wss://[fe80::1]',
  'wss://[febf::1]',
  'wss://[fc00::1]',
  'wss://[fd12:3456::1]',
  'wss://[ff02::fb]',
  'wss://[FD00::1]',
  'wss://[fec0::1]',
  'wss://printer.local',
  'wss://printer.LOCAL',
  'wss://printer.local.',
  'wss://vault.internal',
  'wss://nas.home.arpa',
  'wss://router',
  'wss://nas.lan',
  'wss://intranet.corp',
  'wss://box.localdomain',
];

const odd = [
  'ws://relay.example.org',
  'wss://user:password@relay.example.org',
  'wss://user@relay.example.org',
  'wss://relay.example.org?confirm=yes',
  'wss://relay.example.org/?confirm=yes',
  'wss://relay.example.org/router/reboot?confirm=yes',
  'wss://relay.example.org/a#b',
  'wss://relay.example.org/a;b=c',
  'wss://relay.example.org/a=b&c',
  'wss://relay.example.org/../admin',
  'wss://relay.example.org/./x',
  `wss://relay.example.org/${'x'.repeat(64)}`,
  'https://relay.example.org',
  'relay.example.org',
  '',
];

describe('a relay that somebody else names', () => {
  it.each(outside)('may be %s', (url) => {
    expect(isAcceptableRelayUrl(url)).toBe(true);
    expect(relaysFromOthers([url], [])).toEqual([url]);
  });

  it.each([...inside, ...odd])('may not be %j', (url) => {
    expect(relaysFromOthers([url], ['wss://relay.damus.io/'])).toEqual([]);
  });

  it('may be any relay of the own list, in whatever spelling', () => {
    const own = ['ws://127.0.0.1:7777/', 'mqtt+wss://192.168.0.5/mqtt', 'wss://NAS.lan:443/?room=1'];
    const named = ['ws://127.0.0.1:7777', 'wss://192.168.0.5:443/mqtt', 'wss://nas.lan/?room=1'];
    expect(relaysFromOthers(named, own)).toEqual(named);
    const others = ['ws://127.0.0.1:7778', 'ws://127.0.0.1:7777/x', 'wss://192.168.0.5/other', 'wss://nas.lan/?room=2'];
    expect(relaysFromOthers(others, own)).toEqual([]);
  });

  it('is left out beside others; where none is left, the own relays are asked', () => {
    const own = ['wss://relay.damus.io/'];
    expect(relaysToReach({ relays: ['wss://192.168.0.1', 'wss://relay.example.org'] }, own)).toEqual([
      'wss://relay.example.org',
    ]);
    expect(relaysToReach({ relays: ['wss://192.168.0.1'] }, own)).toEqual(own);
    expect(relaysToReach({ relays: [] }, own)).toEqual(own);
  });

  // What counts is how the browser reads the address.
  it('is nowhere in private networks as the URL class of browsers reads it, however it is written', () => {
    const number = fc.oneof(
      fc.nat(255).map(String),
      fc.nat(255).map((byte) => `0x${byte.toString(16)}`),
      fc.nat(255).map((byte) => `0${byte.toString(8)}`),
      fc.nat(0xffff_ffff).map(String),
    );
    const host = fc.oneof(
      fc.array(number, { minLength: 1, maxLength: 4 }).map((bytes) => bytes.join('.')),
      fc
        .constantFrom('10', '127', '192', '169', '172', '100')
        .chain((first) => fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((rest) => [first, ...rest].join('.'))),
      fc.ipV6().map((address) => `[${address}]`),
      fc.ipV4().map((address) => `[::ffff:${address}]`),
      fc
        .tuple(fc.domain(), fc.constantFrom('', '.', '.local', '.LocalHost', '.internal'))
        .map((labels) => labels.join('')),
    );
    fc.assert(
      fc.property(host, fc.constantFrom('', '/', ':8443/a'), (name, rest) => {
        const text = `wss://${name}${rest}`;
        if (!isPublicRelayUrl(text)) return;
        const { hostname } = new URL(text);
        expect(hostname).not.toMatch(
          /^(?:(?:0|10|127|22[4-9]|2[3-5]\d)\.\d+|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d+\.\d+$|^\[(?:::|f|64:ff9b)|(?:^|\.)(?:localhost|local|internal)\.?$/i,
        );
      }),
      { numRuns: fuzzRuns(5_000) },
    );
  });
});

describe('ipv6Groups', () => {
  it.each([
    ['::1', [0, 0, 0, 0, 0, 0, 0, 1]],
    ['::', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['2001:db8::1:2', [0x2001, 0xdb8, 0, 0, 0, 0, 1, 2]],
    ['::ffff:192.168.0.1', [0, 0, 0, 0, 0, 0xffff, 0xc0a8, 1]],
    ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['1::', [1, 0, 0, 0, 0, 0, 0, 0]],
  ])('of %s', (address, groups) => {
    expect(ipv6Groups(address)).toEqual(groups);
  });
});
