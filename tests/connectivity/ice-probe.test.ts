// How the candidates of different browsers are read: the same network looks the same in each of them.
import { describe, expect, test } from 'vitest';
import { readCandidate } from '../../src/connectivity/ice-probe.ts';

type Candidate = Parameters<typeof readCandidate>[0];

const candidate = (change: Partial<Candidate>): Candidate => ({
  type: 'host',
  protocol: 'udp',
  address: '192.168.1.2',
  port: 40_000,
  relatedAddress: null,
  relatedPort: null,
  ...change,
});

describe('an IPv6 address', () => {
  test.each([
    ['Chromium', '[2001:db8::2]'],
    ['Firefox', '2001:db8::2'],
  ])('is the same address as %s writes it', (_browser, written) => {
    expect(readCandidate(candidate({ address: written }), undefined, 1)?.address).toBe('2001:db8::2');
    const relayed = candidate({ type: 'relay', address: '203.0.113.9', relatedAddress: written, relatedPort: 40_000 });
    expect(readCandidate(relayed, undefined, 1)?.relatedAddress).toBe('2001:db8::2');
  });
});

test('IPv4 addresses and names are left as they are', () => {
  for (const address of ['192.168.1.2', '8237820e.local'])
    expect(readCandidate(candidate({ address }), undefined, 1)?.address).toBe(address);
});

test('a candidate without an address is none', () => {
  expect(readCandidate(candidate({ address: null }), undefined, 1)).toBeUndefined();
});
