// What a probe of one server says about that server, as Chromium and Firefox were seen to tell it.
import { expect, it } from 'vitest';
import type { FoundCandidate, IceProbeResult } from '../../src/connectivity/ice-probe.ts';
import { judgeServer, type ServerVerdict } from '../../src/connectivity/server-verdict.ts';
import { type IceAddress, readIceAddress } from '../../src/core/network/ice-server.ts';

const found = (type: FoundCandidate['type'], address: string, more: Partial<FoundCandidate> = {}): FoundCandidate => ({
  type,
  protocol: 'udp',
  address,
  port: 50_000,
  atMs: 20,
  ...more,
});
const host = found('host', '192.0.2.7');
const srflx = found('srflx', '203.0.113.7');
const overUdp = found('relay', '198.51.100.1', { relayProtocol: 'udp' });
const error = (code: number, text = '') => ({ url: 'turn:turn.example', code, text, atMs: 60 });

it.each<[string, string, Partial<IceProbeResult>, ServerVerdict]>([
  [
    'STUN tells the public address, once for each that there is',
    'stun:s.example',
    { candidates: [host, srflx, { ...srflx, port: 50_001 }, found('srflx', '2001:db8::7')] },
    { verdict: 'works', publicAddresses: ['203.0.113.7', '2001:db8::7'], relays: [] },
  ],
  ['STUN tells what we know already', 'stun:s.example', { candidates: [host] }, { verdict: 'untranslated' }],
  ['STUN says nothing', 'stun:s.example', { candidates: [host], complete: false }, { verdict: 'silent' }],
  ['STUN, offline', 'stun:s.example', {}, { verdict: 'no-network' }],
  [
    'STUN, Chromium finds no such name',
    'stun:s.example',
    { candidates: [host], errors: [error(701, 'STUN host lookup received error.')] },
    { verdict: 'unknown-name' },
  ],
  [
    'STUN, Firefox finds no such name and says only that it failed',
    'stun:s.example',
    { candidates: [host], errors: [error(701)] },
    { verdict: 'unreachable' },
  ],
  [
    'STUN, Chromium gave up waiting',
    'stun:s.example',
    { candidates: [host], errors: [error(701, 'STUN binding request timed out.')] },
    { verdict: 'silent' },
  ],
  [
    'STUN with an address of the other family',
    'stun:s.example',
    { candidates: [host], errors: [error(701, 'STUN server address is incompatible.')] },
    { verdict: 'other-family' },
  ],
  [
    'TURN gives a relay address, and tells the public one on the way',
    'turn:t.example',
    { candidates: [host, srflx, overUdp, { ...overUdp, port: 50_001 }] },
    {
      verdict: 'works',
      publicAddresses: ['203.0.113.7'],
      relays: [{ address: '198.51.100.1', transport: 'udp' }],
    },
  ],
  [
    'TURN over TLS gives a relay address',
    'turns:t.example',
    { candidates: [host, { ...overUdp, relayProtocol: 'tls' }] },
    { verdict: 'works', publicAddresses: [], relays: [{ address: '198.51.100.1', transport: 'tls' }] },
  ],
  [
    'TURN works although one of our interfaces cannot reach it',
    'turn:t.example',
    { candidates: [host, overUdp], errors: [error(701, 'TURN host lookup received error.')] },
    { verdict: 'works', publicAddresses: [], relays: [{ address: '198.51.100.1', transport: 'udp' }] },
  ],
  [
    'TURN that only works as STUN is no TURN server',
    'turn:t.example',
    { candidates: [host, srflx], errors: [error(701), error(401, 'Unauthorized.')] },
    { verdict: 'unauthorized' },
  ],
  [
    'TURN is full',
    'turn:t.example',
    { candidates: [host], errors: [error(486, 'Allocation Quota Reached')] },
    { verdict: 'refused', code: 486, text: 'Allocation Quota Reached' },
  ],
  [
    'TURN over TCP, nobody listens',
    'turn:t.example?transport=tcp',
    { candidates: [host], errors: [error(701, 'Failed to establish connection')] },
    { verdict: 'unreachable' },
  ],
  [
    'TURN over TLS, Chromium does not trust it',
    'turns:t.example',
    { candidates: [host], errors: [error(701, 'Failed to establish connection')] },
    { verdict: 'untrusted-or-unreachable' },
  ],
  [
    'TURN over TLS, Firefox does not trust it and says nothing at all',
    'turns:t.example',
    { candidates: [host] },
    { verdict: 'untrusted-or-unreachable' },
  ],
  ['TURN over UDP, nobody there', 'turn:t.example', { candidates: [host], complete: false }, { verdict: 'silent' }],
  ['TURN, done without a word', 'turn:t.example', { candidates: [host] }, { verdict: 'unreachable' }],
  ['TURN, offline', 'turns:t.example', {}, { verdict: 'no-network' }],
])('%s', (_, urls, result, verdict) => {
  const address = readIceAddress(urls) as IceAddress;
  expect(judgeServer(address, { candidates: [], errors: [], complete: true, ...result })).toEqual(verdict);
});

it.each([
  ['Firefox, which says no more than that it could not ask', '', 'Pässword', 'password-not-sent'],
  ['Firefox with a plain password', '', 'p ~!', 'unreachable'],
  ['Chromium, which sends it', 'Failed to establish connection', 'Pässword', 'unreachable'],
])('a TURN server with a password: %s', (_, words, password, verdict) => {
  const address = readIceAddress('turn:t.example') as IceAddress;
  const result = { candidates: [host], errors: [error(701, words)], complete: true };
  expect(judgeServer(address, result, password)).toEqual({ verdict });
});
