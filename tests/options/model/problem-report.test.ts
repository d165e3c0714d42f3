// What a report of a problem says: kinds and counts, and nothing by which a person or a server could be found.
import { expect, test } from 'vitest';
import { defaultSettings } from '../../../src/core/data/settings.ts';
import { problemReport } from '../../../src/options/model/problem-report.ts';

const relays = ['wss://alice:secret@relay.example/path', 'wss://second.example'];

const report = problemReport({
  version: '1.2.3',
  userAgent: 'Browser/9',
  settings: {
    ...defaultSettings,
    relays,
    iceServers: [{ urls: 'turns:turn.example:443', username: 'alice', credential: 'secret' }, { urls: 'nonsense' }],
    hideAddress: true,
  },
  relayStates: [{ url: relays[0] ?? '', phase: 'up', dialect: 'nostr' }],
  contacts: 12,
});

test('report of a problem: says versions, kinds and counts', () => {
  for (const line of [
    'FreeFlow Connect 1.2.3',
    'Browser/9',
    'relays: up (nostr), unknown',
    'servers: turn/tls, unusable',
    'hides address: yes',
    'contacts: 12',
  ])
    expect(report.split('\n')).toContain(line);
});

// Seen to fail with the address of a relay in it.
test('report of a problem: names no relay, server, user or password', () => {
  expect(report).not.toMatch(/example|alice|secret|wss?:|nonsense/);
});

test('report of a problem: without relays and servers it says so', () => {
  const empty = problemReport({ version: '1', userAgent: '', settings: defaultSettings, relayStates: [], contacts: 0 });
  expect(empty).toContain('relays: none\nservers: none');
});
