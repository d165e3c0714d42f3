// A server of a link as one thing in the settings: comes, is renewed and goes, and takes nothing else with it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ownServerName,
  passwordState,
  renewedBy,
  type ServerLists,
  withoutServer,
  withServer,
} from '../../../src/core/network/own-servers.ts';
import type { ServerLink } from '../../../src/core/network/server-link.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const before: ServerLists = {
  relays: ['wss://relay.example', 'wss://other.example'],
  iceServers: [{ urls: 'stun:stun.example:3478' }],
  ownServers: [],
};
const turn = 'turn:call.example.org:3478';
const link: ServerLink = {
  name: 'call.example.org',
  relays: ['mqtt+wss://call.example.org/mqtt'],
  iceServers: [{ urls: turn, username: '1:a', credential: 'old' }],
  page: 'https://call.example.org/join/',
  endsAt: 1_800_000_000_000,
};
const added = withServer(before, link);
const [server] = added.ownServers;
if (!server) throw new Error('no server was added');

describe('a server of a link', () => {
  test('comes with its relay first, and is removed without a trace', () => {
    expect(added.relays).toEqual(['mqtt+wss://call.example.org/mqtt', ...before.relays]);
    expect(added.iceServers).toEqual([...link.iceServers, ...before.iceServers]);
    expect(server).toEqual({
      name: link.name,
      relays: link.relays,
      iceServers: [turn],
      page: link.page,
      endsAt: link.endsAt,
    });
    expect(withoutServer(added, server)).toEqual(before);
  });

  test('takes the place of the same relay and TURN server that were typed before, whatever dialect was named', () => {
    const typed: ServerLists = {
      ...before,
      relays: ['wss://relay.example', 'wss://call.example.org/mqtt'],
      iceServers: [{ urls: turn, secret: 'typed' }],
    };
    expect(withServer(typed, link)).toMatchObject({
      relays: ['mqtt+wss://call.example.org/mqtt', 'wss://relay.example'],
      iceServers: link.iceServers,
    });
  });

  test('is renewed by another link of the same server: the new password in place of the old, and nothing twice', () => {
    const renewed: ServerLink = {
      ...link,
      iceServers: [{ urls: turn, username: '2:a', credential: 'new' }],
      endsAt: 1_900_000_000_000,
    };
    expect(renewedBy(added, renewed)).toEqual([server]);
    const after = withServer(added, renewed);
    expect(after.relays).toEqual(added.relays);
    expect(after.iceServers).toEqual([...renewed.iceServers, ...before.iceServers]);
    expect(after.ownServers).toHaveLength(1);
    expect(after.ownServers[0]).toMatchObject({ endsAt: renewed.endsAt });
    // What it has no longer goes with the old one.
    const relayOnly = withServer(added, { name: '', relays: link.relays, iceServers: [] });
    expect(relayOnly.iceServers).toEqual(before.iceServers);
  });

  test('beside another one: each goes alone, and what both name stays with the other', () => {
    const other: ServerLink = { name: 'other', relays: ['wss://b.example'], iceServers: [] };
    const both = withServer(added, other);
    expect(renewedBy(added, other)).toEqual([]);
    expect(both.relays[0]).toBe('wss://b.example');
    expect(withoutServer(both, server).relays).toEqual(['wss://b.example', ...before.relays]);
    const shared = { ...both, ownServers: both.ownServers.map((one) => ({ ...one, relays: ['wss://b.example'] })) };
    const [first] = shared.ownServers;
    if (!first) throw new Error('no server');
    expect(withoutServer(shared, first).relays).toContain('wss://b.example');
  });

  test('whose parts were removed by hand is removed all the same', () => {
    expect(withoutServer({ ...added, relays: before.relays, iceServers: [] }, server)).toEqual({
      ...before,
      iceServers: [],
    });
  });

  test('added and removed leaves any lists that do not name it as they were', () => {
    const lists = fc.record({
      relays: fc.uniqueArray(fc.constantFrom('wss://a.example', 'wss://b.example', 'nostr+wss://c.example')),
      iceServers: fc.uniqueArray(fc.constantFrom({ urls: 'stun:a.example:1' }, { urls: 'stun:b.example:1' })),
      ownServers: fc.constant([]),
    });
    fc.assert(
      fc.property(lists, (any) => {
        const now = withServer(any, link);
        const [one] = now.ownServers;
        expect(one && withoutServer(now, one)).toEqual(any);
      }),
      { numRuns: fuzzRuns(50) },
    );
  });
});

test.each([
  [{ name: 'Club', relays: ['wss://a.example'], iceServers: [] }, 'Club'],
  [{ name: '', relays: ['mqtt+wss://a.example/mqtt'], iceServers: [] }, 'a.example/mqtt'],
  [{ name: '', relays: [], iceServers: ['turn:a.example:3478'] }, 'a.example:3478'],
])('%j is called %s', (one, name) => {
  expect(ownServerName(one)).toBe(name);
});

test('a password is good, soon ends and has ended; a secret does not end', () => {
  const [endsAt, day] = [1_800_000_000_000, 86_400_000];
  expect(passwordState({}, endsAt)).toBe('good');
  expect(passwordState({ endsAt }, endsAt - 15 * day)).toBe('good');
  expect(passwordState({ endsAt }, endsAt - 14 * day)).toBe('ends-soon');
  expect(passwordState({ endsAt }, endsAt - 1)).toBe('ends-soon');
  expect(passwordState({ endsAt }, endsAt)).toBe('ended');
});
