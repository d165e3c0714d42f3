import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { runsToKeysAddress } from '../../../src/call/model/keys-address.ts';
import type { LinkWay } from '../../../src/core/network/link-way.ts';
import { linkSample } from '../../support/samples/link-samples.ts';
import vectors from '../../vectors/overlay-addresses.json' with { type: 'json' };

const [alice, bob] = vectors.yggdrasil as [{ ed25519: string; address: string }, { ed25519: string; address: string }];
const way: LinkWay = {
  localKind: 'host',
  remoteKind: 'host',
  protocol: 'udp',
  relayProtocol: undefined,
  localAddress: alice.address,
  remoteAddress: bob.address,
};

const runs = (change: Partial<LinkWay>, contactId = bob.ed25519) =>
  runsToKeysAddress({ statistics: signal(linkSample({ way: { ...way, ...change } })), contactId: signal(contactId) });

describe('overlay addresses: a call', () => {
  test('that ends at the address of the contact’s key runs to it', () => {
    expect(runs({})).toBe(true);
  });

  test.each([
    ['the address of another key', {}, alice.ed25519],
    ['an ordinary address', { remoteAddress: '192.0.2.1' }, bob.ed25519],
    ['an address that the browser hides', { remoteAddress: undefined }, bob.ed25519],
    // A TURN server may say of itself what it likes.
    ['a TURN server', { remoteKind: 'relay' as const }, bob.ed25519],
    ['somebody who is not known yet', {}, ''],
  ])('that ends at %s does not', (_what, change, contactId) => {
    expect(runs(change, contactId)).toBe(false);
  });

  test('without statistics is not known to', () => {
    expect(runsToKeysAddress({ statistics: signal(undefined), contactId: signal(bob.ed25519) })).toBe(false);
  });
});
