// What is kept of calls that nobody here took, and what is not.
import { beforeEach, expect, test } from 'vitest';
import { CallRecords } from '../../src/background/call-records.ts';
import { toHex } from '../../src/core/base/bytes.ts';
import type { RingCall } from '../../src/core/call/ring-machine.ts';
import type { HistoryEntry } from '../../src/core/data/history-entry.ts';
import { defaultSettings, type Settings } from '../../src/core/data/settings.ts';
import type { Contact } from '../../src/core/identity/contact.ts';
import { formatContactLink } from '../../src/core/identity/contact-link.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';

let settings: Settings;
let kept: HistoryEntry[];
let shown: string[];
let records: CallRecords;

beforeEach(() => {
  settings = defaultSettings;
  [kept, shown] = [[], []];
  records = new CallRecords({
    sealer,
    clock: { now: () => 5_000, after: () => () => undefined },
    settings: async () => settings,
    history: { put: async (entry) => void kept.push(entry) },
    requests: { addCall: async (_call, by) => by !== undefined },
    contacts: async () => [bob],
    ownName: 'Alice',
    showMissed: async (_id, name) => void shown.push(name),
    showLeft: async (_id, name, seconds) => void shown.push(`${name} ${seconds}`),
    showRequest: async (_id, name, lookalike) => void shown.push([name, lookalike?.of].filter(Boolean).join(' like ')),
  });
});

const call = { callId: 'one', contactId: 'bob', contactName: 'Bob', media: 'video', invitedAt: 1_000 } as RingCall;
const bob = { id: 'bob', name: 'Bob' } as Contact;

test.each([
  ['caller-cancelled', 'missed', false],
  ['missed', 'missed', false],
  ['declined-elsewhere', 'declined', true],
  ['answered-elsewhere', 'answered-elsewhere', true],
] as const)('call records: a ring that was %s is kept as %s', async (outcome, as, seen) => {
  await records.ring(call, outcome);
  expect(kept).toMatchObject([
    { callId: 'one', contactName: 'Bob', direction: 'incoming', at: 1_000, outcome: as, seen },
  ]);
});

test('call records: a missed call of the time away is kept and shown, without a word while nobody is to be disturbed', async () => {
  await records.missedWhileAway(bob, 'one', 'audio', 2_000);
  expect([kept.length, shown]).toEqual([1, ['Bob']]);
  settings = { ...settings, doNotDisturb: true };
  await records.missedWhileAway(bob, 'two', 'audio', 2_000);
  expect([kept.length, shown]).toEqual([2, ['Bob']]);
});

// Seen to fail with the settings not asked.
test('call records: nothing is kept by whoever keeps no history', async () => {
  settings = { ...settings, keepHistory: false };
  await records.ring(call, 'missed');
  await records.missedWhileAway(bob, 'one', 'audio', 2_000);
  expect(kept).toEqual([]);
});

const zoe = await testIdentity(4);
const linkOf = (name: string) => {
  const { ed25519, x25519, signer, keys } = zoe;
  const { inboxSecret } = keys;
  return formatContactLink({ ed25519, x25519, inboxSecret, relays: [], name, madeAt: 1 }, { sealer, signer });
};

// Seen to fail with the names of contacts not looked at.
test.each([
  ['Zoë', 'Zoë'],
  ['BOB', 'BOB like contact'],
  ['Аlice', 'Аlice like self'],
])('call records: a notification of a stranger called %s reads “%s”', async (name, said) => {
  await records.strangerCalled(toHex(zoe.ed25519), 'one', await linkOf(name), 1_000);
  expect(shown).toEqual([said]);
});

test('call records: a stranger’s call is not told of in do-not-disturb, nor under the link of somebody else', async () => {
  await records.strangerCalled('f'.repeat(64), 'one', await linkOf('Zoë'), 1_000);
  settings = { ...settings, doNotDisturb: true };
  await records.strangerCalled(toHex(zoe.ed25519), 'two', await linkOf('Zoë'), 1_000);
  expect(shown).toEqual([]);
});
